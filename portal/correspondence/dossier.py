"""The whole correspondence of a case or of one letter as one archive: a page to print, and files.

Made in memory and handed over: no copy in clear stays with the office. What cannot be opened is
named in it, with the reason.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.correspondence.desk import LetterDesk, list_answers
from portal.correspondence.letter_file import LetterFile
from portal.correspondence.models import WrittenAnswer
from portal.correspondence.opening import Keys, read_letter
from portal.inbox.letters import Letter
from portal.inbox.proofs import Proof
from portal.inbox.sealing import CannotOpen
from portal.registry.audit import AuditEntry, record_act
from portal.staff.trail import TrailFilter, read_trail

PAGE_NAME = "index.html"
MOST_LETTERS = 50
_MOST_ACTS = 500


@dataclass(frozen=True)
class DossierProof:
    """One proof in the archive: where it lies in it, its sender's name for it, its digest."""

    path: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class DossierPart:
    """One letter with all that belongs to it; ``letter`` is None where it could not be opened."""

    file: LetterFile
    letter: Letter | None
    problem: str
    proofs: tuple[DossierProof, ...]
    answers: Sequence[WrittenAnswer]
    acts: Sequence[AuditEntry]


def build_dossier(
    desk: LetterDesk,
    files: Sequence[LetterFile],
    keys: Keys,
    render: Callable[[Sequence[DossierPart]], str],
    *,
    actor: str,
) -> bytes:
    """A ZIP of the page that ``render`` makes of the parts, and every proof as it came.

    Each letter's export is logged before it is opened. At most ``MOST_LETTERS`` letters.
    """
    with desk.registry.begin() as session:
        for file in files:
            record_act(session, actor, "inbox.export", file.receipt, {"key": file.key_id})
    parts: list[DossierPart] = []
    proofs: dict[str, bytes] = {}
    for file in files[:MOST_LETTERS]:
        part, own = _part(desk, file, keys)
        parts.append(part)
        proofs |= own
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE_NAME, render(parts))
        for path, data in proofs.items():
            archive.writestr(path, data)
    return packed.getvalue()


def _part(desk: LetterDesk, file: LetterFile, keys: Keys) -> tuple[DossierPart, dict[str, bytes]]:
    letter, problem = None, ""
    proofs: dict[str, Proof] = {}
    try:
        letter = read_letter(desk, file, keys)
    except CannotOpen as reason:
        problem = str(reason)
    else:
        for position, proof in enumerate(letter.proofs, 1):
            proofs[f"proofs/{file.receipt}-{position}.{proof.suffix or 'bin'}"] = proof
    told = tuple(
        DossierProof(path, proof.name, len(proof.data), hashlib.sha256(proof.data).hexdigest())
        for path, proof in proofs.items()
    )
    acts, _ = read_trail(desk.registry, TrailFilter(subject=file.receipt), limit=_MOST_ACTS)
    answers = list_answers(desk, file.receipt)
    part = DossierPart(file, letter, problem, told, answers, acts[::-1])
    return part, {path: proof.data for path, proof in proofs.items()}
