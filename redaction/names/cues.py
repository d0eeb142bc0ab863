"""Names that the words around them announce: a role or kinship before, a phrase after.

What a cue announces is checked against the dictionary of words that begin like names and, where
the cue is weak, against the model: 被执行人有财产 announces nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from redaction.model import Kind
from redaction.names.boundary import NameSpan, follow_strength, read_name
from redaction.names.cuewords import KIN, ROLES, TITLES, WEAK
from redaction.names.lexicon import begins_like_a_word, is_word
from redaction.names.surnames import DOUBTFUL_SURNAMES, SURE_SURNAMES, surname_pattern
from redaction.names.words import Words
from redaction.view import Candidate, View

NAME = "name_cue"
_REMARK = r"(?:（[^（）\n]{1,12}）|\([^()\n]{1,12}\))?"
_STRONG = re.compile(
    rf"(?:{ROLES}|{KIN}){_REMARK}(?:姓名|名叫|名为|叫做?|系|是|为|即)?[：: ]{{0,2}}"
    rf"(?={surname_pattern()})"
)
_WEAK = re.compile(
    rf"(?:{WEAK})(?={surname_pattern()})|(?:^|(?<=[、，,。；：:（(\s]))(?={surname_pattern()})"
)
_JOIN = re.compile(r"以及|[、，,和与及\s]")
_AFTER = re.compile(
    r"[（(](?:身份证|公民身份|手机|电话|联系|男|女|曾用名|又名|\d{4}年|1[3-9]\d|\+86|另案|已判|在逃)|"
    r"[，,]\s?[男女]\s?[，,、]|(?:之|的)(?:妻|夫|子|女|父|母|儿|兄|弟|姐|妹|丈夫|妻子|配偶|家属|户籍|住址)|"
    r"(?:的)?(?:账户|手机|电话|号码|身份证|银行卡|微信|护照|邮箱|联系方式|联系电话)|名下|到庭|先生|女士|等[二三四五六七八九十\d]?人"
)
_OFFICE = re.compile(rf"(?:{TITLES})[：: ]{{0,3}}(?={surname_pattern()})")
_ORGANISATION = re.compile(
    "[^\x00-\u33ff\uff00-\uffef的了在于至从被将由向给已未系称、]{2,28}?(?:公司|银行|支行|分行|信用社|厂|商店|商行|超市|经营部|合作社|委员会|村委会|"
    "医院|学校|小学|中学|幼儿园|派出所|人民政府|法院|检察院|事务所|集团|中心|饭店|酒店|门市部|服务部|工作室|管理局|协会)"
)


def find(view: View, words: Words) -> Iterator[Candidate]:
    """Yield the names that words around them announce."""
    for match in _STRONG.finditer(view.text):
        yield from _enumeration(view, words, match.start(), match.end())
    for match in _WEAK.finditer(view.text):
        yield from _unannounced(view, words, match.end())


def _enumeration(view: View, words: Words, cue: int, offset: int) -> Iterator[Candidate]:
    """The name at ``offset`` and those joined to it: 证人张伟、李丽."""
    if _hopeless(view.text, offset) or words.straddle(cue, offset):
        return
    first = True
    while (span := _announced(view, words, offset, first=first)) is not None:
        yield _candidate(span, 0.0, "称谓或身份词之后的姓名")
        join = _JOIN.match(view.text, span.end)
        if join is None:
            break
        offset = join.end()
        first = False


def _hopeless(text: str, offset: int) -> bool:
    """Whether an ordinary word stands at ``offset`` and nothing after it speaks for a name.

    Answers without the model, which most places after a role word need not be asked about.
    """
    span = read_name(text, offset)
    if span is None:
        return True
    if not is_word(text[offset : offset + 2]):
        return False
    return span.end - offset == 2 or follow_strength(text, span.end) < 2


def _announced(view: View, words: Words, offset: int, *, first: bool) -> NameSpan | None:
    text = view.text
    span = read_checked(text, offset, words)
    if span is None:
        return None
    strength = follow_strength(text, span.end)
    seen = words.is_person(offset, span.end)
    if begins_like_a_word(text[offset : span.end], announced=first and strength > 0, seen=seen):
        return None
    if strength < 2 and _ORGANISATION.match(text, offset):
        return None
    if strength == 0 and words.contradict(offset, span.end):
        return None
    listed = first or (text[offset - 1] == "、" and strength > 1)
    if not listed and (strength == 0 or words.contradict(offset, span.end)) and not seen:
        return None
    return span


def _unannounced(view: View, words: Words, offset: int) -> Iterator[Candidate]:
    """A name after a preposition, a verb or an edge: what follows must speak for it, too."""
    text = view.text
    if is_word(text[offset : offset + 2]):
        return
    span = read_checked(text, offset, words)
    if span is None:
        return
    phrase = _AFTER.match(text, span.end)
    strength = 3 if phrase else follow_strength(text, span.end)
    if strength < 2 and len(text[offset : span.end]) < 4:
        return
    name = text[offset : span.end]
    coined = words.is_coined(offset, span.end)
    if name[0] in DOUBTFUL_SURNAMES and not (coined or words.is_person(offset, span.end)):
        return
    if any(name.startswith(surname) for surname in SURE_SURNAMES):
        yield _candidate(span, 0.0, "复姓姓名")
        return
    if begins_like_a_word(name, announced=False):
        return
    if not coined and words.contradict(offset, span.end):
        return
    if _ORGANISATION.match(text, offset) and not phrase:
        return
    held = words.inside(offset, span.end)
    # The model must at least be at a loss: no one word it knows for an ordinary one.
    if phrase or coined or len(held) != 1 or held[0].tag not in ORDINARY_NOUNS:
        yield _candidate(span, -0.1, "前后文字表明为姓名")


def read_checked(text: str, offset: int, words: Words) -> NameSpan | None:
    """The name at ``offset``, cut where the model sees a whole ordinary word begin."""
    span = read_name(text, offset)
    end = words.ends_name(offset, span.end) if span else None
    if span is None or end is None or end - offset < 2:
        return span
    return replace(span, end=end)


ORDINARY_NOUNS = frozenset({"n", "v", "vn", "a", "ad", "an", "d", "TIME", "LOC", "m", "t", "f"})


def office_holders(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """Spans of the names of judges, clerks and others who act for an office; these stay.

    What stays is published, so a doubtful reading (法官从张伟处得知) does not count.
    """
    for match in _OFFICE.finditer(text):
        offset = match.end()
        while (span := read_name(text, offset)) is not None:
            name = text[offset : span.end]
            certain = follow_strength(text, span.end) == 3 and name[0] not in DOUBTFUL_SURNAMES
            if not (certain or words.is_person(offset, span.end)):
                break
            if begins_like_a_word(name, announced=True):
                break
            yield span.start, span.end
            if text[span.end : span.end + 1] not in ("、", "，", ",", " "):
                break
            offset = span.end + 1


def _candidate(span: NameSpan, bonus: float, reason: str) -> Candidate:
    return Candidate(Kind.PERSON, span.start, span.end, span.score + bonus, reason, NAME)
