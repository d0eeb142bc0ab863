"""Commands that bring data in and out: init, import, verify, seed."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.demo_accounts import demo_parties_in_words, read_demo_parties
from portal.commands.office import (
    echo_json,
    office_gate,
    office_settings,
    operator,
    plain_errors,
    progress_bar,
)
from portal.disclosure.lookups import LookupKeys
from portal.extensions import db, open_inbox, open_stores
from portal.inbox.base import INBOX_BIND
from portal.migrations.runner import Store, upgrade
from portal.stores import REGISTRY_BIND
from search_index import IndexCorrupt

FILE_ERRORS: dict[type[OSError], str] = {
    FileNotFoundError: "没有这个文件",
    IsADirectoryError: "这是一个文件夹",
    PermissionError: "没有读取权限",
}


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    for command in (init, import_files, verify, seed):
        group.add_command(command)


@click.command()
@with_appcontext
def init() -> None:
    """建立或升级三个数据库、查询密钥和检索索引（可重复运行）。"""
    from portal.publication.indexing import open_index, rebuild_index
    from portal.publication.notice_notes import fill_notes, lack_notes
    from portal.publication.standing import index_lag

    upgrade(db.engines[None], Store.DISCLOSURE)
    upgrade(db.engines[REGISTRY_BIND], Store.REGISTRY)
    upgrade(db.engines[INBOX_BIND], Store.INBOX)
    LookupKeys(office_settings().lookup_keys).create()
    index_path = office_settings().index_path
    with plain_errors():
        try:
            open_index(index_path).close()
        except IndexCorrupt as error:
            # Damaged or of an earlier version: it holds nothing that the public store does not.
            click.echo(str(error), err=True)
            with progress_bar("重建索引") as advance:
                count = rebuild_index(open_stores().disclosure, index_path, advance)
            click.echo(f"索引已重建，共 {count} 项")
    if lack_notes(open_stores()):
        report = fill_notes(office_gate(), operator())
        click.echo(f"已为 {len(report.filled)} 篇公告补上以前签发的更正说明")
        for slug in report.held:
            click.echo(f"  /notices/{slug} 的更正说明含有应当屏蔽的内容，没有补上", err=True)
    lag = index_lag(open_stores(), index_path)
    if lag:
        click.echo(f"检索索引落后 {lag} 项变动，请运行 portal index sync")
    click.echo(f"已就绪：{office_settings().home}")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def import_files(files: tuple[Path, ...], as_json: bool) -> None:
    """导入交换文件（.jsonl、.jsonl.gz 或 .xlsx），逐行报告问题。"""
    from portal.registry.intake import import_file
    from portal.registry.lines import UnreadableFile
    from portal.registry.runs import ImportTakenOver

    gate = office_gate()
    totals = dict.fromkeys(("read", "added", "changed", "unchanged", "rejected"), 0)
    errors: list[dict[str, object]] = []
    warnings: list[dict[str, object]] = []
    for path in files:
        try:
            with progress_bar(f"导入 {path.name}") as advance:
                report = import_file(
                    gate.stores.registry,
                    path,
                    name=path.name,
                    actor=operator(),
                    progress=advance,
                )
        except (OSError, UnreadableFile) as error:
            errors.append(_file_error(path, f"文件无法读取：{_reason(error)}"))
            continue
        except ImportTakenOver as taken_over:
            errors.append(_file_error(path, str(taken_over)))
            continue
        for key in totals:
            totals[key] += getattr(report, key)
        for target, problems in ((errors, report.errors), (warnings, report.warnings)):
            target += [
                {
                    "file": path.name,
                    "line": problem.line,
                    "cell": problem.cell,
                    "case_number": problem.case_number,
                    "field": problem.field,
                    "message": problem.message,
                }
                for problem in problems
            ]
    if as_json:
        echo_json(totals | {"errors": errors, "warnings": warnings})
    else:
        click.echo(
            "读取 {read} 行：新增 {added}，更新 {changed}，未变 {unchanged}，"
            "退回 {rejected}".format(**totals)
            + f"，提醒 {len(warnings)} 条"
        )
        for problem in errors:
            place = f" {problem['cell']}" if problem["cell"] else ""
            where = f" 第 {problem['line']} 行{place} {problem['field']}" if problem["line"] else ""
            click.echo(f"  {problem['file']}{where}：{problem['message']}", err=True)
    if errors:
        raise SystemExit(1)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return FILE_ERRORS.get(type(error), error.strerror or type(error).__name__)
    return str(error)


def _file_error(path: Path, message: str) -> dict[str, object]:
    """What is wrong with a file as a whole: it has no line."""
    return {
        "file": path.name,
        "line": 0,
        "cell": "",
        "case_number": "",
        "field": "",
        "message": message,
    }


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@click.option("--resume", is_flag=True, help="接着上次中断的核验，不从头开始。")
@with_appcontext
def verify(as_json: bool, resume: bool) -> None:
    """用登记库中的私密内容核验全部公开数据、页面、索引和答复；发现问题时以 1 退出。"""
    from portal.commands.public_pages import public_pages
    from portal.correspondence.answers import inspect_answers
    from portal.correspondence.desk import LetterDesk
    from portal.publication.bookmarks import keep_bookmark, read_bookmark
    from portal.publication.inspection import inspect_public
    from portal.registry.leak_checks import begin_check, finish_check

    gate, path = office_gate(), office_settings().office_dir / "verify.json"
    bookmark = read_bookmark(path, gate.redactor.policy.version) if resume else None
    if resume and bookmark is None:
        click.echo("没有可以接着做的核验，从头开始。", err=True)
    check_id = begin_check(gate.stores.registry, operator())
    try:
        with progress_bar("核验") as advance, public_pages() as render:
            result = inspect_public(
                gate,
                progress=advance,
                render=render,
                bookmark=bookmark,
                keep=partial(keep_bookmark, path),
            )
    except KeyboardInterrupt:
        click.echo("核验已中断。运行 portal verify --resume 接着核验。", err=True)
        raise SystemExit(130) from None
    path.unlink(missing_ok=True)
    desk = LetterDesk(gate, open_inbox(), office_settings().objection_workdays)
    answers = inspect_answers(desk)
    scanned = result.scanned + answers.scanned
    leaks = [
        {"item": leak.item, "path": leak.path, "kind": leak.kind, "reason": leak.reason}
        for leak in (*result.leaks, *answers.leaks)
    ]
    faults = [{"address": address, "reason": reason} for address, reason in result.faults]
    finish_check(gate.stores.registry, check_id, scanned=scanned, leaks=leaks, faults=faults)
    overridden = [asdict(override) for override in result.overridden]
    if as_json:
        counted = {"scanned": scanned, "pages": result.pages}
        echo_json(counted | {"leaks": leaks, "faults": faults, "overridden": overridden})
    else:
        click.echo(
            f"核验 {scanned} 项、{result.pages} 页，"
            f"发现泄露 {len(leaks)} 处，页面出错 {len(faults)} 处，"
            f"经二人批准保留 {len(overridden)} 处"
        )
        for override in result.overridden:
            click.echo(
                f"  {override.item} {override.path}：{override.asked_by} 申请，"
                f"{override.granted_by} 批准，理由：{override.reason}"
            )
        for leak in leaks:
            click.echo(f"  {leak['item']} {leak['path']}：{leak['reason']}", err=True)
        for fault in faults:
            click.echo(f"  {fault['address']}：{fault['reason']}", err=True)
    if leaks or faults:
        raise SystemExit(1)


@click.command()
@click.option("--cases", "count", default=700, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--seed", "number", default=2018, show_default=True, type=int)
@with_appcontext
def seed(count: int, number: int) -> None:
    """生成虚构的演示数据，经同一条导入和发布路径进入系统。"""
    from portal.commands.demo import seed_demo
    from portal.commands.demo_letters import seed_letters

    gate, settings = office_gate(), office_settings()
    seed_demo(gate, settings, count, number, operator(), progress_bar)
    seed_letters(gate, open_inbox(), settings, operator())
    click.echo("演示数据已就绪。")
    for line in demo_parties_in_words(read_demo_parties(office_settings().office_dir)):
        click.echo(line)
