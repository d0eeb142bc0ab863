"""Stories and guides: signed by another hand, clean of private data, sanitised."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.disclosure.articles import PublicGuide, PublicStory
from portal.disclosure.ledger import Tombstone
from portal.press.models import Story, StoryState
from portal.press.workflow import StoryChanged, StoryInput, create_story, submit_story
from portal.publication.errors import NotPublished, ReasonMissing, StoryHeld, StoryNotReady
from portal.publication.stories import publish_guides, publish_story, withdraw_story
from portal.reference.vocabulary import StoryKind
from search_index import Query, WhooshIndex

BODY = "<p>执行干警连夜出发，为申请人追回工程款。</p>"


@pytest.fixture
def submit(gate):
    """Write and submit a story; give its id."""

    def write(title="连夜出发追回工程款", lead="一线见闻", body=BODY):
        content = StoryInput(StoryKind.OFFICERS, title, lead, body)
        story_id = create_story(gate.stores.registry, content, actor="editor")
        submit_story(gate.stores.registry, story_id, revision=1, actor="editor")
        return story_id

    return write


def slug_of(gate, story_id):
    with gate.stores.registry() as session:
        return session.get(Story, story_id).slug


def test_a_signed_story_is_public_and_found(gate, submit, public):
    story_id = submit()
    publish_story(gate, story_id, "chief", revision=1)
    row = public.scalars(select(PublicStory)).one()
    assert (row.title, row.slug) == ("连夜出发追回工程款", slug_of(gate, story_id))
    # The public sees the desk, never an account of the office.
    assert "editor" not in row.byline
    index = WhooshIndex.open(gate.index_path)
    assert [hit.url for hit in index.search(Query(text="工程款")).hits] == [f"/stories/{row.slug}"]
    index.close()


def test_nobody_signs_what_he_wrote(gate, submit, public):
    story_id = submit()
    with pytest.raises(StoryNotReady):
        publish_story(gate, story_id, "editor", revision=1)
    assert public.scalars(select(PublicStory)).all() == []


def test_a_draft_cannot_be_signed(gate, public):
    content = StoryInput(StoryKind.OFFICERS, "标题", "", BODY)
    story_id = create_story(gate.stores.registry, content, actor="editor")
    with pytest.raises(StoryNotReady):
        publish_story(gate, story_id, "chief", revision=1)


def test_a_story_that_changed_since_it_was_read_is_not_signed(gate, submit, public):
    with pytest.raises(StoryChanged):
        publish_story(gate, submit(), "chief", revision=2)
    assert public.scalars(select(PublicStory)).all() == []


def test_a_signature_falls_with_the_public_row(gate, submit):
    story_id = submit()
    with gate.stores.disclosure.begin() as session:
        session.connection().exec_driver_sql("ALTER TABLE public_story RENAME TO elsewhere")
    with pytest.raises(OperationalError):
        publish_story(gate, story_id, "chief", revision=1)
    with gate.stores.registry() as session:
        assert session.get(Story, story_id).state == StoryState.SUBMITTED


PRIVATE = [
    # A phone cut by inline markup is still a phone.
    ({"body": "<p>联系电话139<b>0417</b>0001。</p>"}, "正文"),
    # An entity is read as the character it stands for.
    ({"body": "<p>身份证号2108001975010564&#53;4。</p>"}, "正文"),
    ({"title": "被执行人秦椒榕终于还款"}, "标题"),
    ({"lead": "家住营口市站前区辰州路113号13号楼1单元2026室"}, "导语"),
]


@pytest.mark.parametrize(("fields", "place"), PRIVATE)
def test_a_story_with_private_data_is_held(gate, submit, public, fields, place):
    story_id = submit(**fields)
    with pytest.raises(StoryHeld) as caught:
        publish_story(gate, story_id, "chief", revision=1)
    assert place in str(caught.value)
    assert "秦椒榕" not in str(caught.value)
    assert public.scalars(select(PublicStory)).all() == []


def test_what_htmx_or_a_browser_would_run_never_gets_out(gate, submit, public):
    body = (
        '<p hx-get="/x" onclick="x()" style="color:red">正文</p><script>x()</script>'
        '<a href="javascript:x()">链接</a><img src=x onerror=x()>'
    )
    publish_story(gate, submit(body=body), "chief", revision=1)
    html = public.scalars(select(PublicStory.body_html)).one()
    for trace in ("hx-", "onclick", "style", "script", "javascript", "onerror"):
        assert trace not in html


def test_a_withdrawn_story_is_gone_and_says_so(gate, submit, public):
    story_id = submit()
    publish_story(gate, story_id, "chief", revision=1)
    slug = slug_of(gate, story_id)
    with pytest.raises(ReasonMissing):
        withdraw_story(gate, slug, "chief", " ")
    withdraw_story(gate, slug, "chief", "数字有误")
    public.rollback()
    assert public.scalars(select(PublicStory)).all() == []
    assert public.get(Tombstone, f"/stories/{slug}") is not None
    with gate.stores.registry() as session:
        assert session.get(Story, story_id).state == StoryState.WITHDRAWN
    with pytest.raises(NotPublished):
        withdraw_story(gate, slug, "chief", "再次")


def test_guides_are_put_in_place_and_updated(gate, public):
    guide = {
        "slug": "resume",
        "title": "怎样申请恢复执行",
        "section": "执行不能",
        "body": "<p>发现财产后可以申请恢复执行。</p>",
        "updated_on": "2018-10-01",
    }
    publish_guides(gate, [guide], "editor")
    publish_guides(gate, [guide | {"title": "如何申请恢复执行"}], "editor")
    assert public.scalars(select(PublicGuide.title)).all() == ["如何申请恢复执行"]


def test_a_guide_with_private_data_is_held_and_none_is_published(gate, public):
    good = {"slug": "a", "title": "甲", "section": "指南", "body": "<p>文</p>"}
    bad = good | {"slug": "b", "body": "<p>电话13904170001</p>"}
    with pytest.raises(StoryHeld):
        publish_guides(
            gate, [guide | {"updated_on": "2018-10-01"} for guide in (good, bad)], "editor"
        )
    assert public.scalars(select(PublicGuide)).all() == []
