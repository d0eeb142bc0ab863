"""Addresses below the district: street, village, estate, building, room.

Province, city and district stay (the 2013 format rule keeps them, and readers need them); from
the street, town or village on everything goes. An address is found by its units, then extended to
the left up to the last district, cue word or punctuation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "address"
_H = r"[\u3400-\u9fff〇]"
_N = r"(?:[0-9]{1,5}|[一二三四五六七八九十百零〇两]{1,5}|[甲乙丙丁东西南北A-Za-z])"
_DASHED = r"[0-9A-Za-z]{1,4}(?:[-－—#/][0-9A-Za-z]{1,5}){1,4}"
# Units after which nothing of the administrative address is public any more.
_ROAD = r"(?:大街|大道|街道办事处|街道|街|路|巷|胡同|弄|里弄|公路)"
_PLACE = r"(?:小区|花园|家园|新村|社区|居委会|公寓|大厦|广场|嘉园|名苑|雅苑|别墅|山庄|宿舍|家属楼|家属院|花苑|华庭|新城|公馆)"
_RURAL = r"(?:镇|乡|苏木|办事处|农场|林场|村委会|村民组|村|屯|堡|沟|组|队|社)"
_DOOR = (
    rf"(?:(?:{_N}|{_DASHED})\s?(?:号楼|号院|号|幢|栋|座|单元|层|楼|室|户|门|组|队|弄|期|区|排|#)"
    r"|第[0-9一二三四五六七八九十]{1,3}(?:村民)?小?组)"
)
_ANCHOR = re.compile(
    rf"(?:{_ROAD}\s?(?:{_N}\s?(?:号|弄|巷|段|里)|{_DASHED})"
    rf"|{_PLACE}[^，。；、]{{0,4}}?(?:{_DOOR}|{_DASHED})"
    rf"|(?:镇|乡|街道|办事处|办){_H}{{1,8}}?(?:村|屯|社区|组|居委会|委)"
    rf"|{_N}\s?(?:号楼|栋|幢|单元)\s?(?:{_DOOR}|{_DASHED}|[0-9]{{1,4}})"
    rf"|{_H}(?:村|屯|堡)\s?(?:{_N}\s?(?:组|队|号)|第{_N}(?:村民)?小?组|{_H}{{1,4}}组)"
    rf"|[区县市旗]{_H}{{1,6}}?(?:街道(?:办事处)?|镇|乡|办事处|大街|大道|[^铁公道马网线一]路|街|胡同|村)"
    rf"|[区县市旗]{_H}{{2,8}}?{_PLACE}"
    r")"
)
_TAIL = re.compile(
    rf"\s?(?:[（(](?:{_H}|[0-9A-Za-z\-号]){{1,12}}[）)](?=\s?(?:{_DOOR}|{_DASHED}))|{_DOOR}|{_DASHED}(?![0-9A-Za-z])"
    rf"|{_H}{{1,8}}?(?:{_ROAD}|{_PLACE}|村|屯|镇|乡)(?=\s?(?:{_DOOR}|{_DASHED}|{_N}|[，。；、）)]|$))"
    rf"|{_H}{{1,8}}?(?:{_DOOR})|[0-9]{{2,4}}(?![0-9年月日元万.]))"
)
_LEFT_STOP = re.compile(
    r".*(?:省|自治区|自治州|地区|[^小社园片新老厂街校库]区|县|市(?!场)|旗|[，。；、：:（(\s“\"]|"
    r"居住于|居住在|居住|现住|家住|租住|暂住|住所地|户籍地|住址|地址|位于|坐落于?|座落于?|住|在|于|至|到|赴|往|前往|的|为|是|系|名下|及|和|与|及其)",
    re.DOTALL,
)
_ORGANISATION = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,6}(?:政府|派出所|人民法庭|法庭|信用社|银行|支行|分行|卫生院|医院|中学|小学|学校|公司|合作社|"
    r"司法所|税务所|村民委员会|村委会|居民委员会|管理处|管委会|工商所|大队|支队|中队|检察院|法院|协会|厂))"
)
_CUE = re.compile(r"(?:住|地址|位于|坐落|座落|居所|户籍|家)[^，。；]{0,20}$")
_MAX_LEFT = 30


def find(view: View) -> Iterator[Candidate]:
    """Yield the sub-district part of every address."""
    text = view.text
    position = 0
    while match := _ANCHOR.search(text, position):
        start = _left_edge(text, match)
        end = match.end()
        while tail := _TAIL.match(text, end):
            end = tail.end()
        position = max(end, match.start() + 1)
        if start >= end or _ORGANISATION.match(text[end : end + 12]):
            continue
        cued = bool(_CUE.search(view.before(start, 30)))
        score = 0.95 if cued or any(c.isdecimal() for c in text[start:end]) else 0.8
        yield Candidate(Kind.ADDRESS, start, end, score, "区县以下的详细地址", NAME)


def _left_edge(text: str, match: re.Match[str]) -> int:
    """Where the private part begins: after the last district, cue word or punctuation mark."""
    anchor = match.group()
    begin = match.start() + 1 if anchor[0] in "区县市旗" else match.start()
    low = max(0, begin - _MAX_LEFT)
    stop = _LEFT_STOP.match(text[low:begin])
    return low + stop.end() if stop else low


_ADMIN = re.compile(
    r"(?:中国)?(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?:[\u4e00-\u9fff]{2,10}?(?:市|自治州|地区|盟))?"
    r"(?:[\u4e00-\u9fff]{1,10}?(?:(?<![小园社片校库厂])区|县|市|旗))?"
)


def district_of(address: str) -> str:
    """The part of an address that may stay: province, city, district. "" where none is named."""
    match = _ADMIN.match(address)
    return match.group() if match else ""


_ROOM = re.compile(
    r"(?:[0-9A-Za-z一二三四五六七八九十]{1,3}\s?单元\s?)?(?:[0-9A-Za-z一二三四五六七八九十]{1,3}\s?层\s?)?"
    r"[0-9A-Za-z一二三四五六七八九十零〇\-－]{1,9}\s?(?:号?室|户|号房|房间?)|"
    r"(?<=[号栋幢楼座院])\s?[0-9]{1,3}[-－][0-9]{1,4}(?:[-－][0-9]{1,4})?(?!\d)|(?<=单元)[0-9]{2,5}号?|"
    r"(?<=[\u4e00-\u9fff][0-9])[-－][0-9]{1,3}[-－][0-9]{1,5}|(?<=[\u4e00-\u9fff][0-9]{2})[-－][0-9]{1,3}[-－][0-9]{1,5}"
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
        yield replace(candidate, start=room.start(), end=room.end(), reason="房号")
    if not rooms and candidate.recogniser != NAME:
        yield candidate  # somebody's listed home with no room to take away
