"""The second factor: codes of an authenticator (TOTP, RFC 6238) and ten recovery codes.

A code is good for its 30-second step and one step on either side, and once: the newest step
used is remembered. Wrong codes count like wrong passwords.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act, wait_turn
from portal.staff.lockout import count_failure, forget_failures, is_locked
from portal.staff.members import AccountError, StaffMember, get_account
from portal.staff.models import Account, RecoveryCode
from portal.staff.secrets import SecretBox, SecretUnreadable
from portal.staff.sessions import admit, end_sessions

ISSUER = "执行信息公开后台"
STEP_SECONDS = 30
DRIFT = 1
DIGITS = 6
RECOVERY_CODES = 10
# Time to scan the picture and type the first code.
OFFER_LIFE = timedelta(minutes=30)
# Readable aloud and not mistaken for one another: no 0 O 1 l I.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4
T = TypeVar("T")


class CodeRefused(AccountError):
    """The code is wrong, used, or the account has to wait; the message says so."""


@dataclass(frozen=True)
class Offer:
    """A secret to be put into an authenticator; ``sealed`` comes back with its first code."""

    secret: str
    sealed: str
    address: str


def make_offer(box: SecretBox, member: StaffMember) -> Offer:
    """A new secret (160 bits) for one account; nothing is kept until its first code comes."""
    return _offer(box, member, pyotp.random_base32())


def repeat_offer(box: SecretBox, member: StaffMember, sealed: str) -> Offer:
    """The same offer again, or a new one where it is too old or not this account's."""
    try:
        return _offer(box, member, box.unseal(member.id, sealed, OFFER_LIFE))
    except SecretUnreadable:
        return make_offer(box, member)


def enrol(
    registry: sessionmaker[Session],
    box: SecretBox,
    account_id: int,
    sealed: str,
    code: str,
    *,
    keep: int | None = None,
) -> list[str]:
    """Take a secret into use with its first code; return recovery codes to be shown once.

    Sessions but ``keep`` end, because they were opened without it. Raises CodeRefused;
    AccountError where the account has a second factor already or the offer is too old.
    """
    try:
        secret = box.unseal(account_id, sealed, OFFER_LIFE)
    except SecretUnreadable:
        raise AccountError("页面打开时间过长，请用新的二维码重新绑定。") from None
    now = datetime.now(UTC)
    with registry.begin() as session:
        wait_turn(session)
        account = get_account(session, account_id)
        if account.totp_secret:
            raise AccountError("已经绑定了验证器。")
        step = _step_of(secret, _plain(code), now)
        if step is None:
            raise CodeRefused("验证码不正确。请核对手机的时间，再输入新显示的验证码。")
        account.totp_secret = box.seal(account_id, secret)
        account.totp_since, account.totp_last_step = now, step
        codes = _replace_codes(session, box, account_id)
        end_sessions(session, account_id, keep=keep)
        record_act(session, account.name, "second_factor.enrol", account.name)
        return codes


def pass_second_factor(
    registry: sessionmaker[Session], box: SecretBox, account_id: int, ticket: str, code: str
) -> str:
    """Let a session in whose password was right; return its new ticket. Raises CodeRefused."""

    def settle(session: Session, account: Account) -> str:
        fresh = admit(session, ticket)
        account.last_login_at = datetime.now(UTC)
        record_act(session, account.name, "sign_in.success", account.name)
        return fresh

    return _with_code(registry, box, account_id, code, settle)


def confirm_code(
    registry: sessionmaker[Session], box: SecretBox, account_id: int, code: str
) -> None:
    """Make sure that whoever acts has the second factor at hand. Raises CodeRefused."""
    _with_code(registry, box, account_id, code, lambda _session, _account: None)


def renew_codes(
    registry: sessionmaker[Session], box: SecretBox, account_id: int, code: str
) -> list[str]:
    """Ten new recovery codes in place of the old, against a code. Raises CodeRefused."""

    def settle(session: Session, account: Account) -> list[str]:
        record_act(session, account.name, "second_factor.renew_codes", account.name)
        return _replace_codes(session, box, account.id)

    return _with_code(registry, box, account_id, code, settle)


def remove_second_factor(
    registry: sessionmaker[Session], box: SecretBox, account_id: int, code: str
) -> None:
    """Give the authenticator up by its owner, against a code. Raises CodeRefused."""

    def settle(session: Session, account: Account) -> None:
        _clear(session, account)
        record_act(session, account.name, "second_factor.remove", account.name)

    _with_code(registry, box, account_id, code, settle)


def reset_second_factor(registry: sessionmaker[Session], account_id: int, *, actor: str) -> None:
    """Take a lost authenticator off another's account and end its sessions.

    Nobody resets his own: whoever holds it gives it up with a code.
    """
    with registry.begin() as session:
        account = get_account(session, account_id)
        if account.name == actor:
            raise AccountError("自己的验证器请在“我的账号”中解除。")
        if not account.totp_secret:
            raise AccountError("该账号没有绑定验证器。")
        _clear(session, account)
        forget_failures(account)
        end_sessions(session, account_id)
        record_act(session, actor, "second_factor.reset", account.name)


def count_codes(registry: sessionmaker[Session], account_id: int) -> int:
    """How many recovery codes of an account are still unused."""
    unused = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    with registry() as session:
        return session.scalar(unused) or 0


def _with_code(
    registry: sessionmaker[Session],
    box: SecretBox,
    account_id: int,
    code: str,
    settle: Callable[[Session, Account], T],
) -> T:
    now = datetime.now(UTC)
    with registry.begin() as session:
        # Two requests with one code: the second reads what the first has written.
        wait_turn(session)
        account = get_account(session, account_id)
        if is_locked(account, now):
            record_act(session, account.name, "sign_in.locked", account.name)
        elif not account.active or not _accept(session, box, account, _plain(code), now):
            count_failure(session, account, "second_factor.failure", now)
        else:
            forget_failures(account)
            return settle(session, account)
    raise CodeRefused("验证码不正确或者已经用过。多次失败后须等待一段时间再试。")


def _accept(session: Session, box: SecretBox, account: Account, code: str, now: datetime) -> bool:
    if not account.totp_secret:
        return False
    if len(code) == DIGITS:
        try:
            secret = box.unseal(account.id, account.totp_secret)
        except SecretUnreadable:
            # Another key than it was sealed with: nobody can be let in by it.
            return False
        step = _step_of(secret, code, now)
        if step is None or step <= account.totp_last_step:
            return False
        account.totp_last_step = step
        return True
    found = session.scalars(
        select(RecoveryCode).where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.digest == box.digest(account.id, code),
            RecoveryCode.used_at.is_(None),
        )
    ).first()
    if found is None:
        return False
    found.used_at = now
    record_act(session, account.name, "second_factor.recovery", account.name)
    return True


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, within the drift; the newest where two have the same."""
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    for step in range(current + DRIFT, current - DRIFT - 1, -1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def _plain(code: str) -> str:
    """A code without the blanks and hyphens people type, full-width digits as plain ones."""
    folded = unicodedata.normalize("NFKC", code[:100]).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _replace_codes(session: Session, box: SecretBox, account_id: int) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [_make_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        digest = box.digest(account_id, _plain(code))
        session.add(RecoveryCode(account_id=account_id, digest=digest))
    return codes


def _make_code() -> str:
    # Some 59 bits: nobody tries them out, whatever he has copied.
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def _clear(session: Session, account: Account) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    account.totp_secret, account.totp_since, account.totp_last_step = "", None, 0


def _offer(box: SecretBox, member: StaffMember, secret: str) -> Offer:
    address = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).provisioning_uri(
        name=member.name, issuer_name=ISSUER
    )
    return Offer(secret, box.seal(member.id, secret), address)
