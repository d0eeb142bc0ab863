"""``portal inbox``: the key pairs letters are sealed to, and deleting what was kept long enough."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import office_gate, office_settings, operator
from portal.extensions import open_inbox
from portal.reference.clock import today_in_beijing


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(inbox)


@click.group()
def inbox() -> None:
    """收件箱：密钥和保存期限。"""


@inbox.command()
@click.option(
    "--passphrase",
    envvar="PORTAL_INBOX_PASSPHRASE",
    prompt="私钥口令（至少 16 个字符）",
    hide_input=True,
    confirmation_prompt="再输入一次",
    help="不给时询问；也可以放在环境变量 PORTAL_INBOX_PASSPHRASE 中。",
)
@with_appcontext
def keygen(passphrase: str) -> None:
    """生成一对密钥，此后收到的内容用它密封；旧密钥仍可打开以前收到的内容。"""
    from portal.inbox.keys import InboxKeyError, make_key
    from portal.registry.audit import record_act

    settings = office_settings()
    registry = office_gate().stores.registry
    public_dir = settings.home / "public"
    try:
        with registry.begin() as session:
            identity = make_key(public_dir, settings.office_dir, passphrase, datetime.now(UTC))
            record_act(session, operator(), "inbox.make_key", identity)
    except InboxKeyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已生成密钥 {identity}，此后收到的内容用它密封")
    click.echo("请把私钥文件和口令分开备份：两者缺一，已收到的内容就无法打开")


@inbox.command()
@with_appcontext
def purge() -> None:
    """删除办结后保存期满的来信和过期的尝试次数，并核对答复是否已送达（可由 cron 每天运行）。"""
    from portal.correspondence.desk import LetterDesk
    from portal.correspondence.retention import purge_closed
    from portal.inbox.attempts import forget_old
    from portal.inbox.rules import RULES
    from portal.publication.health import PURGE
    from portal.registry.heartbeats import beat

    settings = office_settings()
    desk = LetterDesk(office_gate(), open_inbox(), settings.objection_workdays)
    deleted = purge_closed(desk, today_in_beijing(), settings.letters_kept_days, actor=operator())
    now = datetime.now(UTC)
    forgotten = forget_old(open_inbox(), RULES, now)
    # At the end: a run that broke off stays overdue on the page 系统运行状况.
    beat(desk.registry, PURGE, now)
    click.echo(f"已删除 {deleted} 件办结满 {settings.letters_kept_days} 天的来信")
    click.echo(f"已删除 {forgotten} 条过期的尝试次数记录")
