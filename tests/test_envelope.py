"""Envelopes: opened by case, number and code together, by nothing less, and closed anew without."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.envelope import (
    CODE_LENGTH,
    PAGE,
    CannotOpen,
    derive_lock,
    grouped,
    is_strong,
    is_well_formed,
    keep_key,
    kept_key,
    new_code,
    new_data_key,
    office_key,
    plain_code,
    seal,
    unseal,
    unwrap_key,
    wrap_key,
)

CASE, NUMBER, CODE = "（2018）辽0803执123号", "210803198001013326", "K7Q2ZW9HXM"
LOCK = derive_lock(CASE, NUMBER, CODE)
OTHERS = [
    derive_lock("（2018）辽0803执124号", NUMBER, CODE),
    derive_lock(CASE, "210803198001013586", CODE),
    derive_lock(CASE, NUMBER, "K7Q2ZW9HXN"),
    # The parts must not run into one another.
    derive_lock(CASE, NUMBER + "K", CODE[1:]),
]


def test_the_same_three_give_the_same_lock_however_the_code_is_typed() -> None:
    assert derive_lock(CASE, NUMBER, " k7q2-ｚｗ９h xm ") == LOCK


def test_any_other_of_the_three_leads_elsewhere() -> None:
    assert len({lock.locator for lock in (LOCK, *OTHERS)}) == 1 + len(OTHERS)
    wrapped = wrap_key(LOCK, new_data_key())
    for other in OTHERS:
        with pytest.raises(CannotOpen):
            unwrap_key(other, wrapped)


def test_a_locator_gives_neither_the_key_nor_anything_typed_away() -> None:
    assert LOCK.locator != LOCK.key
    assert LOCK.key.hex() not in repr(LOCK) and str(LOCK.key) not in repr(LOCK)


@given(content=st.binary(max_size=3 * PAGE))
def test_contents_come_back_and_their_length_is_rounded_up(content: bytes) -> None:
    data_key = new_data_key()
    box = seal(data_key, LOCK.locator, content)
    assert unseal(data_key, LOCK.locator, box) == content
    assert is_well_formed(wrap_key(LOCK, data_key), box)


def test_closing_anew_needs_the_data_key_alone_and_never_looks_the_same() -> None:
    data_key = new_data_key()
    wrapped = wrap_key(LOCK, data_key)
    boxes = [seal(data_key, LOCK.locator, b"the same") for _ in range(8)]
    assert all(first != second for first, second in combinations(boxes, 2))
    assert {unseal(unwrap_key(LOCK, wrapped), LOCK.locator, box) for box in boxes} == {b"the same"}


def test_an_envelope_does_not_open_in_another_place_or_after_a_change() -> None:
    data_key = new_data_key()
    box = seal(data_key, LOCK.locator, b"content")
    with pytest.raises(CannotOpen):
        unseal(data_key, OTHERS[0].locator, box)
    for at in (0, 12, len(box) // 2, len(box) - 1):
        changed = box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :]
        with pytest.raises(CannotOpen):
            unseal(data_key, LOCK.locator, changed)
    for short in (b"", box[:20], box[:-1]):
        with pytest.raises(CannotOpen):
            unseal(data_key, LOCK.locator, short)


def test_the_office_keeps_the_data_key_under_a_key_of_its_own() -> None:
    own, data_key = office_key(b"secret"), new_data_key()
    kept = keep_key(own, LOCK.locator, data_key)
    assert data_key not in kept
    assert kept_key(own, LOCK.locator, kept) == data_key
    for key, locator in ((office_key(b"another"), LOCK.locator), (own, OTHERS[0].locator)):
        with pytest.raises(CannotOpen):
            kept_key(key, locator, kept)


@pytest.mark.parametrize(
    ("wrapped", "box"),
    [
        (b"", b""),
        (bytes(59), bytes(PAGE + 28)),
        (bytes(60), bytes(PAGE + 27)),
        (bytes(60), bytes(28)),
        (bytes(60), b'{"name": "in clear"}'),
    ],
)
def test_what_is_no_envelope_does_not_look_like_one(wrapped: bytes, box: bytes) -> None:
    assert not is_well_formed(wrapped, box)


@pytest.mark.parametrize(
    ("code", "strong"),
    [
        ("K7Q2ZW9HXM", True),
        ("ABCDFGHJKM", True),  # ten letters: 47 bits
        ("1234567890", False),  # ten digits: 33 bits
        ("9382716450283", True),  # thirteen digits: 43 bits
        ("AB12", False),
        ("AAAAAAAAAAAA", False),
        ("ABABABABABAB", False),
        ("", False),
        ("------------", False),
    ],
)
def test_a_code_that_can_be_guessed_protects_nothing(code: str, strong: bool) -> None:
    assert is_strong(code) is strong


def test_codes_of_the_office_are_strong_and_read_back_as_they_are_printed() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert is_strong(code) and len(code) == CODE_LENGTH
        assert plain_code(grouped(code)) == code
        assert not set(code) & set("0O1IL")
