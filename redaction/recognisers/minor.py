"""What would identify a child: school and class. Names and birth dates have their own files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "minor"
_SCHOOL = re.compile(
    r"(?:就读于|就读|在读于|上学于|读书于|入读|转入|转学至|考入|毕业于|系|在)"
    r"([\u4e00-\u9fffA-Za-z0-9]{2,24}?(?:幼儿园|小学|中学|初中|高中|学校|[一二三四五六七八九]中(?!学|心))(?:[\u4e00-\u9fff]{0,4}校区)?)"
    r"([一二三四五六七八九初高\d]{1,2}年级?(?:[一二三四五六七八九十\d]{1,2}班)?)?"
)
_CONTEXT = re.compile(
    r"就读|在读|上学|读书|入读|学生|未成年|之子|之女|孩子|子女|年级|儿子|女儿|婚生"
)
_MASKED = re.compile(r"^于?(?:某|×|一所|当地|该|公立|私立|高收费私立)")


def find(view: View) -> Iterator[Candidate]:
    """Yield schools and classes of children."""
    for match in _SCHOOL.finditer(view.text):
        near = view.before(match.start(), 40) + match.group() + view.after(match.end(), 12)
        if _CONTEXT.search(near) and not _MASKED.match(match.group(1)):
            yield Candidate(Kind.MINOR, match.start(1), match.end(), 0.85, "未成年人就读学校", NAME)
