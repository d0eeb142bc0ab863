"""The file of a 规范性文件: signed by its hash, clean of private data, gone with its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.disclosure.articles import PublicAttachment, PublicNotice
from portal.disclosure.ledger import Tombstone
from portal.press import attaching
from portal.press.attaching import attach_file, detach_file
from portal.press.attachments import name_of
from portal.press.checklists import CHECKLISTS, Step
from portal.press.content import StoryContent, read_content
from portal.press.errors import StoryError
from portal.press.models import Story, StoryAttachment
from portal.press.queries import compare_contents, read_revision
from portal.press.workflow import (
    create_story,
    pass_story,
    restore_revision,
    save_story,
    submit_story,
)
from portal.publication import attachment_inspection
from portal.publication.errors import StoryHeld
from portal.publication.inspection import inspect_public
from portal.publication.stories import withdraw_story
from portal.publication.story_lint import let_stand, lint_story
from portal.publication.story_schedule import run_due
from portal.publication.story_sharing import share_story
from portal.reference.press_forms import PressForm
from tests.papers import (
    TEXT,
    annotate,
    draw,
    image,
    jpeg,
    paper,
    put,
    said,
    spoiled,
    take_apart_here,
)

NOW = datetime(2018, 4, 8, 1, tzinfo=UTC)
FACTS = {
    "number": "演示〔2018〕9号", "issued_on": "2018-04-08",
    "issuer": "本院", "status": "现行有效",
}  # fmt: skip
PHONE, PERSON_ID = "13904170001", "210800197501056454"


def regulation(**fields):
    return StoryContent(
        **{"title": "执行信息公开规定", "form": PressForm.REGULATION, "facts": FACTS} | fields
    )


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Files are taken apart in this process: tests of the office start the worker."""
    for module in (attaching, attachment_inspection):
        monkeypatch.setattr(module, "take_apart", take_apart_here)


@pytest.fixture
def draft(gate):
    """A draft with a file; give the story's id. Its revision is the second."""

    def write(data=b"", **fields):
        registry = gate.stores.registry
        story_id = create_story(registry, regulation(**fields), actor="editor")
        data = data or paper()
        attach_file(registry, story_id, data, "定稿.pdf", revision=1, actor="editor")
        return story_id

    return write


@pytest.fixture
def reviewed_twice(gate):
    """Take the newest revision of a draft to its signature."""

    def go(story_id):
        registry, revision = gate.stores.registry, story_of(gate, story_id).revision
        submit_story(registry, story_id, revision=revision, actor="editor")
        for step, actor in ((Step.FIRST, "first"), (Step.SECOND, "second")):
            pass_story(registry, story_id, step, CHECKLISTS[step], revision=revision, actor=actor)
        return revision

    return go


@pytest.fixture
def publish(gate, draft, reviewed_twice, sign_as_chief):
    """A 规范性文件 with this file, signed."""

    def go(data=b"", **fields):
        story_id = draft(data, **fields)
        sign_as_chief(gate, story_id, revision=reviewed_twice(story_id))
        return story_id

    return go


def story_of(gate, story_id):
    with gate.stores.registry() as session:
        return session.get(Story, story_id)


def signed_name(gate, story_id):
    return read_content(story_of(gate, story_id).content).attachment.name


def public_files(public):
    public.rollback()
    return {each.name: each.data for each in public.scalars(select(PublicAttachment))}


def graves(public):
    public.rollback()
    return {each.path for each in public.scalars(select(Tombstone))}


def test_what_was_signed_is_what_goes_out_and_goes_with_its_page(gate, publish, public):
    story_id = publish()
    name, slug = signed_name(gate, story_id), story_of(gate, story_id).slug
    files = public_files(public)
    assert list(files) == [name] and name_of(files[name]) == name
    row = public.scalars(select(PublicNotice)).one()
    assert row.attachment == {"name": name, "pages": 1, "size": len(files[name])}
    # A document may be its file alone.
    assert row.body_html == ""
    withdraw_story(gate, slug, "chief", "已被替代", "已由新规定替代。", signer=True)
    assert public_files(public) == {}
    assert graves(public) == {f"/notices/{slug}", f"/notices/{slug}/{name}.pdf"}


def test_a_file_belongs_to_its_author_its_form_and_its_hour(gate, draft, reviewed_twice):
    registry = gate.stores.registry
    story = create_story(registry, StoryContent("题目", body="正文"), actor="editor")
    with pytest.raises(StoryError, match="只有规范性文件"):
        attach_file(registry, story, paper(), "a.pdf", revision=1, actor="editor")
    story_id = draft()
    with pytest.raises(StoryError, match="作者本人"):
        attach_file(registry, story_id, paper(), "a.pdf", revision=2, actor="other")
    with pytest.raises(StoryError, match="变动"):
        detach_file(registry, story_id, revision=1, actor="editor")
    reviewed_twice(story_id)
    for act in (
        lambda: attach_file(registry, story_id, paper(), "a.pdf", revision=2, actor="editor"),
        lambda: detach_file(registry, story_id, revision=2, actor="editor"),
    ):
        with pytest.raises(StoryError, match="正在审核"):
            act()


def test_a_refused_file_changes_nothing(gate, draft):
    story_id = draft()
    with pytest.raises(StoryError, match="不是 PDF"):
        attach_file(gate.stores.registry, story_id, b"PK", "a.pdf", revision=2, actor="editor")
    assert story_of(gate, story_id).revision == 2
    with gate.stores.registry() as session:
        assert len(session.scalars(select(StoryAttachment.id)).all()) == 1


PLANTED = [
    (paper(f"联系电话{PHONE}。"), "附件第 1 页：联系电话"),
    (paper(f"证件号码 {' '.join(PERSON_ID)}。"), "证件号"),
    (spoiled(lambda w: draw(w, said("被执行人秦 椒 榕住营口市"))), "自然人姓名"),
    # Radicals that share a glyph with a character: what a PDF gives out for 马.
    (paper("被执行人⻢小虎，联系电话⼀三九⼀二三四五六七八。"), "附件第 1 页"),
    (
        spoiled(lambda w: [draw(w, said(each)) for each in ("被执行人秦", "椒榕已到庭")]),
        "自然人姓名",
    ),
    (spoiled(lambda w: w.add_outline_item(title=f"电话{PHONE}", page_number=0)), "附件书签"),
    (
        spoiled(
            lambda w: annotate(
                w, Subtype="/Link", A={"/S": "/URI", "/URI": f"https://x.cn/?id={PERSON_ID}"}
            )
        ),
        "附件链接",
    ),
    (
        spoiled(
            lambda w: [
                put(w, "/XObject", "/被执行人秦椒榕的照片", image(jpeg())),
                draw(w, "/被执行人秦椒榕的照片 Do".encode()),
            ]
        ),
        "附件内部名称：自然人姓名",
    ),
    (spoiled(lambda w: draw(w, b"0 0 0 0 0 0 cm " + said(f"电话{PHONE}"))), "叠印、过小"),
]


@pytest.mark.parametrize(("data", "place"), PLANTED)
def test_a_file_with_private_data_is_never_signed_or_shared(
    gate, draft, reviewed_twice, sign_as_chief, public, data, place
):
    story_id = draft(data)
    with pytest.raises(StoryHeld):
        share_story(gate, story_id, revision=2, days=1, actor="editor", now=NOW)
    reviewed_twice(story_id)
    with pytest.raises(StoryHeld, match=place) as caught:
        sign_as_chief(gate, story_id, revision=2)
    assert "秦椒榕" not in str(caught.value) and PHONE not in str(caught.value)
    assert public_files(public) == {}


def test_words_over_two_pages_are_joined(gate, draft):
    """A page ends in the middle of a number: neither page shows it, the file does."""
    lines = ["规定。"] * 23
    data = paper(*lines, f"号码{PHONE[:6]}", PHONE[6:])
    findings = lint_story(gate, story_of(gate, draft(data)))
    assert [(each.place, each.final) for each in findings] == [("附件全文（连读）", False)]


def test_a_file_name_that_names_a_person_bars_signing(gate):
    registry = gate.stores.registry
    story_id = create_story(registry, regulation(), actor="editor")
    name = f"被执行人王小虎{PHONE}.pdf"
    attach_file(registry, story_id, paper(), name, revision=1, actor="editor")
    places = {each.place for each in lint_story(gate, story_of(gate, story_id))}
    assert places == {"附件文件名"}


def pictured(writer):
    put(writer, "/XObject", "/X", image(jpeg()))
    draw(writer, b"q 64 0 0 48 0 0 cm /X Do Q " + b"0 0 m 1 1 2 2 3 3 c " * 201 + b"S")


def test_pictures_and_shapes_are_looked_at_by_somebody_else(
    gate, draft, reviewed_twice, sign_as_chief, public
):
    story_id = draft(spoiled(pictured))
    reviewed_twice(story_id)
    findings = lint_story(gate, story_of(gate, story_id))
    assert ["图片" in each.reason or "曲线" in each.reason for each in findings] == [True, True]
    with pytest.raises(StoryHeld):
        sign_as_chief(gate, story_id, revision=2)
    for finding in findings:
        with pytest.raises(StoryError, match="作者以外"):
            let_stand(gate, story_id, finding.key, "看过", revision=2, actor="editor")
        let_stand(gate, story_id, finding.key, "为院徽，没有文字", revision=2, actor="second")
    sign_as_chief(gate, story_id, revision=2)
    assert list(public_files(public)) == [signed_name(gate, story_id)]
    assert inspect_public(gate).leaks == ()


def test_a_corrected_file_replaces_the_old_one_when_it_is_signed(
    gate, publish, reviewed_twice, sign_as_chief, public
):
    story_id = publish()
    old, slug = signed_name(gate, story_id), story_of(gate, story_id).slug
    registry = gate.stores.registry
    new = attach_file(
        registry, story_id, paper("新的一条。"), "定稿二.pdf", revision=2, actor="editor"
    ).name
    content = replace(read_content(story_of(gate, story_id).content), correction="更换附件。")
    save_story(registry, story_id, content, revision=3, actor="editor")
    revision = reviewed_twice(story_id)
    assert list(public_files(public)) == [old]
    sign_as_chief(gate, story_id, revision=revision)
    assert list(public_files(public)) == [new]
    assert graves(public) == {f"/notices/{slug}/{old}.pdf"}
    before, after = (read_revision(registry, story_id, number) for number in (2, 3))
    (change,) = compare_contents(before, after)
    assert change.label == "附件文件"
    assert [mark for mark, _ in change.lines] == ["-", "+"]
    assert old in change.lines[0][1] and new in change.lines[1][1]
    # The old revision comes back, and its file with it.
    restore_revision(registry, story_id, 2, revision=revision, actor="editor")
    content = replace(read_content(story_of(gate, story_id).content), correction="恢复附件。")
    save_story(registry, story_id, content, revision=revision + 1, actor="editor")
    sign_as_chief(gate, story_id, revision=reviewed_twice(story_id))
    assert list(public_files(public)) == [old]
    assert graves(public) == {f"/notices/{slug}/{new}.pdf"}
    assert inspect_public(gate).leaks == ()


def test_a_file_taken_out_is_gone_when_that_is_signed(
    gate, publish, reviewed_twice, sign_as_chief, public
):
    story_id = publish(body="正文。")
    detach_file(gate.stores.registry, story_id, revision=2, actor="editor")
    content = replace(read_content(story_of(gate, story_id).content), correction="附件撤下。")
    save_story(gate.stores.registry, story_id, content, revision=3, actor="editor")
    sign_as_chief(gate, story_id, revision=reviewed_twice(story_id))
    assert public_files(public) == {}
    assert public.scalars(select(PublicNotice.attachment)).one() == {}
    assert len(graves(public)) == 1


def test_a_file_goes_on_and_off_at_its_hours(gate, draft, reviewed_twice, sign_as_chief, public):
    story_id, hour = draft(), timedelta(hours=1)
    sign_as_chief(
        gate,
        story_id,
        revision=reviewed_twice(story_id),
        go_live_at=NOW + hour,
        expire_at=NOW + 3 * hour,
    )
    assert public_files(public) == {}
    run_due(gate, "cron", NOW + hour)
    assert list(public_files(public)) == [signed_name(gate, story_id)]
    run_due(gate, "cron", NOW + 3 * hour)
    assert public_files(public) == {}


def test_a_file_changed_in_the_registry_is_not_signed(
    gate, draft, reviewed_twice, sign_as_chief, public
):
    story_id = draft()
    reviewed_twice(story_id)
    with gate.stores.registry.begin() as session:
        session.execute(update(StoryAttachment).values(cleaned=b"%PDF-1.4 other"))
    with pytest.raises(StoryError, match="与审核时不同"):
        sign_as_chief(gate, story_id, revision=2)
    with gate.stores.registry.begin() as session:
        session.execute(update(StoryAttachment).values(name="0" * 40))
    with pytest.raises(StoryHeld, match="与登记的不符"):
        sign_as_chief(gate, story_id, revision=2)
    assert public_files(public) == {}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (paper(f"电话{PHONE}。"), "联系电话"),
        (spoiled(lambda w: w.add_metadata({"/Author": "某人"})), "页面以外的内容"),
        (b"not a file", "不能再次检查"),
    ],
)
def test_verify_reads_the_bytes_that_are_public(gate, publish, public, data, reason):
    publish()
    assert inspect_public(gate).leaks == ()
    with gate.stores.disclosure.begin() as session:
        session.execute(update(PublicAttachment).values(data=data))
    reasons = {leak.reason for leak in inspect_public(gate).leaks}
    assert "文件内容与签发的不符" in reasons
    assert any(reason in each for each in reasons)
    with gate.stores.disclosure.begin() as session:
        session.execute(update(PublicAttachment).values(name="0" * 40))
    assert "登记库中没有这份文件的签发记录" in {leak.reason for leak in inspect_public(gate).leaks}


def test_verify_finds_a_number_that_became_private_later(gate, publish, public, bring_in, case):
    """What no recogniser takes for private is found once it is the card of a party."""
    record = case()
    card = record["parties"][1]["bank_account"]
    publish(paper(TEXT, f"流水号{card[:9]}", f"{card[9:]}。"))
    before = {leak.path for leak in inspect_public(gate).leaks}
    bring_in(record)
    after = {leak.path for leak in inspect_public(gate).leaks}
    assert (before, after) == (set(), {"附件全文"})
