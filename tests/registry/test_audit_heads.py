"""Signed heads: a log that was rewritten whole, or cut off cleanly, is found by them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError

from portal.registry.audit import Fault, Flaw, record_act
from portal.registry.audit_heads import (
    AuditSignature,
    BrokenLog,
    HeadUnreadable,
    read_head,
    sign_head,
    verify_log,
)
from portal.registry.audit_keys import (
    AuditKeyError,
    key_id,
    make_key,
    read_public_key,
    signing_key,
    verifying_keys,
)
from tests.tampering import FOUND_BY_HEAD, disarm, tampered_copy, without_signatures

KEY = Ed25519PrivateKey.generate()
KEYS = {key_id(KEY.public_key()): KEY.public_key()}


def write(registry, entries=12):
    with registry.begin() as session:
        for number in range(entries):
            record_act(session, "tester", "act", f"subject {number}", {"n": number})


@pytest.fixture
def head(registry):
    """A head over the whole log, as it is kept elsewhere; a few entries came after it."""
    write(registry)
    with registry.begin() as session:
        kept = read_head(sign_head(session, KEY, "cron").text())
    write(registry, 3)
    return kept


def test_a_signed_log_holds_and_goes_on(registry, head):
    with registry() as session:
        assert verify_log(session, KEYS, [head]) is None
    write(registry)
    with registry() as session:
        assert verify_log(session, KEYS, [head]) is None
    assert head.length == 12


def test_rewriting_the_whole_log_is_found_a_hundred_times_out_of_a_hundred(registry, head):
    with registry() as session:
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        store = session.get_bind().url.database
    missed, tampered = [], 0
    for seed in count():
        act = FOUND_BY_HEAD[seed % len(FOUND_BY_HEAD)]
        # Every other time what the store itself knows of signatures is wiped out as well.
        act = without_signatures(act) if seed % 2 else act
        with tampered_copy(store, act, seed) as (done, session):
            signed_part = session.execute(
                text("SELECT actor, subject FROM audit_entry WHERE id <= 12 ORDER BY id")
            ).all()
            untouched = signed_part == [("tester", f"subject {number}") for number in range(12)]
            if not untouched:
                # What came after the signature is for the next one to cover.
                tampered += 1
                missed += [done] if verify_log(session, KEYS, [head]) is None else []
        if tampered == 100:
            break
    assert missed == []


def test_what_was_kept_beside_the_log_finds_a_rewriting_too(registry, head):
    with registry.begin() as session:
        disarm(session)
        session.execute(delete(AuditSignature))
    with registry() as session:
        assert verify_log(session, KEYS) == Fault(0, Flaw.UNSIGNED)


def test_a_head_signed_by_another_key_or_altered_is_forged(registry, head):
    other = Ed25519PrivateKey.generate()
    facts = json.loads(head.text())
    with registry() as session:
        for forged in (
            facts | {"length": 11},
            facts | {"digest": "0" * 64},
            facts | {"signed_at": "2018-01-01T00:00:00+00:00"},
            facts | {"signature": "00" * 64},
            facts | {"signature": "no hexadecimal"},
            facts | {"key": "0" * 16},
        ):
            fault = verify_log(session, KEYS, [read_head(json.dumps(forged))])
            assert fault is not None and fault.flaw is Flaw.FORGED
        assert verify_log(session, {key_id(other.public_key()): other.public_key()}) == Fault(
            12, Flaw.FORGED
        )


def test_a_broken_log_is_not_signed(registry, head):
    with registry.begin() as session:
        disarm(session)
        session.execute(text("UPDATE audit_entry SET actor = 'x' WHERE id = 5"))
    with pytest.raises(BrokenLog) as broken, registry.begin() as session:
        sign_head(session, KEY, "cron")
    assert broken.value.fault == Fault(5, Flaw.ALTERED)


def test_kept_signatures_cannot_be_changed(registry, head):
    for statement in ("UPDATE audit_signature SET length = 1", "DELETE FROM audit_signature"):
        with pytest.raises(IntegrityError, match="append-only"), registry.begin() as session:
            session.execute(text(statement))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"length": 1}',
        '{"length": "1", "digest": "", "signed_at": "", "key": "", "signature": ""}',
        '{"length": true, "digest": "", "signed_at": "", "key": "", "signature": ""}',
        '{"length": 1, "digest": "", "signed_at": "", "key": "", "signature": "", "format": "x"}',
        '{"length": 1, "digest": "", "signed_at": "", "key": "", "signature": "", "more": 1}',
    ],
)
def test_what_is_no_head_is_refused(content):
    with pytest.raises(HeadUnreadable):
        read_head(content)


def test_the_newest_key_signs_and_every_older_one_verifies(tmp_path):
    with pytest.raises(AuditKeyError, match="portal audit keygen"):
        signing_key(tmp_path)
    first = make_key(tmp_path, datetime(2018, 4, 1, tzinfo=UTC))
    second = make_key(tmp_path, datetime(2018, 5, 1, tzinfo=UTC))
    newest = signing_key(tmp_path)
    assert key_id(newest.public_key()) == key_id(read_public_key(second))
    assert set(verifying_keys(tmp_path)) == {
        key_id(read_public_key(first)),
        key_id(read_public_key(second)),
    }
    private = second.with_suffix(".pem")
    assert private.stat().st_mode & 0o777 == 0o600
    with pytest.raises(AuditKeyError, match="不是日志签名的公钥"):
        read_public_key(private)
    private.write_bytes(b"junk")
    with pytest.raises(AuditKeyError, match="不是日志签名的私钥"):
        signing_key(tmp_path)
