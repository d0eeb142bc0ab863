"""Prepared answers, by what checking came to: a beginning that its writer completes.

They name nobody and claim no rule that is not confirmed.
"""

from __future__ import annotations

from portal.correspondence.models import Outcome
from portal.reference.submission_kinds import SubmissionKind

_REVIEW = "不同意处理结果的，可以向上一级法院书面申请复核。"

_BY_OUTCOME = {
    Outcome.UPHELD: (
        "经核查，您反映的情况属实。公开的信息已经更正，原页面显示更正后的内容。",
        "经核查，这条名单记录不应当继续公布，已经从名单、检索和订阅中移除，原地址显示已移除。",
    ),
    Outcome.REJECTED: (
        f"经核查，公开的信息与案卷记载一致，不予更正。{_REVIEW}",
        f"经核查，列入名单的情形仍然存在，暂不移除。{_REVIEW}",
    ),
    Outcome.ELSEWHERE: (
        "经核查，您反映的案件不由本院办理。请携带证明材料向作出决定的法院书面提出。",
    ),
    Outcome.NOTED: ("线索已经收到并完成查证。为保护提供人，查证情况不在网上公布。感谢您的支持。",),
}


def phrases_for(kind: SubmissionKind, outcome: str) -> tuple[str, ...]:
    """Beginnings that fit a letter; none before it was checked."""
    if outcome not in set(Outcome):
        return ()
    prepared = _BY_OUTCOME[Outcome(outcome)]
    if outcome == Outcome.ELSEWHERE or kind.is_clue:
        return prepared
    # The second of each pair speaks of lists.
    return prepared[::-1] if kind is SubmissionKind.OBJECTION else prepared
