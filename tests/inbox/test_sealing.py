"""Sealed boxes open with the right key and label, and with nothing else."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from portal.inbox.sealing import BoxLabel, CannotOpen, key_id, open_box, seal, sealed_to

KEY = X25519PrivateKey.generate()
KEYS = {key_id(KEY.public_key()): KEY}
LABEL = BoxLabel("S20180502001", "correction")
TEXT = "我叫秦椒榕，款项已于五月一日付清。".encode()


@given(st.binary(max_size=2000), st.text(max_size=20), st.text(max_size=20))
def test_what_was_sealed_comes_back(text: bytes, receipt: str, kind: str) -> None:
    label = BoxLabel(receipt, kind)
    assert open_box(KEYS, seal(KEY.public_key(), text, label), label) == text


@given(st.data())
def test_no_byte_can_be_changed(data: st.DataObject) -> None:
    box = bytearray(seal(KEY.public_key(), TEXT, LABEL))
    place = data.draw(st.integers(0, len(box) - 1))
    box[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        open_box(KEYS, bytes(box), LABEL)


@given(st.integers(min_value=0, max_value=400))
def test_a_box_cut_short_does_not_open(length: int) -> None:
    box = seal(KEY.public_key(), TEXT, LABEL)
    with pytest.raises(CannotOpen):
        open_box(KEYS, box[: min(length, len(box) - 1)], LABEL)


@pytest.mark.parametrize(
    "label",
    [
        BoxLabel("S20180502002", "correction"),
        BoxLabel("S20180502001", "clue"),
        BoxLabel("S20180502001c", "orrection"),
    ],
    ids=["another submission", "another kind", "the same letters cut elsewhere"],
)
def test_a_box_moved_elsewhere_does_not_open(label: BoxLabel) -> None:
    with pytest.raises(CannotOpen):
        open_box(KEYS, seal(KEY.public_key(), TEXT, LABEL), label)


def test_another_key_does_not_open_even_under_the_same_id() -> None:
    box = seal(KEY.public_key(), TEXT, LABEL)
    other = X25519PrivateKey.generate()
    with pytest.raises(CannotOpen, match=sealed_to(box)):
        open_box({key_id(other.public_key()): other}, box, LABEL)
    with pytest.raises(CannotOpen):
        open_box({sealed_to(box): other}, box, LABEL)


def test_a_half_that_forces_the_secret_to_zero_is_refused() -> None:
    box = seal(KEY.public_key(), TEXT, LABEL)
    with pytest.raises(CannotOpen):
        open_box(KEYS, box[:9] + bytes(32) + box[41:], LABEL)


def test_the_same_text_never_looks_the_same_and_never_shows() -> None:
    boxes = {seal(KEY.public_key(), TEXT, LABEL) for _ in range(20)}
    assert len(boxes) == 20
    assert not any("秦椒榕".encode() in box for box in boxes)
    # Nothing of one box helps with another: not even the first bytes of the ciphertext agree.
    assert len({box[41:49] for box in boxes}) == 20
