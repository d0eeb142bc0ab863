"""The blind index: written with the entry, gone with it, moved to a new key without a gap."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.disclosure.lookups import LookupKeyError, PublicDebtorLookup, find_by_number
from portal.disclosure.models import PublicDebtor
from portal.publication.gate import Gate
from portal.publication.lookups import count_lookups, rekey
from portal.publication.withdrawal import suspend_case
from portal.registry.audit import AuditEntry

NUMBER = "210803198001013320"


@pytest.fixture
def publish(gate: Gate, bring_in: Callable[..., None], case: Callable[..., dict]):
    """Publish the case of the listed debtor, once more with every call."""

    def run(id_number: str | None = NUMBER, **fields):
        record = case(**fields)
        record["parties"][1]["id_number"] = id_number
        bring_in(record)
        gate.publish_all("test")
        return record

    return run


def found(gate: Gate, number: str = NUMBER) -> list[str]:
    with gate.stores.disclosure() as session:
        return [row.name for row in find_by_number(session, gate.lookup_keys.read(), number)]


def test_a_listed_person_is_found_by_the_whole_number_alone(gate, publish) -> None:
    publish()
    assert found(gate) == ["秦椒榕"]
    assert found(gate, "210803198001013342") == []


def test_the_old_form_of_a_number_finds_the_new_one(gate, publish) -> None:
    publish("210803800101332")
    assert found(gate) == ["秦椒榕"]


@pytest.mark.parametrize("number", [None, "210803198001013327", "E12345678", "2108"])
def test_a_number_that_is_no_whole_valid_one_is_not_indexed(gate, publish, number) -> None:
    publish(number)
    with gate.stores.disclosure() as session:
        assert count_lookups(session) == (1, 0)


def test_what_is_published_again_is_indexed_once(gate, publish) -> None:
    publish()
    publish(cause="借款合同纠纷")
    with gate.stores.disclosure() as session:
        assert count_lookups(session) == (1, 1)
        assert len(session.scalars(select(PublicDebtorLookup)).all()) == 1


def test_the_index_goes_with_the_entry(gate, publish) -> None:
    record = publish()
    suspend_case(gate, record["case_number"], "撤回", "test")
    with gate.stores.disclosure() as session:
        assert session.scalars(select(PublicDebtorLookup)).all() == []


def test_a_new_key_finds_what_the_old_one_found_and_the_old_one_finds_nothing(
    gate, publish
) -> None:
    publish()
    (old,) = gate.lookup_keys.read()
    assert rekey(gate.stores, gate.key, gate.lookup_keys, "test") == 1
    (new,) = gate.lookup_keys.read()
    assert new.id != old.id and new.secret != old.secret
    assert found(gate) == ["秦椒榕"]
    with gate.stores.disclosure() as session:
        assert find_by_number(session, [old], NUMBER) == ()
    with gate.stores.registry() as session:
        act = session.scalars(select(AuditEntry).filter_by(act="lookup.rekey")).one()
        assert act.detail == {"entries": 1} and old.secret.hex() not in str(act.detail)


def test_an_exchange_that_was_cut_off_goes_on_and_misses_nobody_meanwhile(gate, publish) -> None:
    publish()
    added = gate.lookup_keys.append()  # where a run may die first
    assert found(gate) == ["秦椒榕"], "both keys are tried"
    publish(cause="借款合同纠纷")
    assert rekey(gate.stores, gate.key, gate.lookup_keys, "test") == 0, "indexed under it already"
    assert [key.id for key in gate.lookup_keys.read()] == [added.id]
    assert found(gate) == ["秦椒榕"]


def test_without_the_key_file_nothing_is_released(gate, publish) -> None:
    gate.lookup_keys.path.unlink()
    publish()
    with gate.stores.disclosure() as session:
        assert session.scalars(select(PublicDebtor)).all() == []
    with pytest.raises(LookupKeyError, match="portal init"):
        gate.lookup_keys.read()


@pytest.mark.parametrize("content", ["", "abc", "a b c", "id 00ff", "id zz", "\x00"])
def test_a_damaged_key_file_is_refused(gate, content: str) -> None:
    gate.lookup_keys.path.write_text(content, encoding="latin-1")
    with pytest.raises(LookupKeyError):
        gate.lookup_keys.read()


def test_keys_are_for_their_owner_alone_and_in_no_store(gate, publish, tmp_path: Path) -> None:
    publish()
    path = gate.lookup_keys.path
    assert path.stat().st_mode & 0o077 == 0
    secret = gate.lookup_keys.read()[0].secret
    for store in tmp_path.glob("*.db*"):
        held = store.read_bytes()
        assert secret not in held and secret.hex().encode() not in held


def test_the_public_store_holds_32_bytes_and_no_number(gate, publish, tmp_path: Path) -> None:
    publish()
    gate.settle()
    connection = sqlite3.connect(tmp_path / "disclosure.db")
    ((digest,),) = connection.execute("select digest from public_debtor_lookup")
    connection.close()
    assert len(digest) == 32
    assert NUMBER.encode() not in (tmp_path / "disclosure.db").read_bytes()
