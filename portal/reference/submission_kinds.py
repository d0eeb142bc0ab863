"""What people send to the court through the portal, and how far each of it has come."""

from __future__ import annotations

from enum import StrEnum


class SubmissionKind(StrEnum):
    """What somebody wants from the court."""

    CORRECTION = "correction"
    OBJECTION = "objection"
    PROPERTY = "property"
    WHEREABOUTS = "whereabouts"

    @property
    def words(self) -> str:
        """As people read it."""
        return _WORDS[self]

    @property
    def short(self) -> str:
        """The same without its explanation."""
        return _WORDS[self].partition("（")[0]

    @property
    def is_clue(self) -> bool:
        """Clues may come from nobody in particular; whoever wants an answer says who he is."""
        return self in (SubmissionKind.PROPERTY, SubmissionKind.WHEREABOUTS)


class Progress(StrEnum):
    """How far a submission has come, as its sender may know."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ANSWERED = "answered"
    IN_REVIEW = "in_review"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """As people read it."""
        return _PROGRESS_WORDS[self]


_WORDS = {
    SubmissionKind.CORRECTION: "更正申请（公布的内容不准确、不完整或者没有及时更新）",
    SubmissionKind.OBJECTION: "名单异议（认为不应当列入，或者应当移除）",
    SubmissionKind.PROPERTY: "财产线索",
    SubmissionKind.WHEREABOUTS: "下落线索",
}
_PROGRESS_WORDS = {
    Progress.RECEIVED: "已收到，等待法院处理",
    Progress.IN_HAND: "法院正在核查",
    Progress.CORRECTED: "核查属实，已经更正",
    Progress.REJECTED: "经核查，不予更正",
    Progress.ANSWERED: "法院已经答复",
    Progress.IN_REVIEW: "上一级法院正在复核",
    Progress.CLOSED: "已经办结",
}
