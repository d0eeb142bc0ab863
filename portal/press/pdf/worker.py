"""The process that takes one PDF apart: the file comes in on standard input, and what was made
of it goes out on standard output: a line of JSON, then the bytes of the new file.

It sets its own limits before it loads a parser, opens nothing, and ends. PDFium, which is no
Python, gets to see only what was written anew.
"""

from __future__ import annotations

import json
import resource
import sys

from portal.press.errors import StoryError
from portal.press.pdf.limits import MAX_BYTES, MEMORY, SECONDS, TOO_MUCH

BROKEN = "文件无法读完，结构有误或者不完整。请从文字处理软件重新导出为 PDF 后再上传。"


def main() -> None:
    """Answer with ``{"refused": message}``, or with what was read and the new file."""
    _limit()
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        # Loaded behind the limits, and in this process alone.
        from portal.press.pdf.taking_apart import take_apart

        reading, cleaned = take_apart(data)
    except StoryError as refusal:
        _answer({"refused": str(refusal)})
    except (MemoryError, RecursionError):
        _answer({"refused": TOO_MUCH})
    except Exception:
        # Whatever a parser stumbles over, nobody can say what is in this file.
        _answer({"refused": BROKEN})
    else:
        _answer(reading, cleaned)


def _answer(head: dict[str, object], cleaned: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + cleaned)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
