"""Stories and guides: signed by another hand, clean of private data, sanitised."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.disclosure.articles import PublicGuide, PublicNotice, PublicPicture, PublicStory
from portal.disclosure.ledger import IndexChange, Tombstone
from portal.press.checklists import CHECKLISTS, Step
from portal.press.content import read_content
from portal.press.errors import StoryError
from portal.press.models import Story, StoryRevision, StoryState
from portal.press.workflow import pass_story, save_story, submit_story
from portal.publication.errors import NotPublished, ReasonMissing, StoryHeld
from portal.publication.indexing import check_index
from portal.publication.inspection import inspect_public
from portal.publication.notice_notes import fill_notes, lack_notes
from portal.publication.stories import withdraw_story
from portal.publication.story_lint import let_stand, lint_story
from portal.publication.story_schedule import run_due, schedule_is_late
from portal.reference import case_numbers
from portal.reference.press_forms import FORM_NAMES, PressForm
from search_index import Query, WhooshIndex

BODY = "<p>执行干警连夜出发，为申请人追回工程款。</p>"


@pytest.fixture
def submit(gate, reviewed):
    """Write a story and take it through two reviews; give its id."""
    return partial(reviewed, gate, body=BODY)


def slug_of(gate, story_id):
    with gate.stores.registry() as session:
        return session.get(Story, story_id).slug


def test_a_signed_story_is_public_and_found(gate, submit, sign_as_chief, public):
    story_id = submit()
    sign_as_chief(gate, story_id)
    row = public.scalars(select(PublicStory)).one()
    assert (row.title, row.slug) == ("连夜出发追回工程款", slug_of(gate, story_id))
    # The public sees the desk, never an account of the office.
    assert "editor" not in row.byline
    index = WhooshIndex.open(gate.index_path)
    assert [hit.url for hit in index.search(Query(text="工程款")).hits] == [f"/stories/{row.slug}"]
    index.close()


def test_nobody_signs_what_he_wrote(gate, submit, sign_as_chief, public):
    story_id = submit()
    with pytest.raises(StoryError):
        sign_as_chief(gate, story_id, "editor")
    with pytest.raises(StoryError, match="须由宣传负责人"):
        sign_as_chief(gate, story_id, signer=False)
    assert public.scalars(select(PublicStory)).all() == []


def test_a_signature_falls_with_the_public_row(gate, submit, sign_as_chief):
    story_id = submit()
    with gate.stores.disclosure.begin() as session:
        session.connection().exec_driver_sql("ALTER TABLE public_story RENAME TO elsewhere")
    with pytest.raises(OperationalError):
        sign_as_chief(gate, story_id)
    with gate.stores.registry() as session:
        assert session.get(Story, story_id).state == StoryState.THIRD


PRIVATE = [
    # A phone cut by inline markup is still a phone.
    ({"body": "<p>联系电话139<b>0417</b>0001。</p>"}, "正文"),
    # An entity is read as the character it stands for.
    ({"body": "<p>身份证号2108001975010564&#53;4。</p>"}, "正文"),
    ({"title": "被执行人秦椒榕终于还款"}, "标题"),
    ({"lead": "家住营口市站前区辰州路113号13号楼1单元2026室"}, "导语"),
]


@pytest.mark.parametrize(("fields", "place"), PRIVATE)
def test_a_story_with_private_data_is_held(gate, submit, sign_as_chief, public, fields, place):
    story_id = submit(**fields)
    with pytest.raises(StoryHeld) as caught:
        sign_as_chief(gate, story_id)
    assert place in str(caught.value)
    assert "秦椒榕" not in str(caught.value)
    assert public.scalars(select(PublicStory)).all() == []


def test_what_htmx_or_a_browser_would_run_never_gets_out(gate, submit, sign_as_chief, public):
    body = (
        '<p hx-get="/x" onclick="x()" style="color:red">正文</p><script>x()</script>'
        '<a href="javascript:x()">链接</a><img src=x onerror=x()>'
    )
    sign_as_chief(gate, submit(body=body))
    html = public.scalars(select(PublicStory.body_html)).one()
    for trace in ("hx-", "onclick", "style", "script", "javascript", "onerror"):
        assert trace not in html


def test_a_withdrawn_story_is_gone_and_says_so(gate, submit, sign_as_chief, public):
    story_id = submit()
    sign_as_chief(gate, story_id)
    slug = slug_of(gate, story_id)
    with pytest.raises(ReasonMissing):
        withdraw_story(gate, slug, "chief", " ", signer=True)
    with pytest.raises(StoryError, match="须由宣传负责人"):
        withdraw_story(gate, slug, "chief", "数字有误")
    withdraw_story(gate, slug, "chief", "数字有误", signer=True)
    public.rollback()
    assert public.scalars(select(PublicStory)).all() == []
    assert public.get(Tombstone, f"/stories/{slug}") is not None
    with gate.stores.registry() as session:
        assert session.get(Story, story_id).state == StoryState.WITHDRAWN
    with pytest.raises(NotPublished):
        withdraw_story(gate, slug, "chief", "再次", signer=True)


NOW = datetime(2018, 4, 8, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def story_of(gate, story_id):
    with gate.stores.registry() as session:
        return session.get(Story, story_id)


def titles(public):
    public.rollback()
    return public.scalars(select(PublicStory.title)).all()


def test_a_reviewer_does_not_sign_as_well(gate, submit, sign_as_chief, public):
    with pytest.raises(StoryError, match="他人"):
        sign_as_chief(gate, submit(), "second")
    assert titles(public) == []


def test_a_doubt_is_let_stand_by_somebody_else_with_a_reason(gate, submit, sign_as_chief, public):
    story_id = submit(body="咨询请拨打0417-2890001。")
    (finding,) = lint_story(gate, story_of(gate, story_id))
    stand = partial(let_stand, gate, story_id, finding.key, revision=1)
    with pytest.raises(StoryError, match="理由"):
        stand(" ", actor="second")
    with pytest.raises(StoryError, match="作者以外"):
        stand("法院的公开电话", actor="editor")
    stand("法院的公开电话", actor="second")
    sign_as_chief(gate, story_id)
    assert len(titles(public)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "身份证号210800197501056454。"},
        # The address of a link is not read by people, but it goes out.
        {"body": "见[这里](/x?id=210800197501056454)。"},
        {"cases": ("（2018）辽0803执404号",)},
        {"auctions": ("abcdefghijklmnop",)},
    ],
)
def test_some_things_nobody_lets_stand(gate, submit, sign_as_chief, public, fields):
    story_id = submit(**fields)
    final = [each for each in lint_story(gate, story_of(gate, story_id)) if each.final]
    assert final
    with pytest.raises(StoryError):
        let_stand(gate, story_id, final[0].key, "理由", revision=1, actor="second")
    with pytest.raises(StoryHeld):
        sign_as_chief(gate, story_id)
    assert titles(public) == []


def test_what_is_private_in_a_linked_case_is_seen_in_any_spelling(
    gate, bring_in, case, submit, sign_as_chief, public
):
    record = case()
    bring_in(record)
    gate.publish_all("clerk")
    story_id = submit(
        body="账号尾段六二一七零零三三八三六九三五一八二六九。", cases=(record["case_number"],)
    )
    with pytest.raises(StoryHeld, match="私密内容"):
        sign_as_chief(gate, story_id)
    assert titles(public) == []


def test_a_story_goes_on_and_off_at_its_hours_once(gate, submit, sign_as_chief, public):
    story_id = submit()
    sign_as_chief(gate, story_id, go_live_at=NOW + HOUR, expire_at=NOW + 3 * HOUR)
    assert story_of(gate, story_id).state == StoryState.SCHEDULED
    assert schedule_is_late(gate.stores.registry, NOW)
    assert run_due(gate, "cron", NOW).published == ()
    assert not schedule_is_late(gate.stores.registry, NOW)
    slug = slug_of(gate, story_id)
    assert run_due(gate, "cron", NOW + HOUR).published == (slug,)
    assert run_due(gate, "cron", NOW + HOUR).published == ()
    assert len(titles(public)) == 1
    assert schedule_is_late(gate.stores.registry, NOW + 3 * HOUR)
    assert run_due(gate, "cron", NOW + 3 * HOUR).expired == (slug,)
    assert run_due(gate, "cron", NOW + 3 * HOUR).expired == ()
    assert titles(public) == []


def test_it_cannot_go_off_before_it_goes_on(gate, submit, sign_as_chief):
    with pytest.raises(StoryError, match="下线时间"):
        sign_as_chief(gate, submit(), go_live_at=NOW + HOUR, expire_at=NOW)


FACTS = {
    PressForm.GUIDE: {"section": "办事指南"},
    PressForm.REGULATION: {
        "number": "营中法〔2018〕1号", "issued_on": "2018-04-08",
        "issuer": "本院", "status": "现行有效",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "table"), [(PressForm.GUIDE, PublicGuide), (PressForm.REGULATION, PublicNotice)]
)
def test_pages_and_notices_take_the_same_way(gate, submit, sign_as_chief, public, form, table):
    story_id = submit(title="公开办法", form=form, facts=FACTS[form])
    sign_as_chief(gate, story_id)
    assert public.scalars(select(table.title)).all() == ["公开办法"]
    withdraw_story(gate, slug_of(gate, story_id), "chief", "已被替代", signer=True)
    public.rollback()
    assert public.scalars(select(table)).all() == []


@pytest.fixture
def correct(gate, sign_as_chief):
    """Correct a live page with a public note and take it through all three reviews again."""

    def again(story_id, note):
        registry = gate.stores.registry
        story = story_of(gate, story_id)
        content = replace(read_content(story.content), correction=note)
        save_story(registry, story_id, content, revision=story.revision, actor="editor")
        revision = story.revision + 1
        submit_story(registry, story_id, revision=revision, actor="editor")
        for step, actor in ((Step.FIRST, "first"), (Step.SECOND, "second")):
            pass_story(registry, story_id, step, CHECKLISTS[step], revision=revision, actor=actor)
        sign_as_chief(gate, story_id, revision=revision)

    return again


@pytest.mark.parametrize(
    ("form", "table"),
    [
        (PressForm.STORY, PublicStory),
        (PressForm.GUIDE, PublicGuide),
        (PressForm.REGULATION, PublicNotice),
    ],
)
def test_every_correction_of_a_live_page_is_told(
    gate, submit, sign_as_chief, correct, public, form, table
):
    story_id = submit(title="公开办法", form=form, facts=FACTS.get(form, {}))
    sign_as_chief(gate, story_id)
    assert public.scalars(select(table.corrections)).one() == []
    correct(story_id, "更正了文号。")
    correct(story_id, "更正了日期。")
    public.rollback()
    assert public.scalars(select(table.corrections)).one() == [
        {"on": "2018-04-08", "note": "更正了文号。"},
        {"on": "2018-04-08", "note": "更正了日期。"},
    ]


def test_a_correction_with_private_data_is_held(gate, submit, sign_as_chief, correct, public):
    story_id = submit(form=PressForm.REGULATION, facts=FACTS[PressForm.REGULATION])
    sign_as_chief(gate, story_id)
    with pytest.raises(StoryHeld, match="更正说明"):
        correct(story_id, "原写139-0417-0001有误。")
    assert public.scalars(select(PublicNotice.corrections)).one() == []


def test_verify_reads_the_corrections_of_earlier_revisions(gate, submit, sign_as_chief, correct):
    story_id = submit(form=PressForm.REGULATION, facts=FACTS[PressForm.REGULATION])
    sign_as_chief(gate, story_id)
    correct(story_id, "更正了文号。")
    assert inspect_public(gate).leaks == ()
    with gate.stores.disclosure.begin() as session:
        row = session.scalars(select(PublicNotice)).one()
        earlier = {"on": "2018-04-08", "note": "请致电13904170001。"}
        row.corrections = [earlier, *row.corrections]
    (leak,) = inspect_public(gate).leaks
    assert (leak.path, leak.reason) == ("更正说明", "联系电话")


def test_a_public_note_of_a_withdrawal_is_looked_through_too(gate, submit, sign_as_chief):
    story_id = submit()
    sign_as_chief(gate, story_id)
    with pytest.raises(StoryHeld):
        withdraw_story(
            gate, slug_of(gate, story_id), "chief", "有误", "请致电13904170001", signer=True
        )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE story SET live_revision = NULL", "登记库中没有这一稿件的签发记录"),
        ("DELETE FROM story_override", "联系电话"),
    ],
)
def test_verify_reads_what_is_online_again(gate, submit, sign_as_chief, change, reason):
    story_id = submit(body="咨询请拨打0417-2890001。")
    (finding,) = lint_story(gate, story_of(gate, story_id))
    let_stand(gate, story_id, finding.key, "公开电话", revision=1, actor="second")
    sign_as_chief(gate, story_id)
    assert inspect_public(gate).leaks == ()
    with gate.stores.registry.begin() as session:
        session.connection().exec_driver_sql(change)
    assert reason in [leak.reason for leak in inspect_public(gate).leaks]


def test_verify_sees_a_picture_that_is_not_what_the_gate_made(gate):
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG", comment=b"x")
    with gate.stores.disclosure.begin() as session:
        session.add(PublicPicture(name="0" * 40, story_slug="s", data=out.getvalue()))
    reasons = {leak.reason for leak in inspect_public(gate).leaks}
    assert reasons == {"图片内容与名称不符", "图片带有像素以外的信息"}


NOTICES = {
    PressForm.REGULATION: FACTS[PressForm.REGULATION],
    PressForm.REWARD: {
        "debtor": "营口海盛商贸有限公司", "case_number": "（2018）辽0803执123号",
        "unpaid": "10000.00", "reward": "执行到位金额的百分之五", "until": "2018-12-31",
        "phone": "0417-2345678",
    },
    PressForm.RECEPTION: {"host": "执行局局长", "time": "每周三上午", "place": "信访接待室"},
    PressForm.CHANNEL: {"purpose": "投诉举报", "phone": "12368"},
}  # fmt: skip


@pytest.fixture
def named_case(gate, bring_in, case):
    """The public case that the reward names."""
    bring_in(case())
    gate.publish_all("clerk")


@pytest.mark.parametrize("form", NOTICES)
@pytest.mark.usefixtures("named_case")
def test_a_notice_is_found_as_it_stands_and_never_once_it_is_gone(
    gate, submit, sign_as_chief, correct, public, form
):
    def found(text):
        index = WhooshIndex.open(gate.index_path)
        try:
            return [(hit.kind, hit.url) for hit in index.search(Query(text=text)).hits]
        finally:
            index.close()

    story_id = submit(title="公开办法", body="第一条，应当公开。", form=form, facts=NOTICES[form])
    assert found("公开办法") == []
    sign_as_chief(gate, story_id)
    slug = slug_of(gate, story_id)
    told = [(form, f"/notices/{slug}")]
    fact = next(iter(NOTICES[form].values()))
    assert (found("公开办法"), found("应当公开"), found(fact)) == (told, told, told)
    assert found(FORM_NAMES[form]) == told
    correct(story_id, "文字有误，已更正。")
    assert found("公开办法") == told
    withdraw_story(gate, slug, "chief", "已被替代", signer=True)
    assert found("公开办法") == []
    changes = select(IndexChange.deleted).filter_by(item_kind=form).order_by(IndexChange.id)
    assert public.scalars(changes).all() == [False, False, True]
    assert not check_index(gate.stores.disclosure, gate.index_path, repair=False)


@pytest.mark.usefixtures("named_case")
def test_a_reward_is_found_by_the_number_of_its_case(gate, submit, sign_as_chief):
    facts = NOTICES[PressForm.REWARD]
    sign_as_chief(gate, submit(form=PressForm.REWARD, facts=facts))
    index = WhooshIndex.open(gate.index_path)
    key = case_numbers.parse(facts["case_number"]).key
    assert [hit.kind for hit in index.search(Query(text="", case_key=key)).hits] == [
        "case",
        "debtor",
        "restriction",
        "reward",
    ]
    index.close()


def test_the_comparison_sees_notices_on_both_sides(gate, submit, sign_as_chief):
    sign_as_chief(gate, submit(form=PressForm.CHANNEL, facts=NOTICES[PressForm.CHANNEL]))
    with gate.stores.disclosure.begin() as public:
        # Rows change without the outbox: what should never happen is still put right.
        public.scalars(select(PublicNotice)).one().slug = "another"
    found = check_index(gate.stores.disclosure, gate.index_path, repair=True)
    assert [kind for kind, _ in (*found.missing, *found.stale)] == ["channel", "channel"]
    assert not check_index(gate.stores.disclosure, gate.index_path, repair=False)


def notes_of(gate):
    with gate.stores.disclosure() as public:
        row = public.scalars(select(PublicNotice)).one()
        return [(note["on"], note["note"]) for note in row.corrections]


def forget_notes(gate, keep=0):
    """Make a notice what it was before notices could show notes."""
    with gate.stores.disclosure.begin() as public:
        row = public.scalars(select(PublicNotice)).one()
        row.corrections = row.corrections[len(row.corrections) - keep :]


@pytest.fixture
def corrected_twice(gate, submit, sign_as_chief, correct):
    story_id = submit(form=PressForm.CHANNEL, facts=NOTICES[PressForm.CHANNEL])
    sign_as_chief(gate, story_id)
    for note in ("受理时间有误，已更正。", "电话有误，已更正。"):
        correct(story_id, note)
    return story_id


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_notes_of_old_come_onto_their_notice_once(gate, corrected_twice, kept):
    before = notes_of(gate)
    forget_notes(gate, kept)
    report = fill_notes(gate, "operator")
    assert (len(report.filled), report.held) == (kept < 2, ())
    # The log knows the day of its own clock; what the notice showed stays as it was.
    assert [note for _, note in notes_of(gate)] == [note for _, note in before]
    assert notes_of(gate)[2 - kept :] == before[2 - kept :]
    assert fill_notes(gate, "operator").filled == ()


def test_notes_from_before_a_withdrawal_stay_away(gate, corrected_twice, correct):
    withdraw_story(gate, slug_of(gate, corrected_twice), "chief", "有误", signer=True)
    correct(corrected_twice, "重新发布。")
    assert notes_of(gate) == []
    assert lack_notes(gate.stores) == []


def test_a_note_that_todays_rules_doubt_is_not_shown(gate, corrected_twice):
    forget_notes(gate)
    with gate.stores.registry.begin() as session:
        for kept in session.scalars(select(StoryRevision)):
            note = kept.content["correction"] and "请致电13904170001。"
            kept.content = kept.content | {"correction": note}
    assert fill_notes(gate, "operator").held == (slug_of(gate, corrected_twice),)
    assert notes_of(gate) == []
