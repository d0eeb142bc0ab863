"""What the office may not do with a letter; each message is Chinese and fit for its pages."""

from __future__ import annotations


class CorrespondenceError(Exception):
    """The act is refused; ``field`` names the control of the form it is about."""

    def __init__(self, message: str, field: str = "letter") -> None:
        super().__init__(message)
        self.field = field
