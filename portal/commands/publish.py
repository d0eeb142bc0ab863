"""``portal publish``: cases through the gate, and what changed rules would do to what is public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import echo_json, office_gate, operator, progress_bar
from portal.commands.statistics import statistics_day
from portal.publication.gate import Gate
from portal.publication.own_policy import read_policy
from portal.publication.remembering import remembering
from portal.publication.rule_effects import (
    Effect,
    Verdict,
    article_effects,
    case_effect,
    public_numbers,
)
from portal.publication.statistics import publish_statistics
from portal.reference import case_numbers
from portal.settings import ConfigurationError
from redaction import Redactor

VERDICTS = {
    Verdict.CHANGED: "屏蔽结果会变",
    Verdict.HELD: "会转人工审核",
    Verdict.GONE: "会撤下待审",
    Verdict.EDIT: "稿件须修改",
}


def register(group: AppGroup) -> None:
    """Add this command to the console script."""
    group.add_command(publish)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@click.option("--reasons", is_flag=True, help="JSON 中也列出待审核的原因。")
@click.option("--preview", is_flag=True, help="只列出规则变化影响的已公开内容，不作任何改动。")
@click.option("--renew", is_flag=True, help="按现行规则重新发布受影响的案件，生成新版本。")
@click.option(
    "--policy",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="与 --preview 同用：按这份尚未启用的屏蔽规则预览。",
)
@click.option("--case", "cases", multiple=True, help="与 --preview 或 --renew 同用：只看这些案号。")
@with_appcontext
def publish(
    as_json: bool,
    reasons: bool,
    preview: bool,
    renew: bool,
    policy: Path | None,
    cases: tuple[str, ...],
) -> None:
    """让登记库中的案件逐一通过关口：屏蔽、核验、发布或转人工审核。"""
    if preview and renew:
        raise click.UsageError("--preview 和 --renew 只能选一个")
    if (policy and not preview) or (cases and not (preview or renew)):
        raise click.UsageError("--policy 须与 --preview、--case 须与 --preview 或 --renew 同用")
    gate = office_gate()
    if not (preview or renew):
        _publish_all(gate, as_json, reasons)
        return
    try:
        redactor = Redactor(read_policy(policy)) if policy else gate.redactor
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error
    gate = replace(gate, redactor=remembering(redactor))
    if preview:
        _show(gate, list(_effects(gate, cases)), as_json)
    else:
        _renew(gate, cases, as_json)


def _effects(gate: Gate, cases: tuple[str, ...]) -> Iterator[Effect]:
    with gate.stores.disclosure() as public:
        numbers = [_canonical(number) for number in cases] or public_numbers(public)
    with progress_bar("比对", len(numbers)) as advance:
        for done, number in enumerate(numbers, 1):
            effect = case_effect(gate, number)
            if effect:
                yield effect
            advance(done)
    if not cases:
        yield from article_effects(gate)


def _canonical(number: str) -> str:
    try:
        return case_numbers.parse(number).canonical
    except case_numbers.CaseNumberError as error:
        raise click.UsageError(f"案号无法识别：{number}") from error


def _show(gate: Gate, effects: list[Effect], as_json: bool) -> None:
    if as_json:
        items = [asdict(effect) for effect in effects]
        echo_json({"rules": gate.redactor.version, "affected": len(items), "items": items})
        return
    click.echo(f"规则 {gate.redactor.version}：影响 {len(effects)} 项，没有作任何改动")
    for effect in effects:
        click.echo(f"{effect.key}　{VERDICTS[effect.verdict]}")
        for reason in effect.reasons:
            click.echo(f"    原因：{reason}")
        for change in effect.changes:
            click.echo(f"  {change['page']} {change['field']}")
            click.echo(f"    - {change['before']}\n    + {change['after']}")


def _renew(gate: Gate, cases: tuple[str, ...], as_json: bool) -> None:
    """Publish what is affected anew; a run that was cut off goes on with what still is."""
    outcomes: Counter[str] = Counter()
    try:
        for effect in _effects(gate, cases):
            if effect.kind == "case":
                outcomes[gate.publish_case(effect.key, operator(), again=True)] += 1
            else:
                outcomes[effect.verdict] += 1
    finally:
        gate.settle()
    if as_json:
        echo_json({"rules": gate.redactor.version} | dict(outcomes))
    else:
        click.echo(
            f"规则 {gate.redactor.version}：重新发布 {outcomes['released']}，"
            f"转人工审核 {outcomes['held']}，须由宣传部门修改的稿件 {outcomes[Verdict.EDIT]}"
        )


def _publish_all(gate: Gate, as_json: bool, reasons: bool) -> None:
    with progress_bar("发布") as advance:
        report = gate.publish_all(operator(), progress=advance)
    publish_statistics(gate.stores, operator(), statistics_day())
    if as_json:
        echo_json(
            {
                "released": report.released,
                "held": report.held,
                "not_public": report.not_public,
                "withdrawn": report.withdrawn,
                "errors": list(report.errors),
            }
            | ({"reasons": dict(report.reasons)} if reasons else {})
        )
    else:
        click.echo(
            f"已公开 {report.released}，待审核 {report.held}，不公开 {report.not_public}，"
            f"已撤下 {report.withdrawn}，出错 {len(report.errors)}"
        )
        if report.reasons:
            click.echo("待审核的原因（一案可有多项）：")
        for reason, cases in report.reasons.items():
            click.echo(f"  {cases:>6} 案  {reason}")
        for number in report.errors:
            click.echo(f"  出错：{number}", err=True)
    if report.errors:
        raise SystemExit(1)
