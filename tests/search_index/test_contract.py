"""What every engine must do, whatever it is made of."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index import (
    MOST_COUNTED,
    Change,
    Document,
    Kind,
    Page,
    Query,
    QueryTooShort,
    SearchIndex,
)

Fill = Callable[..., int]
Make = Callable[..., Document]


def ids(page: Page) -> list[str]:
    return [hit.id for hit in page.hits]


@pytest.fixture
def filled(engine: SearchIndex, court_world: list[Document], fill: Fill) -> SearchIndex:
    fill(engine, *court_world)
    return engine


def test_an_empty_index_answers(engine: SearchIndex) -> None:
    page = engine.search(Query(text="张三"))
    assert (page.hits, page.total, page.near, dict(page.counts_by_kind)) == ((), 0, False, {})
    assert engine.position == 0
    assert not engine.check([])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("欧阳云舟", ["d1"]),
        ("欧阳", ["d1", "c1"]),
        ("阳云", ["d1"]),
        ("歐陽雲舟", ["d1"]),
        ("云 舟", ["d1"]),
        ("欧阳*", ["d1", "c1"]),
        ("欧?阳", ["d1", "c1"]),
        ("宏达", ["d2"]),
        ("ＳＴ宏达", ["d2"]),
        ("st宏达a1", ["d2"]),
        ("T宏", ["d2"]),
        ("1商贸", ["d2"]),
        ("91210803", ["d2"]),
        ("0uxyz", ["d2"]),
        ("农民工 执行", ["s1"]),
        ("民间借贷 张某", ["c1"]),
        ("借贷\u200b纠纷", ["c1"]),
        ("欧阳云舰", []),
        ("宏达 欧阳", []),
        ("O'Brien\" OR kind:case", []),
    ],
)
def test_text_finds_all_its_pairs_and_nothing_else(
    filled: SearchIndex, text: str, expected: list[str]
) -> None:
    page = filled.search(Query(text=text))
    assert ids(page) == expected
    assert page.total == len(expected)
    assert not page.near
    assert not page.exact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ouyangyunzhou", ["d1"]),
        ("OUYANG Yunzhou", ["d1"]),
        ("ou yang yun zhou", ["d1"]),
        ("yunzhou", ["d1"]),
        ("ouyang", ["d1"]),
        ("ouyangyun", ["d1"]),
        ("oyyz", ["d1"]),
        ("oyy", ["d1"]),
        ("ouyang民间", []),
        ("yingkou", []),
        ("zhangmou", []),
    ],
)
def test_a_listed_person_is_found_in_pinyin_and_nobody_else(
    filled: SearchIndex, text: str, expected: list[str]
) -> None:
    assert ids(filled.search(Query(text=text))) == expected


def test_a_run_is_found_by_its_beginning(engine: SearchIndex, make: Make, fill: Fill) -> None:
    fill(engine, *(make(Kind.STORY, str(n), title=f"CODE{n:03}") for n in range(200)))
    assert engine.search(Query(text="code")).total == 200
    assert engine.search(Query(text="code01")).total == 10
    assert ids(engine.search(Query(text="code019"))) == ["19"]
    assert engine.search(Query(text="co")).total == 0, "two letters are no beginning yet"
    assert engine.search(Query(text="ode01")).total == 0
    assert engine.search(Query(text="code 号")).total == 200
    assert engine.search(Query(text="code号")).total == 0, "the run ends where 号 begins"


def test_counting_stops_where_nobody_would_read_on(
    engine: SearchIndex, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.rebuild(
        [
            *(make(Kind.DEBTOR, str(n), title=f"宏达商贸{n}") for n in range(MOST_COUNTED + 40)),
            make(Kind.AUCTION, "whole", title="宏达"),
            make(Kind.CASE, "one", title="宏图大展"),
        ],
        position=1,
    )
    page = engine.search(Query(text="宏达"))
    assert (page.total, page.capped, page.pages) == (MOST_COUNTED, True, 100)
    assert ids(page)[0] == "whole", "the one so named is first however many mention it"
    assert page.counts_by_kind[Kind.DEBTOR] == MOST_COUNTED
    assert page.counts_by_kind[Kind.AUCTION] == 1
    assert len(engine.search(Query(text="宏达", page=100)).hits) == 10
    assert engine.search(Query(text="宏达", page=101)).hits == ()
    assert not engine.search(Query(text="宏达", kind=Kind.AUCTION)).capped
    assert not engine.search(Query(text="宏图大展")).capped


@pytest.mark.parametrize(
    "text", ["", " ", "张", "*", "**", "？", "_ %", "张*", "\u200b", "1", "“”"]
)
def test_a_query_without_two_characters_is_not_looked_up(filled: SearchIndex, text: str) -> None:
    with pytest.raises(QueryTooShort, match="至少两个字符"):
        filled.search(Query(text=text))
    with pytest.raises(QueryTooShort):
        filled.search(Query(text=text, kind=Kind.CASE, court="辽0803"))


def test_a_case_number_finds_the_case_then_what_carries_it(filled: SearchIndex) -> None:
    page = filled.search(Query(text="（2018）辽0803执123号", case_key="2018辽0803执123"))
    assert ids(page) == ["c1", "d1", "a1"]
    assert page.exact
    assert not page.near
    assert page.counts_by_kind == {Kind.CASE: 1, Kind.DEBTOR: 1, Kind.AUCTION: 1}


def test_an_unknown_case_number_finds_what_is_near_and_says_so(filled: SearchIndex) -> None:
    page = filled.search(
        Query(
            text="（2018）辽0803执恢123号",
            case_key="2018辽0803执恢123",
            near_keys=("2018·执·123", "辽0803·执·123"),
        )
    )
    assert ids(page) == ["c1", "c2"], "the twin shares more than the other year"
    assert page.near
    assert not page.exact


def test_a_case_number_without_anything_near_finds_nothing(filled: SearchIndex) -> None:
    page = filled.search(Query(case_key="2001京01执9", near_keys=("2001·执·9", "京01·执·9")))
    assert (page.total, page.exact, page.near) == (0, False, False)


def test_a_long_question_is_answered_by_what_holds_most_of_it(filled: SearchIndex) -> None:
    page = filled.search(Query(text="怎么申请恢复执行"))
    assert ids(page) == ["g1"]
    assert page.near
    assert filled.search(Query(text="赵钱孙李周吴郑王")).total == 0


def test_a_short_name_is_never_answered_loosely(filled: SearchIndex) -> None:
    assert filled.search(Query(text="欧阳某舟")).total == 0


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": Kind.CASE}, ["c1"]),
        ({"kind": Kind.AUCTION}, []),
        ({"court": "辽0803"}, ["d1", "c1"]),
        ({"court": "辽0803", "status": "执行中"}, ["c1"]),
        ({"court": "辽"}, []),
        ({"date_from": date(2018, 3, 5)}, ["d1"]),
        ({"date_to": date(2018, 3, 4)}, ["c1"]),
        ({"date_from": date(2018, 1, 9), "date_to": date(2018, 3, 5)}, ["d1", "c1"]),
        ({"date_from": date(2019, 1, 1)}, []),
    ],
)
def test_filters_narrow_a_search(
    filled: SearchIndex, filters: dict[str, object], expected: list[str]
) -> None:
    page = filled.search(Query(text="欧阳", **filters))  # type: ignore[arg-type]
    assert ids(page) == expected
    assert page.total == len(expected)


def test_filters_narrow_case_numbers_and_near_ones_too(filled: SearchIndex) -> None:
    exact = filled.search(Query(case_key="2018辽0803执123", kind=Kind.DEBTOR))
    assert ids(exact) == ["d1"]
    near = filled.search(
        Query(case_key="2016辽0803执123", near_keys=("辽0803·执·123",), status="已结案")
    )
    assert ids(near) == ["c2"]


def test_counts_by_kind_ignore_the_filter_by_kind_and_no_other(filled: SearchIndex) -> None:
    page = filled.search(Query(text="欧阳", kind=Kind.CASE))
    assert page.total == 1
    assert page.counts_by_kind == {Kind.CASE: 1, Kind.DEBTOR: 1}
    page = filled.search(Query(text="欧阳", status="执行中"))
    assert page.counts_by_kind == {Kind.CASE: 1}


def test_undated_items_lie_in_no_range(filled: SearchIndex) -> None:
    assert filled.search(Query(text="农民工", date_to=date(2099, 1, 1))).total == 0


def test_a_whole_name_comes_before_longer_ones_and_mentions(
    engine: SearchIndex, make: Make, fill: Fill
) -> None:
    fill(
        engine,
        make(Kind.STORY, "body", title="通报", body="被执行人云舟到庭。"),
        make(Kind.STORY, "title", title="云舟案纪实"),
        make(Kind.DEBTOR, "longer", names=("欧阳云舟",)),
        make(Kind.DEBTOR, "whole", names=("云舟",)),
    )
    assert ids(engine.search(Query(text="云舟"))) == ["whole", "longer", "title", "body"]


def test_words_as_typed_come_before_scattered_pairs(
    engine: SearchIndex, make: Make, fill: Fill
) -> None:
    fill(
        engine,
        make(Kind.STORY, "scattered", title="财产查控与产查之外的控制，财产查"),
        make(Kind.STORY, "literal", title="一次成功的财产查控行动纪实与思考"),
    )
    assert ids(engine.search(Query(text="财产查控"))) == ["literal", "scattered"]
    assert ids(engine.search(Query(text="功的财产查控"))) == ["literal"]


def test_pages_add_up_to_the_whole(engine: SearchIndex, make: Make, fill: Fill) -> None:
    fill(engine, *(make(Kind.DEBTOR, str(n), title=f"宏达商贸{n}") for n in range(137)))
    whole = [
        hit_id
        for page in range(1, 15)
        for hit_id in ids(engine.search(Query(text="宏达商贸", page=page)))
    ]
    assert sorted(whole, key=int) == [str(n) for n in range(137)]
    last = engine.search(Query(text="宏达商贸", page=14))
    assert (last.total, last.pages, len(last.hits)) == (137, 14, 7)
    beyond = engine.search(Query(text="宏达商贸", page=900))
    assert (beyond.total, beyond.hits) == (137, ())


def test_a_page_that_cannot_be_is_refused() -> None:
    for page, size in ((0, 10), (-1, 10), (1, 0), (1, 10_000)):
        with pytest.raises(ValueError, match="cannot be shown"):
            Query(text="张三", page=page, page_size=size)


def test_hits_carry_what_a_page_shows(filled: SearchIndex) -> None:
    (hit,) = filled.search(Query(text="民间借贷")).hits
    assert (hit.kind, hit.id, hit.url) == (Kind.CASE, "c1", "/case/c1")
    assert (hit.court, hit.status, hit.date) == ("辽0803", "执行中", date(2018, 1, 9))
    assert ("民间借贷", True) in hit.snippet
    assert "".join(text for text, _ in hit.title_segments) == hit.title


def test_markup_in_a_document_stays_plain_text(engine: SearchIndex, make: Make, fill: Fill) -> None:
    body = "<script>alert('恶意脚本')</script> & <b>恶意</b>"
    fill(engine, make(Kind.STORY, body=body))
    (hit,) = engine.search(Query(text="恶意脚本")).hits
    assert "".join(text for text, _ in hit.snippet) == body


def test_a_change_replaces_the_document(engine: SearchIndex, make: Make, fill: Fill) -> None:
    fill(engine, make(title="旧的标题"), make(Kind.STORY, title="同号的文章"))
    fill(engine, make(title="新的标题"))
    assert engine.search(Query(text="旧的标题")).total == 0
    assert ids(engine.search(Query(text="新的标题"))) == ["1"]
    assert engine.search(Query(text="同号的文章")).total == 1


def test_the_latest_change_of_a_batch_wins_whatever_its_order(
    engine: SearchIndex, make: Make
) -> None:
    first, second = make(title="第一版文字"), make(title="第二版文字")
    position = engine.apply(
        [
            Change(9, Kind.DEBTOR, "2", None),
            Change(7, Kind.DEBTOR, "1", second),
            Change(3, Kind.DEBTOR, "1", first),
            Change(8, Kind.DEBTOR, "2", make(id="2", title="已经撤回")),
        ]
    )
    assert position == engine.position == 9
    assert engine.search(Query(text="第二版")).total == 1
    assert engine.search(Query(text="第一版")).total == 0
    assert engine.search(Query(text="已经撤回")).total == 0


def test_applying_twice_does_no_harm(engine: SearchIndex, make: Make) -> None:
    changes = [Change(4, Kind.DEBTOR, "1", make(title="欧阳云舟")), Change(5, Kind.CASE, "x", None)]
    for _ in range(2):
        assert engine.apply(changes) == 5
    assert engine.search(Query(text="欧阳云舟")).total == 1
    assert engine.apply([]) == engine.position == 5


def test_a_change_must_carry_the_document_it_names(make: Make) -> None:
    with pytest.raises(ValueError, match="names"):
        Change(1, Kind.CASE, "1", make(Kind.DEBTOR, "1"))


def test_a_withdrawn_document_is_in_no_term_and_no_stored_text(
    engine: SearchIndex, make: Make, fill: Fill
) -> None:
    secret = make(title="尉迟秘霜", names=("尉迟秘霜",), body="住址为望江路", case_keys=("键值甲",))
    fill(engine, secret, *(make(id=str(n), title=f"其他文字{n}") for n in range(2, 30)))
    assert any("秘霜" in term for term in engine.terms())
    assert any("望江" in text for text in engine.stored())
    engine.apply([Change(100, Kind.DEBTOR, "1", None)])
    for piece in ("尉迟", "迟秘", "秘霜", "望江", "键值甲"):
        assert not any(piece in term for term in engine.terms())
        assert not any(piece in text for text in engine.stored())
    assert engine.search(Query(text="其他文字")).total == 28


def test_an_error_while_applying_changes_nothing(
    engine: SearchIndex, make: Make, fill: Fill
) -> None:
    fill(engine, make(title="原有内容"))
    broken = make(id="2", title="坏的内容", body="\ud800")
    with pytest.raises(UnicodeEncodeError):
        engine.apply(
            [
                Change(50, Kind.DEBTOR, "1", None),
                Change(51, Kind.DEBTOR, "3", make(id="3", title="好的内容")),
                Change(52, Kind.DEBTOR, "2", broken),
            ]
        )
    assert engine.position == 1
    assert engine.search(Query(text="原有内容")).total == 1
    assert engine.search(Query(text="好的内容")).total == 0
    assert fill(engine, make(id="4", title="后来内容")) == 2


def test_rebuild_replaces_everything(
    engine: SearchIndex, court_world: list[Document], make: Make, fill: Fill
) -> None:
    fill(engine, make(id="old", title="从前的内容"))
    seen: list[int] = []
    engine.rebuild(iter(court_world), position=77, progress=seen.append)
    assert seen == list(range(1, len(court_world) + 1))
    assert engine.position == 77
    assert engine.search(Query(text="从前的内容")).total == 0
    assert not any("从前" in term for term in engine.terms())
    assert engine.search(Query(text="欧阳云舟")).total == 1
    engine.rebuild([], position=80)
    assert (engine.position, list(engine.stored())) == (80, [])


def test_a_failed_rebuild_leaves_the_old_content(
    engine: SearchIndex, make: Make, fill: Fill
) -> None:
    fill(engine, make(title="原有内容"))

    def failing() -> object:
        yield make(id="2", title="新的内容")
        raise OSError("database gone")

    with pytest.raises(OSError, match="database gone"):
        engine.rebuild(failing(), position=9)  # type: ignore[arg-type]
    assert engine.position == 1
    assert engine.search(Query(text="原有内容")).total == 1
    assert engine.search(Query(text="新的内容")).total == 0
    assert fill(engine, make(id="3", title="后来内容")) == 2


def test_check_tells_what_is_missing_and_what_is_stale(filled: SearchIndex) -> None:
    public = [
        (Kind.STORY, "s1"),
        (Kind.AUCTION, "a1"),
        (Kind.DEBTOR, "d1"),
        (Kind.DEBTOR, "d2"),
        (Kind.CASE, "c1"),
        (Kind.CASE, "c2"),
        (Kind.GUIDE, "g1"),
    ]
    assert not filled.check(iter(public))
    difference = filled.check([*public[:-1], (Kind.CASE, "c9"), (Kind.GUIDE, "a:b")])
    assert difference
    assert difference.missing == ((Kind.CASE, "c9"), (Kind.GUIDE, "a:b"))
    assert difference.stale == ((Kind.GUIDE, "g1"),)


def test_every_kind_is_found_told_apart_and_compared(
    engine: SearchIndex, make: Make, fill: Fill
) -> None:
    fill(engine, *(make(kind, "one", title="演示法院执行公告") for kind in Kind))
    page = engine.search(Query(text="演示法院执行公告", page_size=len(Kind)))
    assert [hit.kind for hit in page.hits] == list(Kind)
    assert page.counts_by_kind == dict.fromkeys(Kind, 1)
    for kind in Kind:
        (hit,) = engine.search(Query(text="演示法院执行公告", kind=kind)).hits
        assert hit.kind is kind
    assert not engine.check((kind, "one") for kind in Kind)
    engine.apply([Change(99, kind, "one", None) for kind in Kind])
    assert engine.search(Query(text="演示法院执行公告")).total == 0


def test_refresh_tells_of_a_newer_commit(engine: SearchIndex, make: Make, fill: Fill) -> None:
    fill(engine, make())
    engine.refresh()
    assert not engine.refresh()
    fill(engine, make(id="2"))
    assert engine.refresh()


def test_long_text_is_cut_and_stays_cheap(filled: SearchIndex) -> None:
    assert filled.search(Query(text="欧阳云舟 " + "的" * 100_000)).total in (0, 1)
    assert filled.search(Query(text="欧阳云舟" + " " * 97 + "不看的部分")).total == 1


name_chars = st.one_of(
    st.sampled_from("张王李欧阳云舟某·ABab12（）有限公司 "),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.text(name_chars, min_size=2, max_size=12), data=st.data())
def test_any_two_letters_of_a_name_find_it(
    engine: SearchIndex, fill: Fill, name: str, data: st.DataObject
) -> None:
    fill(
        engine,
        Document(Kind.DEBTOR, "named", "无题", "/1", names=(name,)),
        Document(Kind.DEBTOR, "other", "无题", "/2", names=("测试干扰项",)),
    )
    start = data.draw(st.integers(0, len(name) - 2))
    end = data.draw(st.integers(start + 2, len(name)))
    part = name[start:end]
    if sum(char.isalnum() for char in part) < 2:
        with pytest.raises(QueryTooShort):
            engine.search(Query(text=part))
        return
    assert "named" in ids(engine.search(Query(text=part)))
    wild = data.draw(st.sampled_from(["*", "?", "%", "_", "~", '"', "\\", "[", "^"]))
    assert "named" in ids(engine.search(Query(text=f"{wild}{part}{wild}")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_breaks_a_search(filled: SearchIndex, text: str) -> None:
    try:
        page = filled.search(Query(text=text, case_key=text, near_keys=(text,)))
    except QueryTooShort:
        return
    assert page.total >= len(page.hits)
