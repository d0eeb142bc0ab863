"""Letters to the court of the demo world, from ``data/letters.toml``, with invented proof."""

from __future__ import annotations

from typing import Any

from portal.reference.vocabulary import StoryKind
from seed.drawings import draw_scene
from seed.library import read_table

_LINES = (
    "%PDF-1.4",
    "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
    "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 120]/Contents 4 0 R"
    "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj",
    "4 0 obj <</Length 47>> stream",
    "BT /F 14 Tf 20 60 Td (Invented voucher) Tj ET  ",
    "endstream endobj",
)


def build_letters() -> list[dict[str, Any]]:
    """All letters: ``kind``, ``about``, ``days``, ``stage``, the sender's words, and ``proofs``.

    ``proofs`` are pairs of a file name and its bytes.
    """
    return [
        {
            **letter,
            "statement": letter["statement"].strip(),
            "proofs": [_proof(form, letter["statement"]) for form in letter["proofs"]],
        }
        for letter in read_table("letters")["letter"]
    ]


def _proof(form: str, title: str) -> tuple[str, bytes]:
    if form == "picture":
        return "现场照片.png", draw_scene(StoryKind.STORM, title)
    return "转账凭证.pdf", _voucher()


def _voucher() -> bytes:
    """A PDF of one page with a table of where its objects lie."""
    written, places = "", []
    for line in _LINES:
        if " obj " in line:
            places.append(len(written))
        written += f"{line}\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer <</Size {len(places) + 1}/Root 1 0 R>>"
    return (
        f"{written}xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{trailer}\n"
        f"startxref\n{len(written)}\n%%EOF\n"
    ).encode()
