"""Names whose characters stand apart: 被执行人 刘 洋, 法定代表人：赵　铁　柱.

Forms and tables fill a column with blanks. Nobody has to be listed, but a role has to stand before:
single characters with blanks between them are otherwise headings (裁 定 书).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.names.boundary import follow_strength, surname_length
from redaction.names.leading import Before, what_leads_to
from redaction.names.surnames import HAN, NEVER_GIVEN, is_han
from redaction.view import Candidate, View

NAME = "name_cue"
_GAP = r"[ \t\u3000]{1,4}"
# Two to four characters with blanks between them.
# Looked for at every place: of 被执行人 刘 洋 the 人 stands apart from 刘, too.
_APART = re.compile(rf"(?=([{HAN}](?:{_GAP}[{HAN}]){{1,3}}))")
_BLANKS = re.compile(r"\s+")
_NO_GIVEN = NEVER_GIVEN | frozenset("男女汉族诉与和及、")


def find(view: View) -> Iterator[Candidate]:
    """Yield names spelled with blanks that a role announces, and those joined to one by 、."""
    text = view.text
    reached = -1
    for match in _APART.finditer(text):
        start = match.start()
        if start < reached or not surname_length("".join(match[1].split()), 0):
            continue
        end = _end(text, match)
        announced = what_leads_to(text, start) is Before.ROLE
        joined = reached == start - 1 and text[reached] == "、"
        if end and (announced or joined):
            reached = end
            yield Candidate(Kind.PERSON, start, end, 0.86, "称谓之后字间有空格的姓名", NAME)


def without_blanks(name: str) -> str:
    """A Chinese name in its usual spelling; any other name as it is."""
    joined = _BLANKS.sub("", name)
    return joined if all(map(is_han, joined)) else name


def _end(text: str, match: re.Match[str]) -> int:
    """Where the name ends; 0 where these are no characters of a name."""
    at = [match.start() + offset for offset, c in enumerate(match[1]) if is_han(c)]
    letters = "".join(text[position] for position in at)
    surname, given = surname_length(letters, 0), 0
    for position in at[surname : surname + 2]:
        if text[position] in _NO_GIVEN or (given and follow_strength(text, position) == 2):
            break
        if not follow_strength(text, position + 1):
            break  # 王 律师: the character goes on into a word
        given += 1
    return at[surname + given - 1] + 1 if given else 0
