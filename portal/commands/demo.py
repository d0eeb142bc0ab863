"""Fills an instance with an invented court, by the same roads real data takes.

The exchange file goes through intake and the gate, stories are written by one demo
account and signed by another, and the instance keeps a mark that makes every page say
演示数据 from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from portal.commands.demo_accounts import (
    DemoAccount,
    read_demo_accounts,
    write_demo_accounts,
    write_demo_parties,
)
from portal.commands.demo_example import pick_example
from portal.disclosure.models import PublicCase
from portal.press.attaching import attach_file
from portal.press.checklists import CHECKLISTS, Step
from portal.press.content import StoryContent
from portal.press.models import Story
from portal.press.pictures import Picture
from portal.press.shipped_pages import shipped_pages
from portal.press.uploads import add_picture, describe_pictures
from portal.press.workflow import create_story, pass_story, submit_story
from portal.publication.gate import Gate
from portal.publication.list_clearing import clear_lists
from portal.publication.shipped_pages import install_pages
from portal.publication.statistics import publish_statistics
from portal.publication.stories import sign_story
from portal.reference.press_forms import PressForm
from portal.reference.vocabulary import DisclosureLevel, StoryKind
from portal.registry.intake import import_file
from portal.settings import Settings, demo_mark
from portal.staff.accounts import create_account
from portal.staff.members import list_members
from portal.staff.models import Role
from portal.staff.passwords import make_password

REVIEWER = f"demo-{Role.PRESS_REVIEWER}"
SECOND_REVIEWER = f"{REVIEWER}-2"
UNCLEARED = timedelta(days=14)
Bar = Callable[..., AbstractContextManager[Callable[..., None]]]


def seed_demo(
    gate: Gate, settings: Settings, count: int, seed: int, actor: str, progress_bar: Bar
) -> None:
    """Make ``count`` cases from ``seed``, publish them, and write stories and guides.

    Running it again adds what is missing and changes nothing else.
    """
    from seed.dates import CUT_OFF
    from seed.earlier import build_earlier_cases
    from seed.world import build_cases, write_export

    is_new = not demo_mark(settings.home).exists()
    demo_mark(settings.home).write_text(CUT_OFF.isoformat(), encoding="ascii")
    if is_new:
        # Only in a new instance: later it would set those cases back.
        earlier = settings.office_dir / f"demo-{count}-{seed}-earlier.jsonl.gz"
        write_export(earlier, build_earlier_cases(count, seed))
        import_file(gate.stores.registry, earlier, name=earlier.name, actor=actor)
        gate.publish_all(actor)
    path = settings.office_dir / f"demo-{count}-{seed}.jsonl.gz"
    with progress_bar("编写案件", count) as advance:
        write_export(path, build_cases(count, seed), progress=advance)
    with progress_bar("导入案件", count) as advance:
        import_file(gate.stores.registry, path, name=path.name, actor=actor, progress=advance)
    with progress_bar("发布案件", count) as advance:
        gate.publish_all(actor, progress=advance)
    # The lists were last cleared some days before the data ends: the office has work to see.
    with progress_bar("清理名单") as advance:
        clear_lists(gate, actor, CUT_OFF - UNCLEARED, progress=advance)
    gate.publish_all(actor)
    publish_statistics(gate.stores, actor, CUT_OFF)
    _make_accounts(gate, settings, actor)
    install_pages(gate, actor, shipped_pages(), now=datetime.now(UTC), published_on=CUT_OFF)
    _publish_articles(gate, seed)
    write_demo_parties(settings.office_dir, pick_example(gate))


def _make_accounts(gate: Gate, settings: Settings, actor: str) -> None:
    accounts = read_demo_accounts(settings.office_dir)
    if not accounts:
        accounts = [DemoAccount(f"demo-{role}", role.value, make_password()) for role in Role]
        second = Role.PRESS_REVIEWER.value
        accounts.append(DemoAccount(SECOND_REVIEWER, second, make_password()))
        # Written down before they are made: a run cut off here can be taken up again.
        write_demo_accounts(settings.office_dir, accounts)
    made = {member.name for member in list_members(gate.stores.registry)}
    for account in accounts:
        if account.name not in made:
            create_account(
                gate.stores.registry,
                account.name,
                Role(account.role),
                account.password,
                actor=actor,
                provisional=False,
            )


def _publish_articles(gate: Gate, seed: int) -> None:
    from seed.drawings import draw_scene
    from seed.notices import build_notices
    from seed.papers import draw_paper
    from seed.press import build_stories

    with gate.stores.registry() as session, gate.stores.disclosure() as public:
        signed = select(Story.title).where(Story.published_at.is_not(None))
        published = set(session.scalars(signed))
        open_cases = select(PublicCase.case_number).filter_by(level=DisclosureLevel.OPEN)
        numbers = list(public.scalars(open_cases.order_by(PublicCase.id).limit(50)))
    for story in build_stories(seed, numbers):
        kind = StoryKind(story["kind"])
        content = StoryContent(story["title"], story["lead"], story["body"], kind)
        if content.title not in published:
            shown = date.fromisoformat(story["published_on"])
            _publish(gate, content, shown, drawing=draw_scene(kind, story["title"]))
    for notice in build_notices(numbers):
        form, facts = PressForm(notice["form"]), notice["facts"]
        content = StoryContent(notice["title"], body=notice["body"], form=form, facts=facts)
        if content.title not in published:
            shown, number = date.fromisoformat(notice["published_on"]), facts.get("number", "")
            lines = notice.get("paper")
            paper = draw_paper(content.title, number, lines) if lines else b""
            _publish(gate, content, shown, paper=paper)


def _publish(
    gate: Gate, content: StoryContent, shown: date, *, drawing: bytes = b"", paper: bytes = b""
) -> None:
    """Write, review three times and sign, each by another of the demo's people."""
    registry, editor = gate.stores.registry, f"demo-{Role.EDITOR}"
    story_id = create_story(registry, content, actor=editor)
    revision = 1
    if drawing:
        picture = add_picture(registry, story_id, drawing, "示意图.png", revision=1, actor=editor)
        words = Picture(picture, "示意图：远山、道路和法院的门楼", "本图为演示用的示意图。")
        describe_pictures(registry, story_id, {picture: words}, revision=2, actor=editor)
        revision = 3
    if paper:
        attach_file(registry, story_id, paper, "全文.pdf", revision=1, actor=editor)
        revision = 2
    submit_story(registry, story_id, revision=revision, actor=editor)
    for step, reviewer in ((Step.FIRST, REVIEWER), (Step.SECOND, SECOND_REVIEWER)):
        pass_story(registry, story_id, step, CHECKLISTS[step], revision=revision, actor=reviewer)
    sign_story(
        gate,
        story_id,
        f"demo-{Role.PRESS_CHIEF}",
        revision=revision,
        ticked=CHECKLISTS[Step.THIRD],
        signer=True,
        now=datetime.now(UTC),
        published_on=shown,
    )
