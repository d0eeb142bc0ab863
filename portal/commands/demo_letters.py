"""Letters in the inbox of a demo instance: sealed to a key whose passphrase is printed.

They come in and are handled by the same services as real ones, by the demo's own people.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.commands.demo_accounts import DemoInbox, read_demo_inbox, write_demo_inbox
from portal.correspondence.answers import sign_answer, write_answer
from portal.correspondence.desk import LetterDesk, find_letter
from portal.correspondence.handling import assign, conclude, record_fix
from portal.correspondence.letter_file import LetterFile
from portal.correspondence.models import Outcome
from portal.correspondence.phrases import phrases_for
from portal.disclosure.models import PublicDebtor, PublicRestriction
from portal.disclosure.subjects import find_subject
from portal.inbox.keys import make_key, sealing_key
from portal.inbox.letters import Letter
from portal.inbox.proofs import Proof
from portal.inbox.receipts import Receipt, new_receipt
from portal.inbox.submissions import Concern, hand_in
from portal.publication.gate import Gate
from portal.reference.clock import BEIJING
from portal.reference.courts import COURTS
from portal.reference.submission_kinds import SubmissionKind
from portal.registry.audit import record_act
from portal.settings import Settings
from portal.staff.models import Role
from portal.staff.passwords import make_password

REVIEWER, SIGNER = f"demo-{Role.REVIEWER}", f"demo-{Role.CHIEF_REVIEWER}"


def seed_letters(gate: Gate, inbox: sessionmaker[Session], settings: Settings, actor: str) -> None:
    """Make a key, hand in the invented letters, and work on some of them.

    Running it again adds what is missing; an instance with a key of its own is left alone.
    """
    from seed.letters import build_letters

    public_dir, letters = settings.home / "public", build_letters()
    demo = read_demo_inbox(settings.office_dir)
    if demo is None:
        if sealing_key(public_dir) is not None:
            return
        receipts = tuple(new_receipt() for _ in letters)
        demo = DemoInbox(make_password(), datetime.now(UTC), receipts)
        # Written down before anything is made: a run cut off here can be taken up again.
        write_demo_inbox(settings.office_dir, demo)
    if sealing_key(public_dir) is None:
        identity = make_key(public_dir, settings.office_dir, demo.passphrase, demo.made_at)
        with gate.stores.registry.begin() as session:
            record_act(session, actor, "inbox.make_key", identity)
    desk = LetterDesk(gate, inbox, settings.objection_workdays)
    for place, (entry, receipt) in enumerate(zip(letters, demo.receipts, strict=False)):
        received_at = demo.made_at - timedelta(days=entry["days"])
        letter = _letter(entry)
        concern = _concern(gate, entry["about"], place)
        _hand_in(desk, settings, receipt, letter, concern, received_at)
        day = received_at.astimezone(BEIJING).date()
        file = find_letter(desk, receipt.number, day)
        if file is not None and file.handling.revision == 0:
            _handle(desk, file, entry["stage"], letter, day + timedelta(days=1))


def _letter(entry: dict[str, Any]) -> Letter:
    proofs = tuple(Proof(name, data) for name, data in entry["proofs"])
    kind = SubmissionKind(entry["kind"])
    return Letter(kind, entry["statement"], entry["name"], entry["contact"], proofs)


def _hand_in(
    desk: LetterDesk,
    settings: Settings,
    receipt: Receipt,
    letter: Letter,
    concern: Concern,
    received_at: datetime,
) -> None:
    key = sealing_key(settings.home / "public")
    if key is None:
        raise RuntimeError("the demo has no key")
    hand_in(desk.inbox, key, receipt, letter, concern, received_at)


def _concern(gate: Gate, about: str, place: int) -> Concern:
    with gate.stores.disclosure() as public:
        subject = find_subject(public, _address(public, about, place))
    if subject is None:
        return Concern(court_code=COURTS[0].code)
    court = subject.court_code or COURTS[0].code
    return Concern(subject.address, subject.case_slug, court)


def _address(public: Session, about: str, place: int) -> str:
    """The list, or one entry of it; another for each ``place`` while there are enough."""
    section, _, entry = about.partition("/")
    if not entry:
        return f"/{section}"
    model: type[PublicDebtor | PublicRestriction] = PublicDebtor
    if section == "restrictions":
        model = PublicRestriction
    rows = public.scalars(select(model).order_by(model.case_number).limit(place + 1)).all()
    if not rows:
        return f"/{section}"
    row = rows[-1]
    return f"/cases/{row.case.slug}" if section == "cases" else f"/{section}/{row.id}"


def _handle(desk: LetterDesk, file: LetterFile, stage: str, letter: Letter, day: date) -> None:
    if stage == "new":
        return
    assign(desk, file, REVIEWER, revision=0, actor=REVIEWER)
    if stage == "assigned":
        return
    conclude(desk, file, Outcome.UPHELD, revision=1, actor=REVIEWER, today=day)
    if stage == "upheld":
        return
    text = phrases_for(file.kind, Outcome.UPHELD)[0]
    write_answer(desk, file, text, letter, submit=True, revision=2, actor=REVIEWER)
    if stage == "answered":
        sign_answer(desk, file, letter, revision=3, actor=SIGNER, today=day, signer=True)
        record_fix(desk, file, revision=4, actor=REVIEWER, today=day)
