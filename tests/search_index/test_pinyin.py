"""Names of people in the letters they are typed in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.pinyin import spellings


@pytest.mark.parametrize(
    ("name", "spelled", "unlike"),
    [
        ("张伟", {"zhangwei", "zhang", "wei", "zw"}, {"z", "w"}),
        ("单雄", {"shanxiong"}, {"danxiong"}),
        ("曾小贤", {"zengxiaoxian", "xiaoxian", "zxx"}, {"cengxiaoxian"}),
        ("仇英", {"qiuying"}, {"chouying"}),
        ("尉迟恭", {"yuchigong", "yuchi", "gong", "ycg"}, {"weichigong"}),
        ("万俟卨", {"moqi"}, {"wansi"}),
        ("覃海", {"qinhai", "tanhai"}, set()),
        ("吕布", {"lvbu", "lyubu"}, {"lubu"}),
        ("王乐", {"wangle", "wangyue"}, set()),
        ("阿卜杜拉·艾山", {"abudulaaishan", "abdlas"}, set()),
    ],
)
def test_a_name_is_spelled_as_people_type_it(
    name: str, spelled: set[str], unlike: set[str]
) -> None:
    found = spellings(name)
    assert spelled <= found
    assert not unlike & found


@pytest.mark.parametrize("text", ["", "张", "st宏达", "营口宏达商贸有限公司", "张某1", "o'brien"])
def test_what_is_no_personal_name_is_not_spelled(text: str) -> None:
    assert spellings(text) == set()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=10))
def test_spellings_are_few_and_made_of_letters(name: str) -> None:
    found = spellings(name)
    assert len(found) <= 100
    assert all(len(spelling) > 1 for spelling in found)
