"""Releases several items at once: only those that masking settles, each of them checked anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.publication.errors import PublicationError, ReasonMissing
from portal.publication.gate import Gate
from portal.publication.outcomes import Outcome
from portal.publication.review import approve
from portal.registry.review_queue import find_review


@dataclass(frozen=True)
class BatchReport:
    """What became of the chosen items: numbers of the released, and why the others were not."""

    released: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


def release_batch(
    gate: Gate, chosen: Iterable[tuple[int, int]], actor: str, reason: str
) -> BatchReport:
    """Release each chosen item (id, edition seen) that is clean but for doubts masking settles.

    One that is not, or that somebody changed or decided meanwhile, stays as it is and is told.
    Raises ReasonMissing before anything is released.
    """
    if not reason.strip():
        raise ReasonMissing("请写明批量放行的理由")
    released: list[str] = []
    left: list[tuple[str, str]] = []
    for review_id, edition in dict(chosen).items():
        item = find_review(gate.stores.registry, review_id)
        number = item.case_number if item else f"第 {review_id} 项"
        try:
            outcome = approve(gate, review_id, actor, reason, seen=edition, in_batch=True)
        except PublicationError as refused:
            left.append((number, str(refused)))
            continue
        if outcome in {Outcome.RELEASED, Outcome.NOT_PUBLIC}:
            released.append(number)
        else:
            left.append((number, "该案件处于撤回状态，没有公开"))
    gate.settle()
    return BatchReport(tuple(released), tuple(left))
