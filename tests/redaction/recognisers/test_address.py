"""Addresses: everything below the district goes, the district and everything else stays.

⟦ ⟧ mark what has to go, to the character; a text without them has to stay whole.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.recognisers import address
from redaction.recognisers.places import below_district, district_of
from redaction.view import View

MATCHES = [
    ("住辽宁省营口市站前区⟦辰州路65号碧水华庭28号楼4单元274室⟧。", "full form"),
    ("位于大石桥市⟦金牛山大街38号山水文园18号楼4单元651室⟧的房屋", "county-level city"),
    ("盖州市⟦西海办事处⟧", "sub-district office alone"),
    ("老边区⟦路南镇江家村三组⟧", "town, village, group"),
    ("住⟦某小区3-2-501⟧，", "dashed building, unit and room"),
    ("家住⟦御景湾小区12栋1402室⟧", "no district named"),
    ("鲅鱼圈区⟦海东街道望海社区⟧", "community"),
    ("盖州市⟦和平路12号⟧", "a road that begins like the word and"),
    ("住⟦于家村5组12号⟧", "a village that begins like a preposition"),
    ("营口市老边区⟦柳树镇东岗子村12组⟧", "group by number"),
    ("⟦学府路（御景湾小区）3号楼2单元501⟧", "estate in brackets"),
    ("⟦渤海大街西１６２号⟧", "full-width number"),
    ("住站前区⟦建设街道新兴里12-3-4⟧。", "a block of old flats with dashes"),
    ("鲅鱼圈区⟦昆仑大街西段百草园小区8#-2-1102⟧", "building by #"),
    ("营口市西市区⟦得胜里⟧", "a block alone; 西市区 is not 西市 and 区"),
    ("营口市西市区⟦渤海大街⟧住宅一套", "a street alone behind a district"),
    ("位于站前区⟦学府路与渤海大街交汇处⟧", "a crossing"),
    ("老边区⟦新东街3号网点⟧", "shop"),
    ("上海市徐汇区⟦漕溪北路18弄5号602室⟧", "lane of Shanghai"),
    ("现住营口市老边区⟦边城镇东岗村平房三间⟧", "cottage; a town that ends in 城镇"),
    ("内蒙古自治区赤峰市阿鲁科尔沁旗⟦天山镇哈拉道口嘎查3组16号⟧", "banner and gacha"),
    ("新疆维吾尔自治区伊犁哈萨克自治州霍城县⟦清水河镇二宫村⟧", "autonomous prefecture"),
    ("盘锦市大洼区⟦新兴农场三分场二队⟧", "farm"),
    ("营口经济技术开发区⟦红海河大街8号⟧", "a development zone is a district"),
    ("住大石桥市⟦石桥大街十二号楼三单元五零二室⟧", "Chinese numerals"),
    ("盖州市⟦太阳升办事处 西关村 3组 12号⟧", "blanks between the parts"),
    ("营口市老边区⟦老边街道办事处\n江畔社区幸福里7号楼1-502⟧", "line break"),
    ("住天津市河西区⟦友谊路36号增1号501⟧", "added number"),
    ("北京市朝阳区⟦建国路88号SOHO现代城A座1201⟧", "Latin letters"),
    ("台湾省台北市大安区⟦忠孝东路四段100号5楼之2⟧", "Taiwan"),
    ("住香港⟦新界沙田第一城12座15楼B室⟧", "Hong Kong"),
    ("被执行人名下位于营口市站前区⟦东升里甲18-43号⟧的房产", "number with a prefix"),
    ("营口市西市区⟦清华路28甲-3-12号⟧的商铺", "number with a suffix"),
    ("家住⟦红旗镇南大洼村腰屯⟧，", "a town with 旗 in its name, a hamlet"),
    ("住河南省新乡市长垣县⟦满村乡小马寨村15排9号⟧", "a city with 乡 in its name"),
    ("在沈阳市苏家屯区⟦乔松路18-4号-1-4-2⟧其承租房内", "a district with 屯 in its name"),
    ("住北京市昌平区⟦回龙观龙跃苑二区15号楼4单元302室⟧", "a part of an estate called 区"),
    ("快递寄到⟦海淀中关村43号⟧ 收", "no suffixes at all"),
    ("营口市鲅鱼圈⟦熊岳镇⟧", "a district without its suffix"),
    ("民警在武汉市汉阳区⟦江堤中路三里民居5栋1单元1101室⟧", "words before the city stay"),
    ("家住⟦学府路3号⟧向法院申请", "a home before a verb and a court is no court's address"),
    ("地址：营口市站前区⟦公园路5号⟧，邮编：⟦115000⟧", "the postcode of an address"),
    ("住盖州市⟦矿洞沟镇矿洞沟村王家堡子屯⟧", "three levels of the countryside"),
]  # fmt: skip

NEAR_MISSES = [
    ("营口市站前区人民法院", "a court"),
    ("向营口市公安局鲅鱼圈分局送达", "a public body"),
    ("营口市老边区路南镇人民政府", "a town's government is an organisation"),
    ("营口市中级人民法院地址：营口市站前区少府路1号，邮编：115000。", "where a court sits"),
    ("鲅鱼圈区人民法院（地址：鲅鱼圈区昆仑大街5号）", "the same in brackets"),
    ("《道路交通事故责任》思路清晰", "the word road"),
    ("（2018）辽0804执65号", "a case number"),
    ("第三组证据、第12号公告、第3号窗口", "numbers of other things"),
    ("同意每月20号前给付3000元", "a day of the month"),
    ("全市各乡镇、街道组织开展执行宣传", "towns in general"),
    ("符合社区矫正条件", "community correction"),
    ("城镇居民人均可支配收入", "townspeople"),
    ("被执行人系该村村民，租住高档公寓", "no particular village or flat"),
    ("开展行动，走出一条路子", "a way"),
    ("中国工商银行营口站前区支行", "a bank"),
    ("于2018-3-5前付清", "a date with dashes"),
    ("驱车三百公里到吉林省长春市", "a city"),
]  # fmt: skip


def marked(text: str) -> tuple[str, list[str]]:
    """The text without its marks, and what they enclose."""
    return re.sub("[⟦⟧]", "", text), re.findall("⟦([^⟧]*)⟧", text)


@pytest.mark.parametrize(("text", "why"), MATCHES)
def test_masks_below_the_district(spans, text: str, why: str) -> None:
    plain, private = marked(text)
    assert spans(address.find, plain) == private, why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(address.find, text) == [], why


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("辽宁省营口市西市区渤海大街", "辽宁省营口市西市区", "市 inside a district"),
        ("营口市西市区", "营口市西市区", "nothing below"),
        ("营口市大石桥市虎庄镇", "营口市大石桥市", "a city in a city"),
        ("营口市市区学府路", "营口市市区", "the town proper"),
        ("宁夏回族自治区银川市兴庆区解放街", "宁夏回族自治区银川市兴庆区", "autonomous region"),
        ("福建省厦门市思明区湖滨路", "福建省厦门市思明区", "门市 is a shop only elsewhere"),
        ("青岛市市南区香港路", "青岛市市南区", "a district that begins with 市"),
        ("海城市东四镇", "海城市", "a city whose name ends in 城"),
        ("明珠城市花园6号", "", "城市 is no city"),
        ("万达小区3号", "", "小区 is no district"),
        ("红旗镇南大洼村", "", "红旗 is no banner"),
        ("新疆生产建设兵团第八师石河子市北泉镇", "新疆生产建设兵团第八师石河子市", "the Corps"),
    ],
)
def test_tells_the_district(text: str, shown: str, why: str) -> None:
    assert district_of(text) == shown, why
    assert district_of(text) + below_district(text) == text


ROOMS = [
    ("营口市西市区滨海明珠5号楼⟦1951室⟧住宅一套", "room"),
    ("盖州市学府路65号碧水华庭28号楼⟦4单元274室⟧", "unit and room"),
    ("鲅鱼圈区百草园小区8#⟦-2-1102⟧", "dashes behind #"),
    ("站前区建设街道新兴里12⟦-3-4⟧", "dashes"),
    ("阳光花园A区5号楼⟦东单元301⟧", "unit by its side"),
    ("跃进街道新建里47号楼⟦2单元5层西⟧", "floor and side"),
    ("营口市西市区渤海大街住宅一套", "a street alone has no room"),
    ("站前区渤海大街西162-1号门市", "a house number with a dash"),
    ("老边区路南镇江家村三组12号房屋", "a house in a village"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), ROOMS)
def test_an_auction_loses_only_the_room(text: str, why: str) -> None:
    plain, private = marked(text)
    view = View(plain)
    parts = [part for each in address.find(view) for part in address.only_room(view, each)]
    assert [plain[part.start : part.end].strip() for part in parts] == private, why


CUED = [
    "住", "现住", "住于", "住在", "户籍", "户籍地", "户籍所在地", "住址：", "住址为", "住址系",
    "住所地：", "住所",
    "位于", "坐落", "座落于", "家在", "送到", "送至", "寄往", "搬迁至",
]  # fmt: skip


@pytest.mark.parametrize("cue", CUED)
@pytest.mark.parametrize("place", ["西海办事处", "御景湾小区", "江家村", "王家屯"])
def test_a_place_behind_a_cue_is_an_address(spans, cue: str, place: str) -> None:
    assert spans(address.find, f"{cue}{place}，") == [place]


@pytest.mark.parametrize("word", ["住院", "住房", "住宅", "住户", "住处", "住建", "住宿"])
def test_words_that_begin_like_a_cue_are_none(spans, word: str) -> None:
    assert spans(address.find, f"{word}情况见江家村。") == []


PUBLIC = ["人民法院", "公安局", "中级人民法院", "检察院", "民政局", "人民检察院"]


@pytest.mark.parametrize("body", PUBLIC)
def test_a_public_body_behind_a_district_is_no_address(spans, body: str) -> None:
    assert spans(address.find, f"营口市老边区{body}") == []


@pytest.mark.parametrize(
    "words", ["地址：", "住所地为", "所在地：", "位于", "坐落于", "坐落", "的地址是", "办公地址："]
)
def test_where_a_court_sits_stays(spans, words: str) -> None:
    assert spans(address.find, f"营口市中级人民法院{words}营口市站前区少府路1号。") == []


@pytest.mark.parametrize("home", ["现住", "户籍地", "家在", "籍贯"])
def test_a_home_is_private_even_beside_a_court(spans, home: str) -> None:
    text = f"营口市中级人民法院所在地{home}站前区少府路1号"
    assert spans(address.find, text) == ["少府路1号"]


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("，邮编：⟦115000⟧", "with comma"), ("（邮政编码⟦115000⟧）", "in brackets"),
        ("邮编⟦115000⟧", "alone"), ("， 邮编为⟦115000⟧", "comma and blank"),
        ("，邮编：1150001", "seven digits are no postcode"),
        ("，，，邮编：115000", "too far from the address"),
    ],
)  # fmt: skip
def test_the_postcode_of_an_address(spans, code: str, kept: str) -> None:
    plain, private = marked(f"现住站前区公园路5号{code}")
    assert spans(address.find, plain) == ["公园路5号", *private], kept


FORMS = [
    ("⟦学府路3-2-501⟧的房", "road and dashes"),
    ("营口市站前区⟦学府路第3号⟧", "第"),
    ("⟦永安里5巷⟧", "lane by number"), ("⟦学府路5段⟧", "section"), ("⟦学府路5里⟧", "li"),
    ("⟦学府路5栋⟧", "block"), ("⟦学府路5幢⟧", "block"), ("⟦学府路5门市⟧", "shop"),
    ("⟦学府路5弄⟧", "alley"),
    ("⟦学府路东段5号⟧", "part of a road"), ("⟦学府路南侧5号⟧", "side of a road"),
    ("⟦学府路二段5号⟧", "numbered part"), ("⟦学府路中5号⟧", "middle"),
    ("站前区⟦学府路和渤海大街交叉口⟧", "crossing"), ("站前区⟦学府路、渤海大街路口⟧", "corner"),
    ("站前区⟦学府路与渤海大街口⟧", "corner"), ("站前区⟦学府路与渤海大街丁字路口⟧", "junction"),
    ("⟦江家村村民3组⟧", "group"), ("⟦江家村3队⟧", "team"), ("⟦江家村3社⟧", "co-operative"),
    ("⟦江家村3户⟧", "household"), ("⟦江家村3排⟧", "row"), ("⟦江家村3院⟧", "yard"),
    ("⟦江家村12-3⟧", "dashes"),
    ("⟦江家村前组⟧，", "named group"), ("⟦江家村后屯⟧，", "hamlet"),
    ("⟦御景湾小区3栋⟧", "estate"), ("⟦御景湾小区3幢⟧", "estate"), ("⟦御景湾小区3座⟧", "estate"),
    ("⟦御景湾小区3#⟧", "estate"), ("⟦御景湾小区3单元⟧", "estate"), ("⟦御景湾小区3期⟧", "phase"),
    ("⟦御景湾小区3排⟧", "row"), ("⟦灵桥公寓1004室⟧", "room"), ("⟦灵桥公寓1004号房⟧", "room"),
    ("⟦御景湾（一期）3号楼⟧", "phase in brackets"),
    ("⟦月亮湾3-2-501⟧", "dashes alone"), ("⟦月亮湾13-12-1501⟧", "longer dashes"),
    ("老边区⟦路南镇江家村西组⟧，", "group by side"), ("老边区⟦路南镇江家屯村委会⟧", "committee"),
    ("住⟦渤海明珠5号楼⟧，", "a block alone"), ("营口市西市区⟦渤海明珠A栋⟧", "block of a district"),
    ("老边区⟦路南街道江家村⟧", "street office"), ("老边区⟦新兴林场三队⟧，", "forest farm"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), FORMS)
def test_every_form_goes_to_the_character(spans, text: str, why: str) -> None:
    plain, private = marked(text)
    assert spans(address.find, plain) == private, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("学府路3号线", "a bus line"), ("学府路3号令", "an order"), ("学府路3号文", "a document"),
        ("铁路3号", "the railway"), ("公路3号", "a highway"), ("网路3号", "a net"),
        ("小区3期限", "a term"), ("园区3期满", "a term that ended"),
    ],
)  # fmt: skip
def test_numbers_behind_other_roads_stay(spans, text: str, why: str) -> None:
    assert spans(address.find, text) == [], why


ROOM_FORMS = [
    ("渤海明珠5号楼⟦12单元305⟧", "unit and room"), ("渤海明珠5号楼⟦3层12号房⟧", "floor and room"),
    ("渤海明珠5号楼⟦3楼302室⟧", "floor and room"), ("渤海明珠5号楼⟦1单元2楼201室⟧", "all three"),
    ("渤海明珠5号楼⟦东单元⟧", "unit alone"), ("渤海明珠5号楼⟦2单元东侧⟧", "side"),
    ("渤海明珠5号楼⟦五〇二⟧，", "Chinese numerals alone"),
    ("渤海明珠5号楼⟦2单元西门⟧", "door"),
    ("渤海明珠5号楼⟦2单元五〇二⟧", "Chinese numerals"),
    ("渤海明珠5号楼⟦2-501⟧", "dashes"), ("渤海明珠5栋⟦2-5-01⟧", "dashes"),
    ("渤海明珠5幢⟦1102⟧", "number"),
    ("渤海明珠5号楼⟦501户⟧", "household"), ("渤海明珠5号楼⟦501号房间⟧", "room"),
    ("渤海明珠5号楼A座⟦12室⟧", "letter"), ("新兴里12#⟦-3-4⟧", "#"),
    ("新兴里12甲⟦-3-4-5号⟧", "suffix"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), ROOM_FORMS)
def test_a_room_in_every_form(text: str, why: str) -> None:
    plain, private = marked(f"位于西市区{text}")
    view = View(plain)
    parts = [part for each in address.find(view) for part in address.only_room(view, each)]
    assert [plain[part.start : part.end].strip() for part in parts] == private, why


def test_scores_tell_a_number_from_a_name_alone() -> None:
    sure = next(iter(address.find(View("站前区学府路5号"))))
    cued = next(iter(address.find(View("住址：站前区学府路，"))))
    guess = next(iter(address.find(View("，在站前区学府路，"))))
    assert sure.score == cued.score > guess.score


def test_every_address_of_a_text_is_found(spans) -> None:
    text = "营口市站前区人民法院查封站前区学府路5号、西市区渤海大街7号"
    assert spans(address.find, text) == ["学府路5号", "渤海大街7号"]


HOSTILE = [
    "路",
    "号",
    "区",
    "（",
    "1",
    "3村",
    "镇村",
    "路1号",
    "住市",
    "一",
    "1-",
    "县城镇",
    "旗",
    "号楼",
    "路与",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_runs_of_units_come_back(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for candidate in address.find(View(text)):
        assert 0 <= candidate.start < candidate.end <= len(text)


DISTRICTS = ["辽宁省营口市站前区", "营口市西市区", "老边区", "盖州市", "鲅鱼圈区", "吉林省梨树县",
             "辽宁省营口市大石桥市", "内蒙古自治区通辽市库伦旗",
             "河南省新乡市长垣县", "沈阳市苏家屯区", "江苏省镇江市京口区",
             "江西省景德镇市珠山区"]  # fmt: skip
TOWNS = ["路南镇", "西海办事处", "海东街道", "满村乡", ""]
VILLAGES = ["江家村", "三道岭村", "望海社区", ""]
ROADS = ["渤海大街", "和平路", "学府路", "永安里", "东风胡同"]
ESTATES = ["御景湾小区", "碧水华庭", "银河花园", ""]
NUMBERS = st.one_of(st.integers(1, 300).map(str), st.sampled_from(["十二", "三", "A3", "１８"]))


@st.composite
def addresses(draw: st.DrawFn) -> tuple[str, str]:
    """District and what stands below it, its parts in the usual order."""
    district = draw(st.sampled_from(DISTRICTS))
    gap = draw(st.sampled_from(["", "", "", " "]))
    parts = [draw(st.sampled_from(TOWNS)), draw(st.sampled_from(VILLAGES))]
    if draw(st.booleans()):
        parts.append(f"{draw(st.sampled_from(ROADS))}{draw(NUMBERS)}号")
    parts.append(draw(st.sampled_from(ESTATES)))
    if parts[-1] or "号" in parts[-2] or draw(st.booleans()):
        parts.append(
            draw(
                st.sampled_from(
                    ["{}号楼{}单元{}室", "{}栋{}单元{}", "{}号楼{}-{}", "{}幢{}层{}号", "{}号楼"]
                )
            ).format(*(draw(st.integers(1, 28)) for _ in range(3)))
        )
    below = gap.join(part for part in parts if part)
    return district, below


@settings(max_examples=200, deadline=None)
@given(
    made=addresses(),
    before=st.sampled_from(["住", "现住", "", "户籍地：", "送达至", "查封其位于"]),
    after=st.sampled_from(["。", "，", "", "的房屋"]),
)
def test_any_usual_address_is_covered_below_the_district(
    made: tuple[str, str], before: str, after: str
) -> None:
    district, below = made
    text = f"{before}{district}{below}{after}"
    view = View(text)
    covered: set[int] = set()
    for candidate in address.find(view):
        covered.update(range(*view.folded.span(candidate.start, candidate.end)))
    first = len(before) + len(district)
    private = {i for i in range(first, first + len(below)) if text[i].isalnum()}
    assert private <= covered
    assert not covered & set(range(first))
    assert list(address.find(View(f"{before}{district}×××{after}"))) == []
