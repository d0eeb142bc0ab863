from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import AuditEntry
from portal.staff.accounts import create_account, set_active
from portal.staff.lockout import FREE_FAILURES
from portal.staff.members import AccountError, StaffMember, find_member
from portal.staff.models import Account, RecoveryCode, Role
from portal.staff.second_factor import (
    OFFER_LIFE,
    RECOVERY_CODES,
    CodeRefused,
    confirm_code,
    count_codes,
    enrol,
    make_offer,
    pass_second_factor,
    remove_second_factor,
    renew_codes,
    repeat_offer,
    reset_second_factor,
)
from portal.staff.secrets import SecretBox, SecretUnreadable
from portal.staff.sessions import PENDING, Whereabouts, find_session
from portal.staff.sign_in import SignInRefused, authenticate, start_session

Registry = sessionmaker[Session]
PASSWORD = "lan-tian-bai-yun"
NOON = datetime(2018, 4, 8, 12, 0, tzinfo=UTC)
DESK = Whereabouts("10.1.2.3", "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0")
BOX = SecretBox(b"the key of this office" * 2)
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving


@pytest.fixture
def member(registry: Registry) -> StaffMember:
    return create_account(registry, "王录入", Role.CLERK, PASSWORD, actor="shell")


class Phone:
    """The authenticator of the member, and the recovery codes he wrote down."""

    def __init__(self, registry: Registry, member: StaffMember) -> None:
        offer = make_offer(BOX, member)
        self._totp = pyotp.parse_uri(offer.address)
        self.codes = enrol(registry, BOX, member.id, offer.sealed, self.code())

    def code(self, ahead: int = 0) -> str:
        assert isinstance(self._totp, pyotp.TOTP)
        return self._totp.at(datetime.now(UTC) + ahead * STEP)


@pytest.fixture
def phone(registry: Registry, member: StaffMember) -> Phone:
    return Phone(registry, member)


@pytest.fixture
def enter(registry: Registry, member: StaffMember) -> Callable[[str], str]:
    """Signs in with the right password and a code; gives the new ticket."""

    def give(code: str) -> str:
        started = start_session(registry, member.name, PASSWORD, DESK)
        assert started.awaits_code
        return pass_second_factor(registry, BOX, member.id, started.ticket, code)

    return give


def acts(registry: Registry) -> list[str]:
    with registry() as session:
        return [entry.act for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_the_password_alone_lets_nobody_in(
    registry: Registry, member: StaffMember, phone: Phone, clock: time_machine.Traveller
) -> None:
    clock.shift(STEP)
    started = start_session(registry, member.name, PASSWORD, DESK)
    waiting = find_session(registry, started.ticket, DESK)
    assert waiting is not None and not waiting.admitted
    ticket = pass_second_factor(registry, BOX, member.id, started.ticket, phone.code())
    inside = find_session(registry, ticket, DESK)
    assert inside is not None and inside.admitted
    assert find_session(registry, started.ticket, DESK) is None, "the old ticket still works"
    assert acts(registry)[-2:] == ["sign_in.password", "sign_in.success"]


def test_the_code_has_to_follow_within_five_minutes(
    registry: Registry, member: StaffMember, phone: Phone, clock: time_machine.Traveller
) -> None:
    started = start_session(registry, member.name, PASSWORD, DESK)
    clock.shift(PENDING + timedelta(seconds=1))
    assert find_session(registry, started.ticket, DESK) is None
    with pytest.raises(AccountError, match="登录已超时"):
        pass_second_factor(registry, BOX, member.id, started.ticket, phone.code())


@pytest.mark.parametrize(
    ("ahead", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_one_step_of_drift_is_allowed(
    enter: Callable[[str], str],
    phone: Phone,
    clock: time_machine.Traveller,
    ahead: int,
    taken: bool,
) -> None:
    clock.shift(10 * STEP)
    if taken:
        assert enter(phone.code(ahead))
    else:
        with pytest.raises(CodeRefused):
            enter(phone.code(ahead))


def test_no_code_is_taken_twice_nor_one_older_than_the_last(
    enter: Callable[[str], str], phone: Phone, clock: time_machine.Traveller
) -> None:
    with pytest.raises(CodeRefused):
        enter(phone.code())  # the one that put the phone into use
    clock.shift(10 * STEP)
    enter(phone.code(1))
    for ahead in (1, 0, -1):
        with pytest.raises(CodeRefused):
            enter(phone.code(ahead))
    clock.shift(2 * STEP)
    assert enter(phone.code())


def test_one_code_sent_by_two_at_once_lets_one_of_them_in(
    registry: Registry, member: StaffMember, phone: Phone, clock: time_machine.Traveller
) -> None:
    clock.shift(STEP)
    code = phone.code()
    tickets = [start_session(registry, member.name, PASSWORD, DESK).ticket for _ in range(2)]
    outcomes: list[str] = []

    def attempt(ticket: str) -> None:
        try:
            pass_second_factor(registry, BOX, member.id, ticket, code)
            outcomes.append("in")
        except CodeRefused:
            outcomes.append("refused")

    threads = [threading.Thread(target=attempt, args=(ticket,)) for ticket in tickets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "refused"]


@pytest.mark.parametrize("written", ["{}", " {} ", "{upper}", "{spaced}"])
def test_a_recovery_code_lets_in_once_however_it_is_typed(
    registry: Registry,
    member: StaffMember,
    enter: Callable[[str], str],
    phone: Phone,
    written: str,
) -> None:
    code = phone.codes[3]
    typed = written.format(code, upper=code.upper(), spaced=code.replace("-", " "))
    assert enter(typed)
    assert count_codes(registry, member.id) == RECOVERY_CODES - 1
    assert "second_factor.recovery" in acts(registry)
    with pytest.raises(CodeRefused):
        enter(code)


@pytest.mark.parametrize(
    "code", ["", "000000", "12345", "1234567", "abcd-efgh-jkmn", "１２３", "é" * 200]
)
def test_wrong_codes_are_refused(enter: Callable[[str], str], phone: Phone, code: str) -> None:
    with pytest.raises(CodeRefused):
        enter(code)


def test_full_width_digits_are_digits(
    enter: Callable[[str], str], phone: Phone, clock: time_machine.Traveller
) -> None:
    clock.shift(STEP)
    wide = phone.code().translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert enter(f"{wide[:3]} {wide[3:]}")


def test_wrong_codes_lock_the_account_and_the_password_gives_no_new_guesses(
    registry: Registry,
    member: StaffMember,
    enter: Callable[[str], str],
    phone: Phone,
    clock: time_machine.Traveller,
) -> None:
    clock.shift(STEP)
    started = start_session(registry, member.name, PASSWORD, DESK)
    for _ in range(FREE_FAILURES):
        with pytest.raises(CodeRefused):
            enter("000000")
    with pytest.raises(CodeRefused):
        pass_second_factor(registry, BOX, member.id, started.ticket, phone.code())
    with pytest.raises(SignInRefused):
        authenticate(registry, member.name, PASSWORD)
    clock.shift(timedelta(seconds=31))
    with pytest.raises(CodeRefused):
        enter("000000")
    clock.shift(timedelta(seconds=31))
    with pytest.raises(SignInRefused):
        authenticate(registry, member.name, PASSWORD)
    clock.shift(timedelta(seconds=30))
    assert enter(phone.code())
    with registry() as session:
        assert session.scalars(select(Account)).one().failures == 0


def test_the_store_holds_neither_secret_nor_codes(
    registry: Registry, member: StaffMember, phone: Phone
) -> None:
    with registry() as session:
        account = session.scalars(select(Account)).one()
        kept = account.totp_secret + "".join(
            row.digest for row in session.scalars(select(RecoveryCode))
        )
        secret = BOX.unseal(member.id, account.totp_secret)
        logged = str([vars(entry) for entry in session.scalars(select(AuditEntry))])
    for hidden in (secret, *phone.codes, *(code.replace("-", "") for code in phone.codes)):
        assert hidden not in kept + logged
    assert len(set(phone.codes)) == RECOVERY_CODES


def test_a_secret_opens_for_its_account_and_under_its_key_only(member: StaffMember) -> None:
    sealed = BOX.seal(7, "SECRET")
    assert BOX.unseal(7, sealed) == "SECRET"
    for box, owner, text in (
        (BOX, 8, sealed),
        (SecretBox(b"x" * 40), 7, sealed),
        (BOX, 7, sealed[:-4] + "AAAA"),
        (BOX, 7, ""),
        (BOX, 7, "汉字"),
    ):
        with pytest.raises(SecretUnreadable):
            box.unseal(owner, text)
    assert b"office" not in repr(BOX).encode()


def test_under_another_key_nobody_is_let_in(
    registry: Registry, member: StaffMember, phone: Phone, clock: time_machine.Traveller
) -> None:
    clock.shift(STEP)
    started = start_session(registry, member.name, PASSWORD, DESK)
    other = SecretBox(b"another key" * 4)
    for code in (phone.code(), phone.codes[0]):
        with pytest.raises(CodeRefused):
            pass_second_factor(registry, other, member.id, started.ticket, code)


def test_an_offer_is_repeated_until_it_is_too_old(
    registry: Registry, member: StaffMember, clock: time_machine.Traveller
) -> None:
    offer = make_offer(BOX, member)
    assert repeat_offer(BOX, member, offer.sealed).secret == offer.secret
    clock.shift(OFFER_LIFE + timedelta(seconds=1))
    assert repeat_offer(BOX, member, offer.sealed).secret != offer.secret
    with pytest.raises(AccountError, match="页面打开时间过长"):
        enrol(registry, BOX, member.id, offer.sealed, pyotp.TOTP(offer.secret).now())


def test_enrolling_ends_the_sessions_that_were_opened_without_it(
    registry: Registry, member: StaffMember
) -> None:
    here, there = (start_session(registry, member.name, PASSWORD, DESK).ticket for _ in range(2))
    this = find_session(registry, here, DESK)
    assert this is not None
    offer = make_offer(BOX, member)
    code = pyotp.TOTP(offer.secret).now()
    with pytest.raises(CodeRefused, match="核对手机的时间"):
        enrol(registry, BOX, member.id, offer.sealed, "000000", keep=this.id)
    enrol(registry, BOX, member.id, offer.sealed, code, keep=this.id)
    assert find_session(registry, here, DESK) is not None
    assert find_session(registry, there, DESK) is None
    with pytest.raises(AccountError, match="已经绑定"):
        enrol(registry, BOX, member.id, offer.sealed, code)


def test_new_recovery_codes_replace_the_old_against_a_code(
    registry: Registry,
    member: StaffMember,
    phone: Phone,
    enter: Callable[[str], str],
    clock: time_machine.Traveller,
) -> None:
    with pytest.raises(CodeRefused):
        renew_codes(registry, BOX, member.id, "000000")
    clock.shift(STEP)
    fresh = renew_codes(registry, BOX, member.id, phone.code())
    assert count_codes(registry, member.id) == RECOVERY_CODES
    with pytest.raises(CodeRefused):
        enter(phone.codes[0])
    assert enter(fresh[0])


def test_giving_the_authenticator_up_takes_a_code(
    registry: Registry, member: StaffMember, phone: Phone
) -> None:
    with pytest.raises(CodeRefused):
        remove_second_factor(registry, BOX, member.id, "000000")
    remove_second_factor(registry, BOX, member.id, phone.codes[0])
    assert find_member(registry, member.id).second_factor_since is None
    assert count_codes(registry, member.id) == 0
    assert not start_session(registry, member.name, PASSWORD, DESK).awaits_code
    with pytest.raises(CodeRefused):
        confirm_code(registry, BOX, member.id, phone.codes[1])


def test_another_takes_a_lost_authenticator_off_never_its_owner(
    registry: Registry, member: StaffMember, phone: Phone, enter: Callable[[str], str]
) -> None:
    ticket = enter(phone.codes[0])
    with pytest.raises(AccountError, match="我的账号"):
        reset_second_factor(registry, member.id, actor=member.name)
    reset_second_factor(registry, member.id, actor="admin")
    assert find_session(registry, ticket, DESK) is None
    assert not start_session(registry, member.name, PASSWORD, DESK).awaits_code
    with pytest.raises(AccountError, match="没有绑定"):
        reset_second_factor(registry, member.id, actor="admin")
    assert acts(registry).count("second_factor.reset") == 1


def test_a_closed_account_passes_no_code(
    registry: Registry, member: StaffMember, phone: Phone
) -> None:
    started = start_session(registry, member.name, PASSWORD, DESK)
    set_active(registry, member.id, False, actor="admin")
    with pytest.raises(CodeRefused):
        pass_second_factor(registry, BOX, member.id, started.ticket, phone.codes[0])
