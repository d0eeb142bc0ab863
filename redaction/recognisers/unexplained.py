"""Fail closed: twelve digits or more that nothing explains are taken for an account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from redaction.digits import OVERLONG
from redaction.model import Kind
from redaction.spans import SpanSet
from redaction.view import Candidate, View

NAME = "unexplained"
_SHORTEST = 12
_LABEL = re.compile(
    r"银行|卡号|账号|账户|账户号|存折|开户|户名|尾号|信用卡|储蓄|借记|汇至|转入|转账|打款|汇款|社保卡"
)
_UNIT = re.compile(r"\s*(?:元|万|亿|平方|m2(?![0-9A-Za-z])|美元)")


def find(view: View, explained: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield unbroken groups of many digits that no other recogniser and no guard accounts for."""
    groups = [
        run.span(first, last)
        for run in view.digit_runs
        if len(run.digits) >= _SHORTEST
        for first, last in pairwise(run.bounds)
        if last - first >= _SHORTEST
    ]
    if not groups:
        return
    spans = {(candidate.start, candidate.end) for candidate in explained}
    covered = SpanSet(spans) if any(group not in spans for group in groups) else None
    for start, end in groups:
        if covered is None or covered.holds(start, end):
            continue
        # What stands somewhere in an endless run of digits cannot excuse the whole of it.
        if end - start >= OVERLONG or not (
            _UNIT.match(view.text, end) or view.guards.covers(start, end)
        ):
            score = 0.9 if _LABEL.search(view.before(start, 16)) else 0.6
            yield Candidate(Kind.BANK_ACCOUNT, start, end, score, "无法解释的长号码", NAME)
