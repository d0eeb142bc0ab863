"""``portal verify`` walks every page there is: held to the address book of the public surface."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.disclosure.articles import PublicAttachment, PublicNotice, PublicPicture
from portal.disclosure.models import PublicCase
from portal.publication.page_addresses import (
    LISTS,
    Visit,
    article_visits,
    case_visits,
    grave_visits,
    standing_visits,
)
from tests.conftest import RELEASED_AT

# Rules nobody walks, and why.
NOT_WALKED = {
    "static": "files of the code: the same for everybody, of no case",
}


@pytest.fixture
def everything(rows, disclosure, index_rows):
    """One public thing of each kind."""
    case = rows.case("（2018）辽0803执123号")
    rows.case("（2018）辽0811执77号", level="不公开", closed_reason="涉及未成年人")
    rows.event(case, "立案")
    rows.debtor(case)
    rows.restriction(case)
    rows.termination(case)
    rows.auction(case)
    rows.auction(case, url="")
    rows.story()
    rows.guide()
    rows.tombstone("/cases/2018-辽0803-执-9")
    disclosure.add(PublicPicture(name="a" * 40, story_slug="story", data=b"\xff\xd8"))
    disclosure.add(PublicAttachment(name="b" * 40, notice_slug="notice", data=b"%PDF-"))
    disclosure.add(
        PublicNotice(
            slug="notice",
            form="reward",
            title="执行悬赏公告",
            published_on=RELEASED_AT.date(),
            version=1,
            released_at=RELEASED_AT,
        )
    )
    disclosure.commit()
    index_rows()
    return disclosure


@pytest.fixture
def visits(everything):
    cases = everything.scalars(select(PublicCase)).all()
    return [
        *(visit for case in cases for visit in case_visits(case)),
        *standing_visits(),
        *article_visits(everything),
        *grave_visits(everything),
        *(Visit(address) for address in LISTS),
    ]


def test_every_rule_of_the_public_surface_is_walked(public_app, visits):
    adapter = public_app.url_map.bind("localhost")
    paths = {visit.address.partition("?")[0] for visit in visits} - {"/nothing-here"}
    walked = {str(adapter.match(path, "GET", return_rule=True)[0]) for path in paths}
    rules = {
        str(rule): rule.endpoint
        for rule in public_app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }
    left_out = {endpoint for rule, endpoint in rules.items() if rule not in walked}
    assert left_out == set(NOT_WALKED), "a page that portal verify does not read again"


def test_every_address_answers_as_the_walk_expects(public_app, visits):
    client = public_app.test_client()
    found = {visit.address: client.get(visit.address).status_code for visit in visits}
    assert found == {visit.address: visit.status for visit in visits}
