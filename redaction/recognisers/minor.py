"""What would identify a child: school and class. Names and birth dates have their own files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "minor"
_COUNT = r"[一二三四五六七八九十0-9]{1,2}"
_CLASS = rf"(?:[（(]?{_COUNT}[）)]?班)"
_GRADE = rf"(?:(?:初|高)[一二三]|[小中大]班|学前班|{_COUNT}年级?)"
_NUMBERED = "|".join(f"{number}中(?![学心])" for number in "一二三四五六七八九十")
_SCHOOL = re.compile(
    r"(?:幼儿园|托儿所|小学|中学|初中|高中|职高|技校|学校|附小|附中"
    rf"|{_NUMBERED})"
    r"(?:[\u4e00-\u9fff]{0,4}校区)?"
    rf"(?:{_GRADE}{_CLASS}?|{_CLASS})?"
)
_GRADE_AND_CLASS = re.compile(rf"{_GRADE}{_CLASS}$")
_LONGEST_CLASS = 10
_VERB = re.compile(
    r"(?:就读于?|在读于|上学于|读书于|学习于|入读|转入|转学[至到]|考[入上]|毕业于|系|在|现为|送[至到])"
)
_PART = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,24}$")
_LONGEST = 26
_CONTEXT = re.compile(
    r"就读|在读|上学|读书|入读|转学|学生|未成年|之子|之女|其[子女]|长[子女]|次[子女]|孩子|子女|年级|儿子|女儿|婚生|幼[子女]|班主任"
)
_MASKED = re.compile(r"于?(?:某|×|一所|当地|该|公立|私立|高收费私立)")


_AGE = r"(?:[1-9]|1[0-7]|[一二三四五六七八九]|十[一二三四五六七]?)(?![0-9十])"
_CHILD_AFTER = re.compile(
    rf"[（(，,、]?\s?(?:[男女][，,、])?(?:现年|年仅|时年|今年|现)?{_AGE}\s?周?岁"
    r"|[（(，,][^。；\n]{0,24}?未成年"
)
_CHILD_BEFORE = re.compile(
    r"(?:未成年(?:人|子女?|女|儿子|女儿)|婚生[子女]|小学生|初中生|幼[子女]|[男女]童|[男女]婴)[，,、：:]?$"
)


def is_child(view: View, start: int, end: int) -> bool:
    """Whether the text says that the person named at a span is a child."""
    after = _CHILD_AFTER.match(view.text, end)
    return after is not None or _CHILD_BEFORE.search(view.before(start, 8)) is not None


def find(view: View) -> Iterator[Candidate]:
    """Yield schools and classes of children."""
    text = view.text
    reached = 0
    for match in _SCHOOL.finditer(text):
        low = max(reached, match.start() - _LONGEST)
        start = low
        for verb in _VERB.finditer(text, low, match.start()):
            start = verb.end()
        masked = _MASKED.match(text, start, match.end())
        if start == low or masked or not _PART.match(text, start, match.start()):
            continue
        if _is_about_children(view, start, match.end()):
            reached = match.end()
            yield Candidate(Kind.MINOR, start, match.end(), 0.85, "未成年人就读学校", NAME)
    for end in _class_ends(text):
        alone = _GRADE_AND_CLASS.search(text, max(0, end - _LONGEST_CLASS), end)
        if alone and _is_about_children(view, *alone.span()):
            yield Candidate(Kind.MINOR, *alone.span(), 0.85, "未成年人所在班级", NAME)


def _class_ends(text: str) -> Iterator[int]:
    position = text.find("班")
    while position >= 0:
        yield position + 1
        position = text.find("班", position + 1)


def _is_about_children(view: View, start: int, end: int) -> bool:
    near = view.before(start, 40) + view.text[start:end] + view.after(end, 12)
    return _CONTEXT.search(near) is not None
