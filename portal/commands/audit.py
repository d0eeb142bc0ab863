"""``portal audit``: the key that signs the log, signed heads, and whether the log is whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import echo_json, office_gate, office_settings, operator
from portal.registry.audit import record_act
from portal.registry.audit_heads import BrokenLog, HeadUnreadable, read_head, sign_head
from portal.registry.audit_keys import (
    AuditKeyError,
    key_id,
    make_key,
    read_public_key,
    signing_key,
    verifying_keys,
)
from portal.staff.trail import check_chain

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(audit)


@click.group()
def audit() -> None:
    """操作日志：签名密钥、定期签名、核对。"""


@audit.command()
@with_appcontext
def keygen() -> None:
    """生成签名密钥（Ed25519）；公钥文件请另存到别的机器上。"""
    registry = office_gate().stores.registry
    public = make_key(office_settings().office_dir, datetime.now(UTC))
    with registry.begin() as session:
        record_act(session, operator(), "audit.make_key", key_id(read_public_key(public)))
    click.echo(f"公钥：{public}")


@audit.command()
@click.option(
    "--out", type=click.Path(path_type=Path), help="另存签名的文件或文件夹（应在别的机器上）。"
)
@with_appcontext
def sign(out: Path | None) -> None:
    """给日志的现状签名（适合每天定时）；日志不完整时拒绝签名，以 1 退出。"""
    from portal.office.sentences import fault_sentence

    registry = office_gate().stores.registry
    try:
        key = signing_key(office_settings().office_dir)
        with registry.begin() as session:
            head = sign_head(session, key, operator())
    except AuditKeyError as error:
        raise click.ClickException(str(error)) from error
    except BrokenLog as broken:
        message = f"日志不完整，没有签名：{fault_sentence(broken.fault)}"
        raise click.ClickException(message) from broken
    if out is None:
        click.echo(head.text(), nl=False)
        return
    path = out / f"audit-head-{head.length:010d}.json" if out.is_dir() else out
    try:
        path.write_text(head.text(), encoding="ascii")
    except OSError as error:
        raise click.ClickException(f"签名没有另存：{error.strerror}") from error
    click.echo(f"已签名 {head.length} 条：{path}")


@audit.command()
@click.option("--head", "heads", multiple=True, type=FILE, help="另存的签名文件，可重复。")
@click.option("--public-key", "keys", multiple=True, type=FILE, help="另存的公钥文件，可重复。")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def verify(heads: tuple[Path, ...], keys: tuple[Path, ...], as_json: bool) -> None:
    """核对日志链和各次签名，指出第一处问题；日志不完整时以 1 退出。"""
    from portal.office.sentences import fault_sentence

    try:
        known = verifying_keys(office_settings().office_dir)
        given = [read_public_key(path) for path in keys]
        # Keys from elsewhere alone count where some are given: those here may be forged as well.
        trusted = {key_id(key): key for key in given} or known
        kept = [read_head(path.read_text(encoding="utf-8")) for path in heads]
    except (AuditKeyError, HeadUnreadable) as error:
        raise click.ClickException(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException("文件无法读取") from error
    result = check_chain(office_gate().stores.registry, trusted, kept, actor=operator())
    fault = result.fault
    if as_json:
        echo_json(
            {
                "entries": result.entries,
                "first_broken": fault.entry if fault else None,
                "flaw": str(fault.flaw) if fault else None,
                "signed_at": result.signed_at.isoformat() if result.signed_at else None,
                "heads": len(kept),
            }
        )
    elif fault is None:
        signed = "与各次签名相符" if result.signed_at or kept else "还没有签名，整体改写无法发现"
        click.echo(f"日志完整：{result.entries} 条，{signed}")
    else:
        click.echo(f"日志不完整：{fault_sentence(fault)}", err=True)
    if fault is not None:
        raise SystemExit(1)
