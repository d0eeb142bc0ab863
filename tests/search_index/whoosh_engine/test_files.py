"""What lies on disk: nothing withdrawn, nothing half written, and clear words about damage."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search_index import (
    Change,
    Document,
    IndexCorrupt,
    IndexExists,
    IndexLocked,
    IndexMissing,
    Kind,
    Query,
    WhooshIndex,
)
from search_index.whoosh_engine import erasing, snapshots, writing
from search_index.whoosh_engine import index as index_module
from search_index.whoosh_engine.answering import answer
from search_index.whoosh_engine.posting_file import Postings, erase_from
from search_index.whoosh_engine.schema import keys_of
from search_index.writer_lock import WriterLock

Fill = Callable[..., int]
Make = Callable[..., Document]


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file())


def files_of(path: Path) -> dict[str, bytes]:
    """The files of the one segment there is, by what they hold."""
    return {file.suffix: file.read_bytes() for file in path.rglob("MAIN_*")}


def segments_of(path: Path) -> list[Path]:
    return sorted(path.rglob("*.pst"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_a_withdrawal_leaves_no_byte(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    secret = make(title="尉迟秘霜", names=("尉迟秘霜",), body="秘霜之案", case_keys=("KEY-甲",))
    fill(whoosh, secret, *(make(id=str(n), title=f"其他文字{n}") for n in range(2, 60)))
    assert "秘霜".encode() in bytes_of(path), "otherwise the test would look at compressed bytes"
    whoosh.apply([Change(99, Kind.DEBTOR, "1", None)])
    left = bytes_of(path)
    for piece in ("尉迟", "秘霜", "KEY-甲", "之案"):
        assert piece.encode() not in left
    assert "其他文字59".encode() in left


def test_a_correction_leaves_no_byte_of_the_earlier_text(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    fill(whoosh, make(title="尉迟秘霜"), make(id="2", title="其他文字"))
    fill(whoosh, make(title="尉迟某"))
    assert "秘霜".encode() not in bytes_of(path)
    assert "迟某".encode() in bytes_of(path)


def test_withdrawing_everything_leaves_an_empty_index(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    fill(whoosh, make(id="1"), make(id="2"))
    whoosh.apply([Change(8, Kind.DEBTOR, "1", None), Change(9, Kind.DEBTOR, "2", None)])
    assert segments_of(path) == []
    assert (whoosh.position, list(whoosh.terms())) == (9, [])
    fill(whoosh, make(title="后来内容"))
    assert whoosh.search(Query(text="后来内容")).total == 1


def test_withdrawing_what_was_never_there_moves_the_position(whoosh: WhooshIndex) -> None:
    assert whoosh.apply([Change(5, Kind.CASE, "none", None)]) == 5


def test_many_small_commits_stay_few_segments(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    for n in range(40):
        fill(whoosh, make(id=str(n), title=f"宏达商贸{n}"))
    assert len(segments_of(path)) <= 6
    assert whoosh.search(Query(text="宏达商贸")).total == 40


def test_a_rebuild_in_portions_writes_the_very_files_of_one_in_memory(
    whoosh: WhooshIndex, path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [
        make(
            kind=Kind.CASE if n % 3 else Kind.DEBTOR,
            id=str(n),
            title=f"宏达商贸{n % 7}",
            date=dt.date(2018, 1, 1 + n),
            case_keys=(f"2018辽08执{n}",),
        )
        for n in range(25)
    ]
    whoosh.rebuild(documents, position=25)
    in_memory = files_of(path)
    monkeypatch.setattr(writing, "BUILT_SEGMENT", 10)
    whoosh.rebuild(documents, position=25)
    assert files_of(path) == in_memory
    assert sorted(in_memory) == [".doc", ".pst", ".trm"]


def test_a_withdrawal_rewrites_no_segment(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MERGED_IN_PASSING", 0)
    for begin in range(0, 35, 10):
        fill(
            whoosh, *(make(id=str(n), title="宏达商贸") for n in range(begin, min(begin + 10, 35)))
        )
    before = segments_of(path)
    assert len(before) == 4
    whoosh.apply([Change(36, Kind.DEBTOR, "3", None)])
    assert segments_of(path) == before
    assert whoosh.search(Query(text="宏达商贸")).total == 34
    assert len(whoosh.search(Query(text="宏达商贸", page=4)).hits) == 4


def test_a_segment_of_which_all_is_withdrawn_goes(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MERGED_IN_PASSING", 0)
    fill(whoosh, *(make(id=str(n), title="宏达商贸") for n in range(10)))
    fill(whoosh, *(make(id=str(n), title="宏达商贸") for n in range(10, 20)))
    assert len(segments_of(path)) == 2
    whoosh.apply([Change(30 + n, Kind.DEBTOR, str(n), None) for n in range(10)])
    assert len(segments_of(path)) == 1


def test_tidying_merges_what_many_commits_left(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MERGED_IN_PASSING", 0)
    for n in range(9):
        fill(whoosh, make(id=str(n), title=f"宏达商贸{n}"), make(id=f"x{n}", title=f"秘霜{n}"))
    whoosh.apply([Change(99, Kind.DEBTOR, f"x{n}", None) for n in range(9)])
    assert len(segments_of(path)) == 9
    monkeypatch.setattr(writing, "TIDY_SEGMENT", 5)
    steps = 0
    while whoosh.tidy():
        steps += 1
    assert steps > 1, "a step is bounded"
    assert len(segments_of(path)) < 5
    assert not whoosh.tidy()
    assert whoosh.search(Query(text="宏达商贸")).total == 9
    assert whoosh.position == 99
    assert not whoosh.check((Kind.DEBTOR, str(n)) for n in range(9))
    assert "秘霜".encode() not in bytes_of(path)


def test_a_crash_before_the_commit_is_swept_away(
    whoosh: WhooshIndex,
    path: Path,
    make: Make,
    fill: Fill,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The process dies when the new segment is written but not yet in force."""
    fill(whoosh, make(title="原有内容"))

    def die(*_: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patched:
        patched.setattr(writing, "_commit", die)
        patched.setattr(index_module, "sweep", lambda path: None)
        with pytest.raises(SystemExit):
            whoosh.apply([Change(9, Kind.DEBTOR, "2", make(id="2", title="秘霜新案"))])
    assert "秘霜".encode() in bytes_of(path), "the half-written segment lies there"

    survivor = WhooshIndex.open(path)
    assert survivor.position == 1
    assert survivor.search(Query(text="秘霜新案")).total == 0
    assert survivor.search(Query(text="原有内容")).total == 1
    survivor.apply([])
    assert "秘霜".encode() not in bytes_of(path)


@pytest.mark.parametrize("after", [0, 1, 7, 30])
def test_a_crash_after_the_commit_leaves_no_old_text_for_long(
    whoosh: WhooshIndex,
    path: Path,
    make: Make,
    fill: Fill,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    """The process dies when the commit is in force and so many terms have been erased."""
    body = "法院依法裁定拍卖被执行人名下房产一处，并发布公告。"
    secret = make(title="尉迟秘霜", names=("尉迟秘霜",), body=body)
    fill(whoosh, secret, *(make(id=str(n), title=f"其他{n}") for n in range(2, 40)))
    left = after

    def die(postings: Postings, number: int) -> bool | None:
        nonlocal left
        if not left:
            raise SystemExit("killed")
        left -= 1
        return erase_from(postings, number)

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "erase_from", die)
        with pytest.raises(SystemExit):
            whoosh.apply([Change(99, Kind.DEBTOR, "1", None)])
    assert "秘霜".encode() in bytes_of(path)
    assert whoosh.search(Query(text="尉迟秘霜")).total == 0
    assert whoosh.position == 99
    assert whoosh.apply([]) == 99
    kept = bytes_of(path)
    for piece in ("尉迟", "秘霜", "裁定", "公告", "weichi"):
        assert piece.encode() not in kept
    assert whoosh.search(Query(text="其他")).total == 38


def test_what_was_indexed_by_other_rules_is_erased_all_the_same(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer library of pinyin or of traditional characters makes other terms of a document."""
    fill(whoosh, make(title="尉迟秘霜"), *(make(id=str(n), title=f"其他{n}") for n in range(2, 40)))

    def by_other_rules(document: Document) -> Iterator[tuple[bytes, int]]:
        return ((key, weight) for key, weight in keys_of(document) if "秘".encode() not in key)

    monkeypatch.setattr(erasing, "keys_of", by_other_rules)
    whoosh.apply([Change(99, Kind.DEBTOR, "1", None)])
    assert "秘".encode() not in bytes_of(path)
    assert whoosh.search(Query(text="其他")).total == 38


def test_an_open_reader_that_looks_at_an_old_commit_shows_nothing_withdrawn(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    """A search that began before the withdrawal ends after it."""
    fill(whoosh, make(title="尉迟秘霜", names=("秘霜",)), make(id="2", title="秘霜之友"))
    old = snapshots.open_snapshot(path)
    assert answer(old, Query(text="秘霜")).total == 2
    whoosh.apply([Change(9, Kind.DEBTOR, "1", None)])
    page = answer(old, Query(text="秘霜"))
    assert [hit.id for hit in page.hits] == ["2"]


def test_a_reader_that_is_open_does_not_show_what_was_withdrawn(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    fill(whoosh, make(title="尉迟秘霜"))
    reader = WhooshIndex.open(path)
    assert reader.search(Query(text="秘霜")).total == 1
    whoosh.apply([Change(2, Kind.DEBTOR, "1", None)])
    assert reader.search(Query(text="秘霜")).total == 0
    assert reader.position == 2


def test_readers_go_on_while_the_index_is_rebuilt(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    fill(whoosh, make(title="原有内容"))
    reader = WhooshIndex.open(path)
    seen = []

    def watched() -> object:
        for n in range(5):
            seen.append(reader.search(Query(text="原有内容")).total)
            yield make(id=str(n), title="新的内容")

    whoosh.rebuild(watched(), position=50)  # type: ignore[arg-type]
    assert seen == [1] * 5
    assert reader.search(Query(text="原有内容")).total == 0
    assert reader.search(Query(text="新的内容")).total == 5
    assert reader.position == 50
    assert "原有".encode() not in bytes_of(path)


def test_terms_and_texts_being_read_survive_a_commit(
    whoosh: WhooshIndex, make: Make, fill: Fill
) -> None:
    fill(whoosh, *(make(id=str(n), title=f"文字{n}") for n in range(20)))
    texts = whoosh.stored()
    next(texts)
    whoosh.apply([Change(99, Kind.DEBTOR, str(n), None) for n in range(10)])
    assert len(list(texts)) == 10, "what was withdrawn meanwhile is no longer there to be read"
    whoosh.apply([Change(99, Kind.DEBTOR, str(n), None) for n in range(20)])
    assert list(whoosh.stored()) == []


def test_nothing_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="没有找到检索索引"):
        WhooshIndex.open(tmp_path / "none")
    (tmp_path / "CURRENT").write_text("0007")
    with pytest.raises(IndexMissing, match="目录不存在"):
        WhooshIndex.open(tmp_path)
    assert WhooshIndex.create(tmp_path).position == 0
    (tmp_path / "CURRENT").write_text("../elsewhere")
    with pytest.raises(IndexCorrupt, match="CURRENT"):
        WhooshIndex.open(tmp_path)


def test_an_index_is_not_overwritten_by_chance(whoosh: WhooshIndex, path: Path) -> None:
    with pytest.raises(IndexExists, match="已经存在"):
        WhooshIndex.create(path)
    assert whoosh.position == 0


@pytest.mark.parametrize("pattern", ["*.trm", "*.pst", "*.doc", "_MAIN_*.toc"])
@pytest.mark.parametrize("damage", ["cut", "zero", "gone"])
def test_damage_is_said_plainly_and_repaired_by_a_rebuild(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill, pattern: str, damage: str
) -> None:
    fill(whoosh, make(title="原有内容"))
    (file,) = path.rglob(pattern)
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:10] if damage == "cut" else bytes(500))
    with pytest.raises(IndexCorrupt, match="请重建索引"):
        WhooshIndex.open(path)
    with pytest.raises(IndexCorrupt):
        WhooshIndex(path).apply([])
    WhooshIndex.replace(path, [make(title="新的内容")], position=3)
    repaired = WhooshIndex.open(path)
    assert (repaired.position, repaired.search(Query(text="新的内容")).total) == (3, 1)


@pytest.mark.parametrize("extension", ["trm", "pst", "doc"])
def test_damage_inside_a_segment_is_said_plainly_when_it_is_met(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill, extension: str
) -> None:
    fill(whoosh, *(make(id=str(n), title="宏达商贸", body="文字" * 50) for n in range(200)))
    whoosh.close()
    (file,) = path.rglob(f"*.{extension}")
    intact = file.read_bytes()
    told = 0
    for start in range(0, len(intact) - 64, len(intact) // 20):
        file.write_bytes(intact[:start] + b"\xff" * 64 + intact[start + 64 :])
        index = WhooshIndex(path)
        try:
            index.search(Query(text="宏达商贸", page_size=100))
        except IndexCorrupt as error:
            assert "请重建索引" in str(error)
            told += 1
        index.close()
    assert told > 0, "otherwise nothing was damaged that a search reads"


def test_an_index_of_another_layout_is_not_read(
    whoosh: WhooshIndex, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "LAYOUT", 999)
    with pytest.raises(IndexCorrupt, match="其他版本"):
        WhooshIndex.open(path)


def test_an_index_written_with_what_is_no_longer_here_is_not_read(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(whoosh, make())
    monkeypatch.delattr("search_index.whoosh_engine.segments.Segment")
    with pytest.raises(IndexCorrupt, match="其他版本写成，请重建索引"):
        WhooshIndex.open(path)


def test_writing_is_refused_while_another_writes(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    fill(whoosh, make(title="原有内容"))
    with WriterLock(path):
        for write in (
            lambda: whoosh.apply([Change(9, Kind.DEBTOR, "1", None)]),
            lambda: whoosh.rebuild([], position=9),
        ):
            with pytest.raises(IndexLocked):
                write()
        assert whoosh.search(Query(text="原有内容")).total == 1
    assert whoosh.position == 1


def test_readers_of_old_commits_are_let_go(
    whoosh: WhooshIndex, path: Path, make: Make, fill: Fill
) -> None:
    reader = WhooshIndex.open(path)
    for n in range(30):
        fill(whoosh, make(id=str(n), title="宏达商贸"))
        reader.search(Query(text="宏达商贸"))
    reader.close()
    whoosh.close()
    mapped = Path("/proc/self/maps").read_text()
    assert str(path) not in mapped
