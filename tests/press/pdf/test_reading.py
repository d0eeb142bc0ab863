"""Every glyph stands for a character that is known, or the file is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pypdf import PdfWriter

from portal.press.errors import StoryError
from portal.press.pdf.taking_apart import take_apart
from tests.papers import draw, pdf, put, spoiled, stream

TABLE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /T def /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfchar <41> <%s> endbfchar endcmap end end"""


def with_glyph(characters: str, font: str = "/ABCDEE+SimSun") -> Callable[[PdfWriter], None]:
    """A file with one glyph more, which its font says is these characters (UTF-16, in hex)."""

    def spoil(writer: PdfWriter) -> None:
        table = writer._add_object(stream(TABLE % characters.encode()))
        head = {"/Type": "/Font", "/Subtype": "/TrueType", "/BaseFont": font}
        put(writer, "/Font", "/G", pdf(head | {"/ToUnicode": table}))
        draw(writer, b"BT /G 12 Tf 72 60 Td (A) Tj ET")

    return spoil


@pytest.mark.parametrize(
    ("characters", "read"),
    [
        ("79E6", "秦"),
        # 𠮷 has two halves.
        ("D842DFB7", "𠮷"),
        ("2EA2", "⺢"),
        ("00660069", "fi"),
    ],
)
def test_a_character_is_read_as_its_font_says(characters: str, read: str) -> None:
    reading, _ = take_apart(spoiled(with_glyph(characters)))
    assert reading["pages"][0].endswith(read)


@pytest.mark.parametrize(
    "characters",
    [
        "E863",  # a glyph that only this font knows
        "F0B7",  # a sign, but not in a font of signs
        "D842",  # half a character
        "DFB7D842",
        "DB80DC00",  # private use, beyond the basic plane
        "FFFD",
        "0378",  # stands for nothing yet
        "0001",
    ],
)
def test_what_is_no_character_cannot_be_checked(characters: str) -> None:
    with pytest.raises(StoryError, match="第 1 页有无法识别的文字"):
        take_apart(spoiled(with_glyph(characters)))


@pytest.mark.parametrize("font", ["/ABCDEE+Wingdings", "/ABCDEE+SymbolMT", "/Wingdings-Regular"])
def test_the_signs_of_lists_are_no_words(font: str) -> None:
    reading, _ = take_apart(spoiled(with_glyph("F0B7", font)))
    assert reading["pages"][0].endswith("•")
