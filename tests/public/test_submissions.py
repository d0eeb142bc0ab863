"""A letter to the court is sealed before it is kept, and its sender alone can ask after it."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

from portal.disclosure.articles import PublicNotice
from portal.inbox.keys import make_key, unlock_keys
from portal.inbox.models import Reply
from portal.inbox.rules import STATUS_OF_RECEIPT, SUBMISSIONS_OF_ADDRESS

PASSPHRASE = "sixteen characters and more"
STATEMENT = "名单上的年龄有误，本人出生于一九七五年，请核对户口簿后更正。"
NAME, CONTACT = "秦椒榕", "13904170001"
PDF = b"%PDF-1.4\nbody\nstartxref\n9\n%%EOF\n"
# The smallest PNG there is: one grey point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
NOW = datetime(2018, 5, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def made_key(tmp_path_factory) -> tuple[Path, str]:
    """A key pair, made once: its passphrase is stretched by design."""
    home = tmp_path_factory.mktemp("key")
    return home, make_key(home / "public", home / "office", PASSPHRASE, NOW)


@pytest.fixture
def key(public_settings, made_key) -> str:
    """The office made a key and gave its public half to the public machine."""
    home, identity = made_key
    shutil.copytree(home, public_settings.home, dirs_exist_ok=True)
    return identity


@pytest.fixture
def sender(public_app, checking):
    return checking(public_app, cookies=("display", "receipt"))


@pytest.fixture
def inbox(public_settings):
    engine = create_engine(public_settings.inbox_url)
    yield sessionmaker(engine)
    engine.dispose()


def fields(**changed):
    return {
        "kind": "correction",
        "court": "辽0803",
        "statement": STATEMENT,
        "name": NAME,
        "contact": CONTACT,
    } | changed


def send(client, **changed):
    return client.post("/submissions", data=fields(**changed), content_type="multipart/form-data")


def receipt_of(client) -> tuple[str, str]:
    page = client.get("/submissions/receipt").text
    number = re.search(r'id="receipt-number">([^<]+)', page)
    pin = re.search(r'id="receipt-pin">([^<]+)', page)
    assert number and pin
    return number[1], pin[1]


def count(inbox) -> int:
    with inbox() as session:
        return session.scalar(text("SELECT count(*) FROM submission"))


def ask(client, number: str, pin: str):
    return client.post("/submissions/status", data={"receipt": number, "pin": pin})


def test_the_form_is_reached_from_lists_entries_cases_and_the_page_on_clues(
    checked, rows, key
) -> None:
    case = rows.case()
    entries = {
        f"/debtors/{rows.debtor(case).id}",
        f"/restrictions/{rows.restriction(case).id}",
        f"/terminations/{rows.termination(case).id}",
        f"/auctions/{rows.auction(case).id}",
        f"/cases/{case.slug}",
    }
    lists = ("/debtors", "/restrictions", "/terminations", "/cases", "/auctions")
    for address in (*lists, *entries):
        page = checked.get(address).text
        link = re.search(
            r'href="(/submissions/new[?][^"]+kind=correction[^"]*|'
            r'/submissions/new[?]kind=correction[^"]*)"',
            page,
        )
        assert link, address
        form = checked.get(link[1].replace("&amp;", "&")).text
        assert f'name="about" value="{address}"' in form
        if address in entries:
            assert case.case_number in form
            assert '<option value="辽0803" selected>' in form
    assert "/submissions/new?kind=property" in checked.get("/inability").text


@pytest.mark.parametrize("about", ["", "https://elsewhere.example/", "/debtors/../x", "/x" * 500])
def test_an_address_that_is_none_of_ours_is_left_out(checked, key, about) -> None:
    page = checked.get("/submissions/new", query_string={"about": about})
    assert page.status_code == 200 and 'name="about"' not in page.text


def test_a_name_in_an_address_is_not_kept(sender, key, inbox, rows) -> None:
    rows.tombstone("/debtors/gone1")
    for about, kept in (
        (f"/debtors/{NAME}", "/debtors"),
        ("/debtors/gone1", "/debtors/gone1"),
        ("/notices/none", "/notices"),
    ):
        assert send(sender, about=about, statement=STATEMENT + kept).status_code == 303
        with inbox() as session:
            assert session.execute(text("SELECT about FROM submission")).scalars().all() == [kept]
            session.execute(text("DELETE FROM submission"))
            session.commit()


def test_a_reward_leads_to_the_form_for_clues(checked, key, disclosure) -> None:
    disclosure.add(
        PublicNotice(
            slug="reward-1",
            form="reward",
            title="执行悬赏公告",
            published_on=NOW.date(),
            version=1,
            released_at=NOW,
        )
    )
    disclosure.commit()
    link = re.search(r'href="(/submissions/new[^"]+)"', checked.get("/notices/reward-1").text)
    form = checked.get(link[1].replace("&amp;", "&")).text
    assert "公告：执行悬赏公告" in form and 'value="property" selected' in form


def test_a_letter_gives_a_receipt_once(sender, key, inbox) -> None:
    sent = send(sender)
    assert (sent.status_code, sent.location) == (303, "/submissions/receipt")
    shown = sender.get("/submissions/receipt")
    assert shown.headers["Cache-Control"] == "no-store"
    assert sender.get("/submissions/receipt").status_code == 410
    assert count(inbox) == 1


def test_sending_the_same_form_twice_is_once_and_other_words_are_another_letter(
    sender, key, inbox
) -> None:
    token = re.search(r'name="token" value="(\w+)"', sender.get("/submissions/new").text)[1]
    send(sender, token=token)
    first = receipt_of(sender)
    send(sender, token=token)
    assert receipt_of(sender) == first and count(inbox) == 1
    send(sender, token=token, statement=STATEMENT + "另附户口簿。")
    assert receipt_of(sender) != first and count(inbox) == 2


def test_nothing_of_a_letter_can_be_read_on_the_public_machine(
    sender, key, inbox, public_settings, public_app
) -> None:
    send(sender, kind="property", proof=(BytesIO(PDF), "房产证-秦椒榕.pdf"))
    _, pin = receipt_of(sender)
    home = public_settings.home
    # The log of the database lies beside it and is read as well.
    files = [
        path
        for path in home.rglob("*")
        if path.is_file() and not path.is_relative_to(public_settings.office_dir)
    ]
    assert {"inbox.db", "inbox.db-wal"} <= {path.name for path in files}
    private = unlock_keys(public_settings.office_dir, PASSPHRASE)[key].private_bytes_raw()
    for path in files:
        content = path.read_bytes()
        for plain in (STATEMENT[:8], NAME, CONTACT, pin, "房产证"):
            assert plain.encode() not in content, path
        assert PDF not in content and private not in content
        assert b"PRIVATE KEY" not in content, path
    held = repr(dict(public_app.config)) + repr(public_settings)
    assert "PRIVATE KEY" not in held and private.hex() not in held


def test_files_are_never_spooled_to_a_disk(public_app, sender, key, monkeypatch) -> None:
    def refuse(*_a, **_k):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    large = PDF[:9] + b"x" * (2 * 1024 * 1024) + PDF[9:]
    assert send(sender, proof=(BytesIO(large), "a.pdf")).status_code == 303


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"statement": ""}, "请写明情况"),
        ({"statement": "短"}, "请写明情况"),
        ({"statement": "长" * 4001}, "不能超过 4000 字"),
        ({"name": ""}, "请填写姓名"),
        ({"contact": " "}, "请填写联系方式"),
        ({"court": "京01"}, "请选择办理案件的法院"),
        ({"court": ""}, "请选择办理案件的法院"),
        ({"proof": (BytesIO(b"MZ\x90"), "a.pdf")}, "不是完整的 PDF"),
        ({"proof": (BytesIO(PDF[:-8]), "cut.pdf")}, "不是完整的 PDF"),
        ({"proof": (BytesIO(b""), "empty.png")}, "不是完整的 PDF"),
        ({"proof": [(BytesIO(PNG), f"{n}.png") for n in range(4)]}, "最多 3 个文件"),
        ({"proof": (BytesIO(PDF + b"x" * (4 << 20) + PDF), "big.pdf")}, "超过了 4 MB"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_form(sender, key, inbox, changed, said) -> None:
    # Streams are read up by the first test that sends them.
    for value in changed.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, tuple):
                part[0].seek(0)
    answer = send(sender, **changed)
    assert answer.status_code == 422
    assert said in answer.text and "error-summary" in answer.text
    assert count(inbox) == 0


def test_a_clue_may_come_from_nobody(sender, key, inbox) -> None:
    assert send(sender, kind="whereabouts", name="", contact="").status_code == 303


def test_a_letter_that_is_far_too_large_is_refused(sender, key, inbox) -> None:
    huge = BytesIO(b"%PDF-1.4" + b"x" * (9 << 20))
    answer = send(sender, proof=(huge, "a.pdf"))
    assert answer.status_code == 413 and "合计不能超过 8 MB" in answer.text
    assert count(inbox) == 0


def test_without_a_key_of_the_office_nothing_is_taken(checked, inbox) -> None:
    page = checked.get("/submissions/new")
    assert page.status_code == 200
    assert "暂时不能在网上提交" in page.text and "<textarea" not in page.text
    assert send(checked).status_code == 503
    assert count(inbox) == 0


def test_a_key_that_is_not_the_one_it_is_named_after_seals_nothing(
    checked, key, public_settings, inbox
) -> None:
    (path,) = (public_settings.home / "public" / "inbox-keys").glob("*.pem")
    path.rename(Path(str(path).replace(key, "0" * 16)))
    assert send(checked).status_code == 503
    assert count(inbox) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 303),
    ],
)
def test_another_site_cannot_send_in_a_visitors_name(sender, key, headers, status) -> None:
    for address, data in (("/submissions", fields()), ("/submissions/status", {})):
        answer = sender.post(address, data=data, headers=headers)
        assert answer.status_code == (422 if data == {} and status == 303 else status)


def test_a_refused_form_is_kept_by_no_cache_and_has_no_mark_of_its_content(sender, key) -> None:
    answer = send(sender, court="")
    assert answer.status_code == 422 and STATEMENT in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Last-Modified"} & set(answer.headers.keys())
    assert STATEMENT not in sender.get("/submissions/new").text


def test_no_log_line_holds_anything_of_a_letter(sender, key, capsys) -> None:
    send(sender, proof=(BytesIO(PDF), "房产证-秦椒榕.pdf"))
    send(sender, court="")
    with contextlib.closing(sqlite3.connect(key_database(sender))) as broken, broken:
        broken.execute("DROP TABLE sealed_proof")
    answer = send(sender, statement=STATEMENT * 2, proof=(BytesIO(PDF), "房产证-秦椒榕.pdf"))
    assert answer.status_code == 503
    logged = capsys.readouterr()
    assert "request failed" in logged.err
    for plain in (STATEMENT[:8], NAME, CONTACT, "房产证"):
        assert plain not in logged.err + logged.out + answer.text


def key_database(client) -> str:
    return client.application.extensions["settings"].inbox_url.removeprefix("sqlite:///")


def test_too_many_letters_from_one_address_have_to_wait(sender, key) -> None:
    codes = [
        send(sender, statement=f"{STATEMENT}{number}").status_code
        for number in range(SUBMISSIONS_OF_ADDRESS.free + 1)
    ]
    assert codes == [303] * SUBMISSIONS_OF_ADDRESS.free + [429]


def test_the_sender_sees_how_far_it_has_come(sender, key, inbox) -> None:
    send(sender)
    number, pin = receipt_of(sender)
    assert "法院还没有答复" in ask(sender, number, pin).text
    with inbox.begin() as session:
        session.add(Reply(receipt=number, at=NOW, text="经核对，年龄已经更正。"))
    answer = ask(sender, number.lower().replace("-", " "), pin)
    assert "经核对，年龄已经更正。" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    for private in (NAME, CONTACT, STATEMENT, pin):
        assert private not in answer.text


def test_an_unknown_receipt_and_a_wrong_pin_get_the_same_page(sender, key) -> None:
    send(sender)
    number, pin = receipt_of(sender)
    wrong = "00000000" if pin != "00000000" else "11111111"
    answers = [ask(sender, *pair) for pair in ((number, wrong), ("ABCD-EFGH-JKMN", pin), ("?", ""))]
    assert {(answer.status_code, answer.data) for answer in answers} == {(422, answers[0].data)}


def test_receipt_and_pin_in_an_address_are_not_read(sender, key) -> None:
    send(sender)
    number, pin = receipt_of(sender)
    page = sender.get("/submissions/status", query_string={"receipt": number, "pin": pin})
    assert "法院还没有答复" not in page.text and 'id="receipt"' in page.text


def test_a_pin_cannot_be_tried_out(sender, key) -> None:
    send(sender)
    number, pin = receipt_of(sender)
    for _ in range(STATUS_OF_RECEIPT.free):
        assert ask(sender, number, "00000000").status_code == 422
    assert ask(sender, number, pin).status_code == 429
    assert ask(sender, number, pin).headers["Retry-After"]


def test_a_forged_cookie_shows_nothing(sender, key) -> None:
    sender.set_cookie("receipt", "WyJBIiwiQiJd.x.y", path="/submissions")
    assert sender.get("/submissions/receipt").status_code == 410
