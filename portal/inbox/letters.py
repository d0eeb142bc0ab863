"""A letter to the court: what it has to say, and how it is packed before it is sealed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from portal.inbox.proofs import Proof, proofs_problem
from portal.reference.submission_kinds import SubmissionKind

MIN_STATEMENT = 10
MAX_STATEMENT = 4000
MAX_NAME = 60
MAX_CONTACT = 200
_CONTROL = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f]")
_HEAD_BYTES = 4


@dataclass(frozen=True)
class Letter:
    """The private part of a submission, in clear. It exists in memory only."""

    kind: SubmissionKind
    statement: str
    name: str = ""
    contact: str = ""
    proofs: tuple[Proof, ...] = ()


def clean(text: str) -> str:
    """Text as it is kept: lines kept, every other blank or control character one blank."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", lines).encode("utf-8", "replace").decode().strip()


def letter_problems(letter: Letter) -> list[tuple[str, str]]:
    """(field, sentence) for everything that keeps the letter from being taken."""
    problems = []
    if len(letter.statement) < MIN_STATEMENT:
        problems.append(("statement", f"请写明情况，至少 {MIN_STATEMENT} 个字。"))
    if len(letter.statement) > MAX_STATEMENT:
        problems.append(
            ("statement", f"情况说明不能超过 {MAX_STATEMENT} 字，其余可以作为 PDF 上传。")
        )
    if not letter.kind.is_clue and not letter.name:
        problems.append(("name", "请填写姓名或者单位名称，法院需要核对身份。"))
    if not letter.kind.is_clue and not letter.contact:
        problems.append(("contact", "请填写联系方式，法院可能需要向您核实。"))
    if len(letter.name) > MAX_NAME:
        problems.append(("name", f"姓名或者单位名称不能超过 {MAX_NAME} 字。"))
    if len(letter.contact) > MAX_CONTACT:
        problems.append(("contact", f"联系方式不能超过 {MAX_CONTACT} 字。"))
    trouble = proofs_problem(letter.proofs)
    if trouble:
        problems.append(("proof", trouble))
    return problems


def pack_text(letter: Letter) -> bytes:
    """Everything but the proofs, as JSON."""
    fields = {"statement": letter.statement, "name": letter.name, "contact": letter.contact}
    return json.dumps(fields, ensure_ascii=False).encode()


def pack_proof(proof: Proof) -> bytes:
    """Length of the name (4 bytes), name, bytes of the file."""
    name = proof.name.encode()
    return len(name).to_bytes(_HEAD_BYTES, "big") + name + proof.data


def unpack(kind: SubmissionKind, text: bytes, proofs: list[bytes]) -> Letter:
    """The letter that :func:`pack_text` and :func:`pack_proof` made.

    Raises ValueError or TypeError for anything else: whoever has the public key can seal.
    """
    fields = json.loads(text)
    if not all(isinstance(value, str) for value in fields.values()):
        raise ValueError("a letter is text")
    return Letter(kind, **fields, proofs=tuple(map(_unpack_proof, proofs)))


def _unpack_proof(packed: bytes) -> Proof:
    end = _HEAD_BYTES + int.from_bytes(packed[:_HEAD_BYTES], "big")
    return Proof(packed[_HEAD_BYTES:end].decode(), packed[end:])
