"""Names that what stands right behind makes certain: 被执行人黄河，男，1975年8月6日出生.

Nothing but a person has a sex, a birthday and a citizen number. So behind a role the characters
before them are a name even where a dictionary knows them as a word (黄河, 安全, 国庆).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.names.leading import Before, what_leads_to
from redaction.names.surnames import HAN
from redaction.view import Candidate, View

NAME = "name_cue"
_PERSONAL = re.compile(
    r"(?:[，,、]\s?[男女](?=[，,、。；;（(\s]|$)|\s?[（(]\s?(?:[男女][）)，,、]|公民身份|身份证|曾用名|又名"
    r"|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)"
    r"|[，,、]\s?(?:公民身份|身份证|曾用名|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日(?:出)?生))"
)
_NAME = re.compile(rf"[{HAN}]{{2,4}}$")
_MASKED = frozenset("某×")
# 均系成年人，男, 二被执行人，女: words that stand for people.
_NOBODY = re.compile(
    r"(?:等?[一二三四五六七八九十两几多\d]?人|双方|夫妻|夫妇|父母|本人|何人|者|某.*)$"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield names of two to four characters between a role and what only a person has."""
    text = view.text
    for match in _PERSONAL.finditer(text):
        run = _NAME.search(text, max(0, match.start() - 4), match.start())
        if run is None:
            continue
        for start in range(match.start() - 2, run.start() - 1, -1):
            name = text[start : match.start()]
            if what_leads_to(text, start) is not Before.ROLE:
                continue
            if not (_MASKED.intersection(name) or _NOBODY.search(name)):
                span = (start, match.start())
                yield Candidate(Kind.PERSON, *span, 0.9, "身份信息之前的姓名", NAME)
            break
