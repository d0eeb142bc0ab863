"""The demo world as a whole: the same twice, large enough, and welcome to the intake."""

from __future__ import annotations

import gzip
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.reference.courts import COURTS
from portal.reference.platforms import verified_auction_url
from portal.reference.vocabulary import AuctionStatus, MeasureKind
from portal.registry.exchange import CaseRecord
from seed.world import build_cases, write_export

Case = dict[str, Any]


@pytest.fixture(scope="module")
def public_cases(demo_cases: list[Case]) -> list[Case]:
    return [case for case in demo_cases if case["disclosure"]["level"] == "公开"]


def measures(cases: list[Case], kind: str) -> Iterator[Case]:
    return (item for case in cases for item in case["measures"] if item["kind"] == kind)


def test_the_same_count_and_seed_give_the_same_cases() -> None:
    assert list(build_cases(30, 7)) == list(build_cases(30, 7))


def test_another_seed_gives_another_world() -> None:
    names = [
        {party["name"] for case in build_cases(30, seed) for party in case["parties"]}
        for seed in (7, 8)
    ]
    assert len(names[0] & names[1]) < len(names[0]) / 10


def test_every_record_is_what_json_gives_back(demo_cases: list[Case]) -> None:
    assert json.loads(json.dumps(demo_cases, ensure_ascii=False)) == demo_cases


def test_the_intake_accepts_every_record(demo_cases: list[Case]) -> None:
    numbers = [CaseRecord.model_validate(case).case_number for case in demo_cases]
    assert len(set(numbers)) == len(demo_cases) == 640


def test_the_lists_of_the_site_are_well_filled(
    demo_cases: list[Case], public_cases: list[Case]
) -> None:
    listed = list(measures(public_cases, "失信"))
    assert sum("ended_on" not in item for item in listed) >= 300
    assert sum("ended_on" in item for item in listed) >= 30
    assert sum(1 for _ in measures(public_cases, "限制消费")) >= 250
    assert {item["kind"] for case in demo_cases for item in case["measures"]} == set(MeasureKind)
    auctions = [auction for case in public_cases for auction in case["auctions"]]
    assert len(auctions) >= 80
    assert {auction["status"] for auction in auctions} == set(AuctionStatus)
    refused = sum(verified_auction_url(auction["url"]) is None for auction in auctions)
    assert 0 < refused < len(auctions) / 5
    unnoted = sum(auction["announced_on"] is None for auction in auctions)
    assert 0 < unnoted < len(auctions) / 10


def test_companies_and_adults_are_listed(public_cases: list[Case]) -> None:
    kinds = Counter(
        party["kind"]
        for case in public_cases
        for item in case["measures"]
        for party in case["parties"]
        if item["kind"] == "失信" and party["name"] == item["party"]
    )
    assert kinds["自然人"] > kinds["法人"] > 50


def test_cases_end_in_every_way_and_all_courts_take_part(demo_cases: list[Case]) -> None:
    methods = Counter(case["closing"]["method"] for case in demo_cases if case["closing"])
    assert methods["终结本次执行程序"] >= 100
    assert {"执行完毕", "终结执行", "销案", "驳回申请", "不予执行"} <= set(methods)
    assert sum(case["closing"] is None for case in demo_cases) >= 50
    assert {case["court"] for case in demo_cases} == {court.code for court in COURTS}
    assert {case["filed_on"][:4] for case in demo_cases} == {"2016", "2017", "2018"}


def test_about_one_case_in_twelve_is_closed_to_the_public_with_a_reason(
    demo_cases: list[Case],
) -> None:
    closed = [case for case in demo_cases if case["disclosure"]["level"] == "不公开"]
    assert 0.04 < len(closed) / len(demo_cases) < 0.13
    assert all(case["disclosure"]["reason"] for case in closed)


def test_people_are_as_various_as_the_masking_rules(demo_cases: list[Case]) -> None:
    parties = [party for case in demo_cases for party in case["parties"]]
    assert any("·" in party["name"] for party in parties)
    assert any(party["name"].startswith(("欧阳", "司马", "诸葛")) for party in parties)
    for field in ("minor", "former_names", "employer", "agent", "health", "legal_representative"):
        assert sum(field in party for party in parties) >= 15, field


def test_free_texts_are_hardly_ever_the_same_twice(demo_cases: list[Case]) -> None:
    texts = [event["text"] for case in demo_cases for event in case["events"]]
    assert len(set(texts)) > len(texts) * 0.7


def test_cases_of_a_very_large_world_come_one_by_one() -> None:
    cases = build_cases(50_000, 3)
    assert isinstance(cases, Iterator)
    assert [case["filed_on"] for case in itertools.islice(cases, 3)] == ["2016-01-04"] * 3


@pytest.mark.parametrize("count", [0, -1])
def test_a_world_without_cases_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        next(build_cases(count, 1))


@pytest.mark.parametrize("name", ["export.jsonl", "export.jsonl.gz"])
def test_the_export_holds_the_cases_line_by_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    steps: list[int] = []
    write_export(path, build_cases(25, 4), progress=steps.append)
    raw = path.read_bytes()
    lines = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode().splitlines()
    assert [json.loads(line) for line in lines] == list(build_cases(25, 4))
    assert steps == list(range(1, 26))


def test_an_interrupted_export_leaves_no_file_behind(tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_export(tmp_path / "export.jsonl", build_cases(5, 1), progress=stop)
    assert list(tmp_path.iterdir()) == []
