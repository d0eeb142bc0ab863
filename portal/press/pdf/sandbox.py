"""Has a file taken apart by a process of its own, which nothing the file does can outlive."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import Any

from portal.press.errors import StoryError
from portal.press.pdf.limits import SECONDS, TOO_MUCH

# The worker counts its seconds at work; waiting for a busy machine is counted here.
PATIENCE = 2 * SECONDS


@dataclass(frozen=True)
class Reading:
    """What can be read in a file, page by page, and what is drawn there beside the words.

    ``beyond`` has a second reading of pages on which that finds more, "" of all others.
    ``images`` and ``curves`` count pictures and bent lines of each page: both may hold words.
    ``labels`` are names of fonts and resources that are more than codes.
    ``left_out`` counts what the file held and the new one does not: none where it is such a one.
    """

    pages: tuple[str, ...]
    beyond: tuple[str, ...]
    images: tuple[int, ...]
    curves: tuple[int, ...]
    outline: tuple[str, ...]
    links: tuple[str, ...]
    labels: tuple[str, ...]
    left_out: int

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Reading:
        """A reading as it was kept."""
        return cls(
            **{
                name: tuple(value) if isinstance(value, list | tuple) else value
                for name, value in kept.items()
            }
        )

    def to_json(self) -> dict[str, Any]:
        """The form in which it is kept."""
        return asdict(self)


def take_apart(data: bytes) -> tuple[Reading, bytes]:
    """What is read in a PDF, and the PDF written anew; StoryError says why it is refused."""
    # No variable of this process goes along: none of them is the file's business.
    worker = [sys.executable, "-I", "-m", "portal.press.pdf.worker"]
    try:
        run = subprocess.run(  # noqa: S603 - our own module
            worker,
            input=data,
            stdout=subprocess.PIPE,
            # What a parser complains of may be as long as the file makes it.
            stderr=subprocess.DEVNULL,
            env={},
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.SubprocessError:
        raise StoryError(TOO_MUCH, "file") from None
    head, _, cleaned = run.stdout.partition(b"\n")
    told = json.loads(head)
    if "refused" in told:
        raise StoryError(told["refused"], "file")
    return Reading.from_json(told), cleaned
