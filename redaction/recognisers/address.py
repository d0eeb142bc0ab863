"""Addresses below the district: street, village, estate, building, room.

Province, city and district stay (the 2013 format rule keeps them, and readers need them); from
the street, town or village on everything goes. An address is recognised by its units (路…号,
镇…村, 号楼…室), then followed to the right as far as units go and to the left up to the last
district, cue word or punctuation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from redaction.model import Kind
from redaction.recognisers.places import (
    CUE,
    DASHED,
    DOOR,
    ESTATE,
    NAME_CHARACTER,
    NUMBER,
    ORGANISATION_AFTER,
    ROAD,
    VAGUE,
    WEAK_CUE,
    district_of,
)
from redaction.view import Candidate, View

NAME = "address"
_P = NAME_CHARACTER
_ANCHOR = re.compile(
    # 辰州路113号, 永安里5巷, 学府路3-2-501
    rf"{ROAD}\s?(?:(?:[东南西北中]段?|[一二三四五六七八九十]段|[内外])?\s?{NUMBER}\s?(?:号|弄|巷|段|里|栋|幢)|{DASHED})"
    rf"|{ROAD}\s?[（(][^（）()]{{1,14}}[）)]\s?{DOOR}"
    # 御景湾小区3号楼, 某小区3-2-501
    rf"|{ESTATE}{_P}{{0,6}}?\s?(?:[（(][^（）()]{{1,12}}[）)]\s?)?(?:{DOOR}|{DASHED})"
    # 3号楼2单元501, 12栋1402室
    rf"|{NUMBER}\s?(?:号楼|栋|幢|单元|座|楼|层)\s?(?:{DOOR}|{DASHED}|[0-9]{{3,4}}(?![0-9年元]))"
    # 路南镇江家村, 西海办事处小望海村
    rf"|(?:镇|乡|街道|办事处|农场|林场){_P}{{1,8}}?(?:村|屯|社区|居委会|[组队社](?=[^\u3400-\u9fff]|$))"
    # 江家村三组, 小望海村12号
    rf"|(?:村|屯|堡|庄)\s?(?:(?:{_P}{{1,4}})?(?:第?{NUMBER})(?:村民)?\s?(?:小?组|队|号|社)|{_P}{{1,4}}[组屯])"
    # 老边区路南镇, 鲅鱼圈区海东街道, 盖州市西海办事处, 站前区渤海大街
    rf"|(?<=[区县市旗州]){_P}{{1,10}}?(?:街道(?:办事处)?|镇(?![长政])|乡(?![长政])|办事处|大街|大道|(?<![铁公道马网线水])路(?!口|边|上|段|程|途|人|过)|街(?!道)|"
    rf"胡同|里弄|村(?!官|民|长|委)|屯|{ESTATE})"
    # 住西海办事处, 家住御景湾小区, 户籍地江家村
    rf"|(?<=[住址于落在])(?!{VAGUE}){_P}{{2,10}}?(?:街道(?:办事处)?|镇|办事处|村(?!官|民|长)|屯|{ESTATE})(?=[^\u3400-\u9fff]|$)"
)
_TAIL = re.compile(
    rf"\s?(?:[（(](?:{_P}|[0-9A-Za-z\-号]){{1,14}}[）)](?=\s?(?:{DOOR}|{DASHED}))|{DOOR}|{DASHED}(?![0-9A-Za-z])"
    rf"|{_P}{{1,10}}?(?:{ROAD}|{ESTATE}|村(?!官|民|长)|屯|镇|乡|街道)(?=\s?(?:{DOOR}|{DASHED}|{NUMBER}|{_P}{{1,8}}?(?:{DOOR}|村|组)|[^\u3400-\u9fff]|的|$))"
    rf"|{_P}{{1,10}}?\s?(?:{DOOR}|(?<=[园区庭苑寓城府湾居]){DASHED})|[0-9]{{2,4}}(?![0-9年月日元万.])|附[0-9]+号?|地下室?|车库|底商|门市)"
)
_CLAUSE_EDGE = re.compile(r"[，。；、：:（(）)\s“”\"！？,;|/【】\[\]]")
_LONGEST = 60


def find(view: View) -> Iterator[Candidate]:
    """Yield the sub-district part of every address."""
    text = view.text
    position = 0
    while match := _ANCHOR.search(text, position):
        start = _private_start(text, match.start(), match.end(), position)
        end = match.end()
        while end - match.start() < 2 * _LONGEST and (tail := _TAIL.match(text, end)):
            end = tail.end()
        position = max(end, match.start() + 1)
        if start >= end or ORGANISATION_AFTER.match(text, end):
            continue
        sure = any(c.isdecimal() for c in text[start:end]) or CUE.search(view.before(start, 30))
        score = 0.95 if sure else 0.8
        yield Candidate(Kind.ADDRESS, start, end, score, "区县以下的详细地址", NAME)


def _private_start(text: str, anchor: int, end: int, floor: int) -> int:
    """Where the private part begins: after the last district, cue word or punctuation mark."""
    low = max(floor, anchor - _LONGEST)
    for edge in _CLAUSE_EDGE.finditer(text, low, anchor):
        low = edge.end()
    for cue in CUE.finditer(text, low, anchor):
        low = cue.end()
    district = district_of(text[low:end])
    if district:
        return low + len(district)
    for cue in WEAK_CUE.finditer(text, low, anchor):
        low = cue.end()
        district = district_of(text[low:end])
    return low + len(district)


_COUNT = r"[0-9A-Za-z一二三四五六七八九十零〇]"
_ROOM = re.compile(
    rf"(?:{_COUNT}{{1,3}}\s?单元\s?)?(?:{_COUNT}{{1,3}}\s?层\s?)?"
    rf"{_COUNT}[0-9A-Za-z一二三四五六七八九十零〇\-]{{0,8}}\s?(?:号?室|户|号房|房间?)"
    r"|(?<=[号栋幢楼座院])\s?[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{1,4})?(?!\d)|(?<=单元)[0-9]{2,5}号?"
    r"|(?<=[\u4e00-\u9fff][0-9])-[0-9]{1,3}-[0-9]{1,5}|(?<=[\u4e00-\u9fff][0-9]{2})-[0-9]{1,3}-[0-9]{1,5}"
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
