"""Vehicle identification numbers (GB 16735), engine numbers and registration file numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction import checksums
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "vehicle"
_VIN = re.compile(r"[0-9A-HJ-NPR-Za-hj-npr-z]{17}")
_LABEL = re.compile(r"车架|识别代|底盘|VIN|vin|大架")
_LABELLED = re.compile(
    r"(?:发动机(?:号码?|编号)|车架号码?|辆识别代[号码]|大架号|底盘号|机动车登记证书?(?:编号|号)?|档案编号|行驶证号)"
    r"(?:为|是|[:： ])*([0-9A-Za-z](?:[ \-*]?[0-9A-Za-z]){4,23})(?![0-9A-Za-z])"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield vehicle numbers other than plates."""
    for start, end in view.codes:
        match = _VIN.fullmatch(view.text, start, end)
        if match is None:
            continue
        code = match.group().upper()
        if checksums.is_vin(code):
            yield _candidate(*match.span(), 0.98, "车辆识别代号，校验位正确")
        elif _LABEL.search(view.before(match.start())):
            yield _candidate(*match.span(), 0.95, "车辆识别代号")
        elif sum(c.isdecimal() for c in code) >= 5 and code[-4:].isdecimal():
            yield _candidate(*match.span(), 0.75, "车辆识别代号样式，校验位不符")
    for at in view.labels(NAME):
        match = _LABELLED.match(view.text, at)
        if match and any(c.isdecimal() for c in match.group(1)):
            yield _candidate(*match.span(1), 0.95, "车辆证件标签后的号码")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.VEHICLE, start, end, score, reason, NAME)
