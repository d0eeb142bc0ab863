"""Keys of the inbox: who can open what, rotation, and where each half lies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from portal.inbox.keys import FOLDER, InboxKeyError, make_key, sealing_key, unlock_keys
from portal.inbox.sealing import BoxLabel, key_id, open_box, seal

PASSPHRASE = "lan-tian-bai-yun-lv-shu"
NOW = datetime(2018, 5, 2, 1, 30, tzinfo=UTC)
LABEL = BoxLabel("S20180502001", "correction")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The public and the office's folder of an instance."""
    return tmp_path / "public", tmp_path / "office"


def newest(public: Path) -> X25519PublicKey:
    key = sealing_key(public)
    assert key is not None
    return key


def test_without_a_key_nothing_seals_and_nothing_opens(folders: tuple[Path, Path]) -> None:
    public, office = folders
    assert sealing_key(public) is None
    with pytest.raises(InboxKeyError, match="portal inbox keygen"):
        unlock_keys(office, PASSPHRASE)


def test_the_newest_key_seals_and_old_ones_still_open(folders: tuple[Path, Path]) -> None:
    public, office = folders
    boxes = []
    for day in range(3):
        identity = make_key(public, office, PASSPHRASE, NOW + timedelta(days=day))
        assert key_id(newest(public)) == identity
        boxes.append(seal(newest(public), b"text", LABEL))
    keys = unlock_keys(office, PASSPHRASE)
    assert [open_box(keys, box, LABEL) for box in boxes] == [b"text"] * 3


def test_a_passphrase_opens_its_own_keys_only(folders: tuple[Path, Path]) -> None:
    public, office = folders
    first = make_key(public, office, PASSPHRASE, NOW)
    second = make_key(public, office, PASSPHRASE[::-1], NOW + timedelta(days=1))
    assert set(unlock_keys(office, PASSPHRASE)) == {first}
    assert set(unlock_keys(office, PASSPHRASE[::-1])) == {second}
    with pytest.raises(InboxKeyError, match="口令不正确"):
        unlock_keys(office, PASSPHRASE + "x")


def test_a_short_passphrase_makes_no_files(folders: tuple[Path, Path]) -> None:
    public, office = folders
    with pytest.raises(InboxKeyError, match="16"):
        make_key(public, office, "x" * 15, NOW)
    assert not public.exists() and not office.exists()


def test_the_private_half_stays_in_the_office_and_under_its_passphrase(
    folders: tuple[Path, Path],
) -> None:
    public, office = folders
    make_key(public, office, PASSPHRASE, NOW)
    secret = next(iter(unlock_keys(office, PASSPHRASE).values())).private_bytes_raw()
    (private_file,) = (office / FOLDER).iterdir()
    (public_file,) = (public / FOLDER).iterdir()
    assert b"ENCRYPTED" in private_file.read_bytes()
    assert b"PRIVATE" not in public_file.read_bytes()
    assert secret not in private_file.read_bytes() + public_file.read_bytes()
    assert private_file.stat().st_mode & 0o777 == 0o600
    assert private_file.parent.stat().st_mode & 0o777 == 0o700
    assert public_file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("content", [b"", b"not a key"], ids=["empty", "not a key"])
def test_a_damaged_public_key_never_seals(folders: tuple[Path, Path], content: bytes) -> None:
    public, office = folders
    make_key(public, office, PASSPHRASE, NOW)
    (file,) = (public / FOLDER).iterdir()
    file.write_bytes(content)
    with pytest.raises(InboxKeyError, match=file.name):
        sealing_key(public)


def test_a_public_key_under_the_name_of_another_never_seals(folders: tuple[Path, Path]) -> None:
    public, office = folders
    make_key(public, office, PASSPHRASE, NOW)
    make_key(public, office, PASSPHRASE, NOW + timedelta(days=1))
    old, new = sorted((public / FOLDER).iterdir())
    new.write_bytes(old.read_bytes())
    with pytest.raises(InboxKeyError, match="不符"):
        sealing_key(public)


def test_a_private_key_without_passphrase_is_refused(folders: tuple[Path, Path]) -> None:
    public, office = folders
    make_key(public, office, PASSPHRASE, NOW)
    (file,) = (office / FOLDER).iterdir()
    bare = X25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    file.write_bytes(bare)
    with pytest.raises(InboxKeyError, match="受口令保护"):
        unlock_keys(office, PASSPHRASE)
