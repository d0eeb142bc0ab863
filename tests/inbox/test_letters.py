"""A letter is packed and unpacked, and whatever else was sealed is not taken for one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.inbox.letters import Letter, clean, pack_proof, pack_text, unpack
from portal.inbox.proofs import Proof
from portal.reference.submission_kinds import SubmissionKind

KIND = SubmissionKind.PROPERTY
WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(WORDS, WORDS, WORDS, st.lists(st.tuples(WORDS, st.binary()), max_size=3))
def test_what_was_packed_comes_out_again(
    statement: str, name: str, contact: str, files: list[tuple[str, bytes]]
) -> None:
    proofs = tuple(Proof(title, data) for title, data in files)
    letter = Letter(KIND, statement, name, contact, proofs)
    packed = [pack_proof(proof) for proof in proofs]
    assert unpack(KIND, pack_text(letter), packed) == letter


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b'"text"',
        json.dumps({"statement": 1}).encode(),
        json.dumps({"statement": ["a"], "name": "", "contact": ""}).encode(),
        json.dumps({"statement": "a", "proofs": "b"}).encode(),
        json.dumps({"statement": "a", "kind": "b"}).encode(),
        json.dumps({"name": "a"}).encode(),
        b"[" * 100_000,
    ],
)
def test_anything_else_is_refused(text: bytes) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError, RecursionError)):
        unpack(KIND, text, [])


@given(st.text())
def test_text_is_cleaned_once_and_for_all(written: str) -> None:
    cleaned = clean(written)
    assert clean(cleaned) == cleaned
    assert all(mark.isprintable() or mark == "\n" or ord(mark) > 0x7F for mark in cleaned)
