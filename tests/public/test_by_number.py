"""A whole ID number finds its entry; parts find nothing; nobody can tell a hit by its shape."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import event

from portal.disclosure.lookups import LookupKeys, PublicDebtorLookup
from portal.extensions import db
from portal.inbox.rules import LOOKUPS_NEAR_NUMBER, LOOKUPS_OF_ADDRESS
from redaction.checksums import id_check_digit

ADDRESS = "/debtors/by-number"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def number(order: int = 332, born: str = "19800101") -> str:
    seventeen = f"210803{born}{order:03d}"
    return seventeen + id_check_digit(seventeen)


@pytest.fixture
def keys(public_settings) -> LookupKeys:
    keys = LookupKeys(public_settings.lookup_keys)
    keys.create()
    return keys


@pytest.fixture
def listed(rows, disclosure, keys):
    """An entry that is found under number()."""
    entry = rows.debtor(name="钱多多")
    (key,) = keys.read()
    disclosure.add(
        PublicDebtorLookup(digest=key.digest(number()), debtor_id=entry.id, key_id=key.id)
    )
    disclosure.commit()
    return entry


def ask(client, typed: str, **headers: str):
    return client.post(ADDRESS, data={"number": typed}, headers=headers)


def test_the_form_is_reached_from_the_list(checked, listed) -> None:
    assert f'href="{ADDRESS}"' in checked.get("/debtors").text
    text = checked.get(ADDRESS).text
    assert 'method="post"' in text and "完整" in text


def test_a_whole_number_finds_the_entry(checked, listed) -> None:
    text = ask(checked, number()).text
    assert "有 1 条记录" in text and f"/debtors/{listed.id}" in text


def test_a_number_that_is_not_listed_is_answered_as_such(checked, listed) -> None:
    response = ask(checked, number(358))
    assert response.status_code == 200
    assert "没有与这个号码相符的记录" in response.text and "钱多多" not in response.text


@pytest.mark.parametrize("headers", [{}, PARTIAL])
def test_a_hit_and_a_miss_cost_the_same_statements_and_the_same_length(
    checked, listed, public_app, headers
) -> None:
    statements: list[str] = []
    with public_app.app_context():
        for engine in db.engines.values():
            event.listen(
                engine,
                "before_cursor_execute",
                lambda _c, _k, statement, *_rest: statements.append(statement),
            )
    seen = []
    for typed in (number(358), number(), number(341)):
        statements.clear()
        response = ask(checked, typed, **headers)
        kinds = [s.split()[0] for s in statements if "public_debtor" in s]
        seen.append(
            (response.status_code, len(response.data), kinds, sorted(response.headers.keys()))
        )
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2] == ["SELECT"]
    assert len(response.data) % (16 * 1024) == 0


@pytest.mark.parametrize(
    "typed", ["", "2108", number()[:17], "2108************26", "21080319800101332?", "钱多多"]
)
def test_parts_and_wildcards_are_refused_without_a_look_at_the_list(checked, listed, typed) -> None:
    response = ask(checked, typed)
    assert response.status_code == 422
    assert "error-summary" in response.text and "钱多多</a>" not in response.text


def test_the_number_is_nowhere_in_the_answer_the_address_or_the_log(
    checked, listed, caplog, capsys
) -> None:
    with caplog.at_level(logging.DEBUG):
        for typed in (number(), number(358), number()[:-1] + "?"):
            response = ask(checked, typed)
            assert typed not in response.text
            assert typed not in str(response.headers)
            assert "no-store" in response.headers["Cache-Control"]
    out = capsys.readouterr()
    assert number() not in caplog.text + out.out + out.err


def test_a_number_in_the_address_is_not_read(checked, listed) -> None:
    response = checked.get(f"{ADDRESS}?number={number()}")
    assert "条记录与这个号码相符" not in response.text


def test_another_site_cannot_ask(checked, listed) -> None:
    assert ask(checked, number(), **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ask(checked, number(), **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_numbers_that_differ_only_where_nothing_is_shown_are_counted_together(
    public_app, listed
) -> None:
    # Every guess from another address; of one district and year, with the same last two.
    guesses = [
        n
        for day in range(1, 29)
        for o in range(100)
        if (n := number(o, f"198001{day:02d}"))[-2:] == number()[-2:]
    ]
    client = public_app.test_client()
    answers = [
        client.post(ADDRESS, data={"number": guess}, environ_base={"REMOTE_ADDR": f"192.0.2.{at}"})
        for at, guess in enumerate(guesses[: LOOKUPS_NEAR_NUMBER.free + 2])
    ]
    assert [a.status_code for a in answers] == [200] * LOOKUPS_NEAR_NUMBER.free + [429] * 2
    assert "约 60 分钟" in answers[-1].text and int(answers[-1].headers["Retry-After"]) <= 3601
    # Waiting says nothing of the list: the listed number itself is answered the same way.
    own = client.post(
        ADDRESS, data={"number": number()}, environ_base={"REMOTE_ADDR": "192.0.2.99"}
    )
    assert own.status_code == 429 and "钱多多" not in own.text
    other = client.post(
        ADDRESS,
        data={"number": number(358, "19900101")},
        environ_base={"REMOTE_ADDR": "192.0.2.99"},
    )
    assert other.status_code == 200


def test_one_address_gets_so_many_tries(public_app, listed) -> None:
    client = public_app.test_client()
    codes = [
        client.post(ADDRESS, data={"number": number(1 + at, f"19{50 + at}0101")}).status_code
        for at in range(LOOKUPS_OF_ADDRESS.free + 1)
    ]
    assert codes == [200] * LOOKUPS_OF_ADDRESS.free + [429]


def test_without_keys_the_answer_is_that_names_still_work(checked, rows) -> None:
    response = ask(checked, number())
    assert response.status_code == 503 and "按姓名查询" in response.text
