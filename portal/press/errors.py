"""What the press office is told it cannot do; each message is Chinese and fit for a page."""

from __future__ import annotations


class StoryError(ValueError):
    """The story cannot be changed so; the message says why.

    ``field`` names the part of the form that is meant, where there is one.
    """

    def __init__(self, message: str, field: str = "story") -> None:
        super().__init__(message)
        self.field = field


class StoryChanged(StoryError):
    """Somebody changed the story after it was opened."""

    def __init__(self) -> None:
        super().__init__("稿件在您打开之后已有变动，请刷新后查看最新内容，再作处理。")
