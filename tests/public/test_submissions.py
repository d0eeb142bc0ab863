"""A letter to the court is sealed before it is kept, and its sender alone can ask after it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

from portal.inbox.keys import make_key, unlock_keys
from portal.inbox.models import Reply
from portal.inbox.rules import STATUS_OF_RECEIPT, SUBMISSIONS_OF_ADDRESS

PASSPHRASE = "sixteen characters and more"
STATEMENT = "名单上的年龄有误，本人出生于一九七五年，请核对户口簿后更正。"
NAME, CONTACT = "秦椒榕", "13904170001"
PDF = b"%PDF-1.4\nbody\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 30 + b"IEND\xaeB`\x82"
NOW = datetime(2018, 5, 2, tzinfo=UTC)


@pytest.fixture
def key(public_settings) -> str:
    """The office made a key and gave its public half to the public machine."""
    home = public_settings.home
    return make_key(home / "public", home / "office", PASSPHRASE, NOW)


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
        f"/cases/{case.slug}",
    }
    for address in ("/debtors", "/restrictions", "/terminations", *entries):
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
    with inbox() as session:
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    files = [
        path
        for path in home.rglob("*")
        if path.is_file() and not path.is_relative_to(public_settings.office_dir)
    ]
    assert any(path.name == "inbox.db" for path in files)
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
    assert send(sender, proof=(huge, "a.pdf")).status_code == 413
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


def test_another_site_cannot_send_in_a_visitors_name(checked, key) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert checked.post("/submissions", data=fields(), headers=headers).status_code == 403


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
