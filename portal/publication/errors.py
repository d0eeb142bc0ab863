"""What the gate refuses to do; each message is Chinese and fit for the office's pages."""

from __future__ import annotations

from datetime import datetime


class PublicationError(Exception):
    """Base of everything the gate refuses."""


class CaseUnknown(PublicationError):
    """There is no such case in the registry."""


class ReviewUnknown(PublicationError):
    """There is no such item in the review queue."""


class ReviewDecided(PublicationError):
    """Somebody decided the item already, or the case was sent again meanwhile."""


class ReviewChanged(PublicationError):
    """Somebody else did something to the item after the page was opened.

    ``acts`` are what was done since, oldest first: (actor, moment, act, reason).
    """

    def __init__(self, acts: tuple[tuple[str, datetime, str, str], ...]) -> None:
        super().__init__("您打开本页之后，这一项已被他人改动；您填写的内容没有提交，仍保留在下面")
        self.acts = acts


class NotForBatch(PublicationError):
    """The item holds something that a reader has to look at by itself."""


class MarkRefused(PublicationError):
    """A mark makes no sense here; ``field`` is what of it is wrong."""

    def __init__(self, message: str, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


class OverrideRefused(PublicationError):
    """Private words cannot be let stand: nobody may, or not this person, or not these words."""

    def __init__(self, message: str, field: str = "override_text") -> None:
        super().__init__(message)
        self.field = field


class LeakNotApprovable(PublicationError):
    """A failed leak check cannot be approved away; the text has to be masked further."""


class NoteLeak(PublicationError):
    """The version note of a case would say something private; the case stays as it was."""

    def __init__(self, case_number: str) -> None:
        super().__init__(f"案件 {case_number} 的版本说明中有私密内容，没有发布")


class CodeRefused(PublicationError):
    """A query code cannot be given out or ended; the message says why."""


class ReasonMissing(PublicationError):
    """An approval, a withdrawal or a restoration needs a written reason."""


class SecondReaderNeeded(PublicationError):
    """What may not be published without a higher decision takes two people to release."""


class NotPublished(PublicationError):
    """There is nothing public to withdraw."""


class LinkRefused(PublicationError):
    """A link cannot be marked so: not of a platform, private, or the record has changed."""


class StoryNotReady(PublicationError):
    """The story is in a state that cannot be published, or its signer wrote it."""


class StoryHeld(PublicationError):
    """The story still holds private data; ``reasons`` say where and of what kind."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("稿件中仍有应当屏蔽的内容：" + "；".join(reasons))
        self.reasons = reasons
