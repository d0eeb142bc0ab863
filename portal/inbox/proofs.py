"""Uploaded proof: which files are taken, by their content and never by their name.

Nothing is decoded here: a decoder fed by strangers does not belong into the public process.
Only the structure of a file is walked (``portal.inbox.structure``), so that what was cut off on
its way, or only begins like a picture, is refused while its sender can still choose another.
The office gets the bytes as they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from portal.inbox.structure import is_whole_jpeg, is_whole_pdf, is_whole_png

MAX_PROOFS = 3
MAX_PROOF = 4 * 1024 * 1024
MAX_TOGETHER = 8 * 1024 * 1024
_MAX_NAME = 80
_FORMATS = (("pdf", is_whole_pdf), ("jpg", is_whole_jpeg), ("png", is_whole_png))


@dataclass(frozen=True)
class Proof:
    """One file as it came: its sender's name for it (the eye's only) and its bytes."""

    name: str
    data: bytes

    @cached_property
    def suffix(self) -> str:
        """``pdf``, ``jpg`` or ``png`` by the content, or "" for anything else."""
        return next((suffix for suffix, is_whole in _FORMATS if is_whole(self.data)), "")


def shown_name(name: str) -> str:
    """The last part of a file's name, on one line."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(mark for mark in last if mark.isprintable())[:_MAX_NAME] or "未命名文件"


def proofs_problem(proofs: tuple[Proof, ...]) -> str:
    """What is wrong with these files, in a sentence; "" where nothing is."""
    if len(proofs) > MAX_PROOFS:
        return f"证明材料最多 {MAX_PROOFS} 个文件。"
    for number, proof in enumerate(proofs, 1):
        if len(proof.data) > MAX_PROOF:
            return f"第 {number} 个文件超过了 {MAX_PROOF // 1024 // 1024} MB。"
        if not proof.suffix:
            return f"第 {number} 个文件不是完整的 PDF、JPEG 或者 PNG 文件。"
    if sum(len(proof.data) for proof in proofs) > MAX_TOGETHER:
        return f"全部文件合计不能超过 {MAX_TOGETHER // 1024 // 1024} MB。"
    return ""
