"""The file of a 规范性文件, as a revision names it: signing the revision signs these very bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from portal.reference.press_forms import PressForm

# The one form that may have a file beside its text.
ATTACHED_TO = PressForm.REGULATION


@dataclass(frozen=True)
class Attachment:
    """One file of one revision; ``name`` is a hash of the bytes that go out.

    ``file_name`` is the uploader's name for it, for the office alone; ``size`` is in bytes.
    """

    id: int
    name: str
    file_name: str
    pages: int
    size: int


def name_of(data: bytes) -> str:
    """The name of a file: a hash of its bytes, which says nothing."""
    return hashlib.sha256(data).hexdigest()[:40]
