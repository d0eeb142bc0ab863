"""Redaction as a filter: lines in, masked lines or JSON objects out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TextIO

from redaction.model import Known, KnownPerson
from redaction.redactor import Redactor


def run(
    lines: Iterable[str],
    out: TextIO,
    redactor: Redactor,
    parties: Iterable[str] = (),
    *,
    as_json: bool = False,
) -> int:
    """Mask each line; returns how many were read.

    With ``as_json`` each line becomes ``{"text", "findings"}`` with offsets in characters of the
    line as read, its line ending aside. A line that was not UTF-8 should be read with
    ``errors="surrogateescape"``: the stray bytes are shown as U+FFFD and never swallow what stands
    beside them.
    """
    known = Known(persons=tuple(KnownPerson(name) for name in parties))
    count = 0
    for line in lines:
        count += 1
        text = line.removesuffix("\n").removesuffix("\r")
        result = redactor.redact(text, known)
        if as_json:
            findings = [
                {
                    "kind": f.kind.value,
                    "start": f.start,
                    "end": f.end,
                    "replacement": f.replacement,
                    "score": f.score,
                    "reason": f.reason,
                }
                for f in result.findings
            ]
            record = {"text": printable(result.text), "findings": findings}
            out.write(_one_line(json.dumps(record, ensure_ascii=False)) + "\n")
        else:
            out.write(printable(result.text) + "\n")
        out.flush()
    return count


def _one_line(encoded: str) -> str:
    """JSON text with the line separators that JSON allows raw written as escapes."""
    return re.sub("[\x85\u2028\u2029]", lambda m: f"\\u{ord(m.group()):04x}", encoded)


def printable(text: str) -> str:
    """The same number of characters, with lone surrogates as U+FFFD so that UTF-8 can carry it."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
