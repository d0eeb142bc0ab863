"""Addresses below the district: street, village, estate, building, room.

Province, city and district stay (the 2013 format rule keeps them, and readers need them); from
the street, town or village on everything goes.

An address is recognised by *evidence*, a place word beside something that makes it an address:
a district before it, a number behind it, a village behind a town, a building with a room. From
there it is followed to the right as far as parts of addresses go, and to the left up to the last
district, cue word or punctuation mark. Evidence is looked for only at the characters in
``_TRIGGERS``, and every step is bounded, so hostile input takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from redaction.model import Kind
from redaction.recognisers.places import (
    ANNEX,
    CUE,
    DASHED,
    DOOR,
    END,
    ESTATE,
    HAMLET,
    LANE,
    NAME_CHARACTER,
    NAMED_ROAD,
    NUMBER,
    ORGANISATION_AFTER,
    PUBLIC_BODY,
    ROAD,
    TOWN,
    VAGUE,
    VILLAGE,
    WEAK_CUE,
    district_of,
)
from redaction.view import Candidate, View

NAME = "address"
_P = NAME_CHARACTER
_BRACKET = r"[（(][^（）()\n]{1,14}[）)]"
_PLACE = rf"(?:{TOWN}|{NAMED_ROAD}|{VILLAGE}|{ESTATE}|{LANE})"
# 碧水明珠5号楼: a building that says what an estate's name does not
_BLOCK = r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])\s?(?:号楼|栋|幢)"
# 2单元五〇二
_NUMERALS = r"[一二三四五六七八九十零〇]{3,4}(?![年月日元万套层间户])"
_HEADING = r"(?:(?:[东西南北中内外]{1,2}[段侧]?|[一二三四五六七八九十]{1,2}段)\s?)?"
# Every piece of evidence begins behind one of these characters.
_TRIGGERS = (
    "区县市旗州盟路街巷弄同镇乡处道场木村屯庄堡查里园苑庭府城湾寓厦墅舍楼院馆都郡"
    "栋幢元座#住位坐座籍址家送寄搬迁-"
)
# 鲅鱼圈区海东街道, 盖州市西海办事处, 站前区渤海大街
_DISTRICT_AND_PLACE = (
    r"(?<=[区县市旗州盟])(?<![小园社片校库厂学景住宿全各]区)"
    r"(?:(?<![超门夜集上菜早]市)|(?<=[厦江荆天玉]门市))"
    rf"(?!人民(?![路街大])|公安|中级|检察|法院|花园|广场|酒店|民警|民政|委|{VAGUE})\s?"
    rf"(?:[为将有无对给](?={_P}))?{_P}{{1,10}}?(?:{_PLACE}|{_BLOCK}|{HAMLET}{END})"
)
# 辰州路113号, 永安里5巷, 学府路3-2-501, 学府路（小区）3号楼, 学府路与渤海大街交汇处
_ROAD_AND_NUMBER = (
    r"(?<=[路街巷弄同道])(?<![铁公网水思]路)\s?"
    rf"(?:{_HEADING}(?:第?{NUMBER}\s?(?:号(?!线|令|文)|弄|巷|段|里|栋|幢|门市)|{DASHED})"
    rf"|{_BRACKET}\s?{DOOR}|[与和、]{_P}{{1,8}}?{ROAD}\s?(?:交[汇叉]|[路街]?口|丁字))"
)
# 路南镇江家村, 西海办事处小望海村
_TOWN_AND_VILLAGE = (
    r"(?:(?<=[镇乡])|(?<=办事处)|(?<=街道)|(?<=[农林牧渔盐种]场)|(?<=苏木))"
    rf"{_P}{{1,8}}?(?:{VILLAGE}|[组队社连分场]{END})"
)
# 江家村三组, 小望海村12号, 哈拉道口嘎查3组
_VILLAGE_AND_GROUP = (
    rf"(?<=[村屯庄堡查区里])\s?(?:{_P}{{0,4}}(?:第?{NUMBER})(?:村民)?\s?"
    rf"(?:小?组|队|号(?!楼|线|令|文)|社|户|排|院|巷(?!子里)|弄)|{DASHED}|{_P}{{1,4}}[组屯]{END})"
)
# 御景湾小区3号楼, 某小区3-2-501, 灵桥公寓1004室
_ESTATE_AND_BUILDING = (
    r"(?<=[区园苑庭府城湾寓厦墅庄舍院馆都里居郡村屯])"
    rf"\s?(?:{_BRACKET}\s?)?(?:{NUMBER}\s?(?:号楼|栋|幢|座|#|单元|期(?!间|限|满)|排)|{DASHED}"
    r"|[0-9]{3,4}\s?号?(?:室|房(?![屋产])))"
)
# 3号楼2单元501, 12栋1402室
_BUILDING_AND_ROOM = (
    r"(?:(?<=号楼)|(?<=[0-9A-Za-z一二三四五六七八九十][栋幢座楼])|(?<=单元)|(?<=[0-9]#))"
    rf"\s?(?:{DOOR}|{DASHED}|[0-9]{{3,4}}(?![0-9年元万.])|{_NUMERALS})"
)
# 月亮湾3-2-501
_DASHES = r"(?:(?<=[一-龥][0-9]-)|(?<=[一-龥][0-9]{2}-))[0-9]{1,2}-[0-9]{3,4}(?![0-9\-])"
# 住西海办事处, 家住御景湾小区, 户籍地江家村; what follows "cued" is the address
_CUE_AND_PLACE = (
    r"(?:(?<=[住籍址])(?:所?在?地|所)?(?![址院房宅户处建宿])|(?<=位)于|(?<=[坐座])落|(?<=家)在"
    r"|(?<=[送寄搬迁])[到至往])(?P<cued>[于在到至为是系:：\s]{0,3})"
    rf"(?!{VAGUE}){_P}{{2,14}}?(?:{_PLACE}|{_BLOCK}|{HAMLET}{END})"
)
_EVIDENCE = re.compile(
    f"[{_TRIGGERS}](?:{_DISTRICT_AND_PLACE}|{_ROAD_AND_NUMBER}|{_TOWN_AND_VILLAGE}"
    f"|{_VILLAGE_AND_GROUP}|{_ESTATE_AND_BUILDING}|{_BUILDING_AND_ROOM}|{_DASHES}"
    f"|{_CUE_AND_PLACE})"
)
# What may stand between or behind the parts of an address that is one already.
_GOES_ON = rf"{DOOR}|{DASHED}|{NUMBER}|{ANNEX}|{_P}{{1,8}}?(?:{DOOR}|村|组)"
_TAIL = re.compile(
    rf"[\s\-]?(?:{_BRACKET}(?=\s?(?:{DOOR}|{DASHED}))|(?<=[镇乡道处]){_P}{{1,8}}?{VILLAGE}"
    rf"|{DASHED}|{DOOR}|{ANNEX}|(?<=[屯庄堡])村(?:委会)?"
    rf"|{_P}{{1,10}}?(?:{ROAD}|{ESTATE}|{VILLAGE}|{TOWN}|{LANE})(?=\s?(?:{_GOES_ON}|{END}))"
    rf"|{_P}{{1,10}}?\s?(?:{DOOR}|(?<=[园区庭苑寓城府湾居厦心楼场座])\s?(?:{DASHED}"
    r"|[0-9]{3,4}(?![0-9年月日元万.])))"
    rf"|(?<=[村镇乡处屯]){_P}{{1,4}}(?:{HAMLET}|[组社房店铺集台圈坎]){END}"
    rf"|[与和、]{_P}{{1,8}}?{ROAD}\s?(?:交[汇叉]处?口?|[路街]?口|丁字路口)"
    r"|(?:[0-9]{2,4}|(?<=[楼栋幢座元#\s])[0-9])[A-Za-z]?(?![0-9A-Za-z年月日元万.])"
    rf"|(?<=[楼栋幢座元]){_NUMERALS})"
)
_CLAUSE_EDGE = re.compile(r"[，。；、：:（(）)\s“”\"！？,;|/【】\[\]]")
_LONGEST = 60
_HOME = re.compile(r"(?:住(?!所地)|户籍|家在|籍贯)[^，。；、\n]{0,24}$")
_OF_PUBLIC_BODY = re.compile(
    rf"{PUBLIC_BODY}[（(，,、]?(?:的)?(?:办公)?(?:地址|住所地|所在地|位于|坐落于?)"
    r"[:：为在是于]{0,2}[\u4e00-\u9fff]{0,16}$"
)
_POSTCODE = re.compile(r"[，,、（(\s]{0,2}邮(?:政编码|编)[:：为是\s]{0,2}([0-9]{6})(?![0-9])")


def find(view: View) -> Iterator[Candidate]:
    """Yield the sub-district part of every address."""
    text = view.text
    position = 0
    while match := _EVIDENCE.search(text, position):
        floor = max(position, match.end("cued"))
        end = _end(text, match)
        start = _private_start(text, max(match.start(), floor), end, floor)
        position = max(end, match.start() + 1)
        if start >= end or _is_public(text, start, end):
            continue
        sure = any(c.isdecimal() for c in text[start:end]) or CUE.search(view.before(start, 30))
        score = 0.95 if sure else 0.8
        yield Candidate(Kind.ADDRESS, start, end, score, "区县以下的详细地址", NAME)
        postcode = _POSTCODE.match(text, end)
        if postcode:
            yield Candidate(Kind.ADDRESS, *postcode.span(1), 0.9, "住址的邮政编码", NAME)


def _end(text: str, evidence: re.Match[str]) -> int:
    """Where the address that the evidence belongs to ends."""
    end = evidence.end()
    while end - evidence.start() < 2 * _LONGEST and (tail := _TAIL.match(text, end)):
        end = tail.end()
    return end


def _is_public(text: str, start: int, end: int) -> bool:
    """Whether the address belongs to an organisation or is where a public body sits."""
    before = text[max(0, start - 40) : start]
    if _HOME.search(before):
        return False
    if text.endswith("民委员会", start, end):
        return True
    return bool(ORGANISATION_AFTER.match(text, end) or _OF_PUBLIC_BODY.search(before))


def _private_start(text: str, anchor: int, end: int, floor: int) -> int:
    """Where the private part begins: after the last district, cue word or punctuation mark."""
    low = max(floor, anchor - _LONGEST)
    for edge in _CLAUSE_EDGE.finditer(text, low, anchor):
        low = edge.end()
    for cue in CUE.finditer(text, low, anchor + 1):
        low = cue.end()
    first, district = low, district_of(text[low:end])
    for cue in WEAK_CUE.finditer(text, low + len(district), anchor):
        nearer = district_of(text[cue.end() : end])
        if nearer or not district:
            first, district = cue.end(), nearer
    return first + len(district)


_COUNT = r"[0-9A-Za-z一二三四五六七八九十零〇甲乙丙丁东西中]"
_UNIT_AND_FLOOR = rf"(?:{_COUNT}{{1,3}}\s?单元\s?)?(?:{_COUNT}{{1,3}}\s?[层楼]\s?)?"
_NUMERAL = r"[0-9一二三四五六七八九十零〇]"
_ROOM = re.compile(
    # 4单元274室, 3层12号房
    rf"(?P<room>{_UNIT_AND_FLOOR}{_COUNT}[0-9A-Za-z一二三四五六七八九十零〇\-]{{0,8}}\s?"
    r"(?:号?室|户|号?房(?![屋产])间?)"
    # 东单元301, 2单元5层西
    rf"|{_COUNT}{{1,3}}\s?单元(?:\s?{_COUNT}{{1,3}}\s?[层楼])?"
    rf"(?:\s?{_NUMERAL}{{2,5}}号?|\s?[东西南北中]{{1,2}}[侧门]?)?"
    # 5号楼2-501, 8#1102
    r"|(?<=[号栋幢楼座院])\s?[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9])"
    r"|(?<=[栋幢楼座#])\s?-?(?:[0-9]{3,4}(?![0-9])|[一二三四五六七八九十零〇]{3,4}))"
    # 新兴里12-3-4: of three numbers the first is the building
    r"|(?![号栋幢楼座院])[\u4e00-\u9fff]\s?[0-9A-Za-z]{1,4}[#甲乙丙丁]?"
    r"(?P<dashed>(?:号?-[0-9A-Za-z甲乙丙丁]{1,5}){2,4}号?)"
)


def only_room(view: View, candidate: Candidate) -> Iterator[Candidate]:
    """An address candidate cut down to its room; other candidates as they are.

    法释〔2016〕18号 art. 13 has an auction notice describe the property; buyers need the building.
    """
    if candidate.kind is not Kind.ADDRESS:
        yield candidate
        return
    rooms = list(_ROOM.finditer(view.text, candidate.start, candidate.end))
    for room in rooms:
        start, end = room.span(room.lastgroup or 0)
        yield replace(candidate, start=start, end=end, reason="房号")
    if not rooms and candidate.recogniser != NAME:
        yield candidate  # somebody's listed home with no room to take away
