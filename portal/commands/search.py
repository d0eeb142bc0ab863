"""``portal search``: asks the index exactly as the public search page does."""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import echo_json, office_gate, office_settings, plain_errors
from portal.public.finding import Question, find
from search_index import Kind, open_index


def register(group: AppGroup) -> None:
    """Add this command to the console script."""
    group.add_command(search)


@click.command()
@click.argument("query")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]))
@click.option("--page", default=1, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def search(query: str, kind: str | None, page: int, as_json: bool) -> None:
    """检索公开信息：案号、失信被执行人姓名、拍卖、报道、公告。"""
    gate = office_gate()
    with plain_errors():
        index = open_index(office_settings().index_path)
        try:
            with gate.stores.disclosure() as session:
                question = Question(query, Kind(kind) if kind else None, page=page)
                found = find(index, session, question)
        finally:
            index.close()
    if as_json:
        echo_json(
            {
                "total": found.total,
                "exact": found.exact,
                "near": found.near,
                "hits": [
                    {"kind": hit.kind, "id": hit.id, "title": hit.title, "url": hit.url}
                    for hit in found.hits
                ],
            }
        )
        return
    if found.too_short:
        raise click.ClickException("请输入至少两个字符")
    if found.number and not found.exact:
        click.echo(f"没有与 {found.number} 完全一致的案号" + ("，相近的有：" if found.near else ""))
    click.echo(f"共 {found.total} 项" + ("以上" if found.capped else ""))
    for hit in found.hits:
        click.echo(f"  [{hit.kind}] {hit.title}  {hit.url}")
