"""The words of a PDF as a browser's own reader gives them out, and whether it could read them.

Text is read wherever it stands: outside the page, cut off, transparent, white on white.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from ctypes import create_string_buffer

import pypdfium2
import pypdfium2.raw as pdfium

from portal.press.errors import StoryError
from portal.press.pdf.limits import MAX_CHARACTERS

# What PDFium says for the hyphen at the end of a line.
_HYPHENS = frozenset({0x02, 0xFFFE})
# Fonts of signs: their glyphs have no characters, and no words are set in them.
_SIGNS = ("wingdings", "webdings", "symbol", "dingbats")
_LOST = "\ufffd"
_HALVES = range(0xD800, 0xE000)
_NO_CHARACTER = frozenset({"Co", "Cn", "Cs", "Cc"})


def read_pages(data: bytes) -> list[str]:
    """The text of each page; StoryError where there are glyphs that stand for no character."""
    document = pypdfium2.PdfDocument(data)
    pages, length = [], 0
    for number, page in enumerate(document, 1):
        text = _paired("".join(_characters(page.get_textpage(), number)), number)
        lines = (" ".join(line.split()) for line in text.splitlines())
        pages.append("\n".join(filter(None, lines)))
        length += len(text)
        if length > MAX_CHARACTERS:
            raise StoryError(f"文件的文字不能超过 {MAX_CHARACTERS:,} 字。", "file")
    return pages


def _characters(text: pypdfium2.PdfTextPage, number: int) -> Iterator[str]:
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code in _HYPHENS and pdfium.FPDFText_IsHyphen(text, at) == 1:
            yield "-"
        elif pdfium.FPDFText_IsGenerated(text, at) == 1 or code in (0x09, 0x0A, 0x0D):
            yield chr(code)
        elif not _is_known(text, at, code):
            if not _font(text, at).startswith(_SIGNS):
                raise _unreadable(number)
            yield "•"
        else:
            yield chr(code)


def _is_known(text: pypdfium2.PdfTextPage, at: int, code: int) -> bool:
    if pdfium.FPDFText_HasUnicodeMapError(text, at) == 1 or code > 0xFFFF:
        return False
    # The rarest characters come in two halves, which are looked at when they are put together.
    return code in _HALVES or _is_character(chr(code))


def _paired(text: str, number: int) -> str:
    """The text with the two halves of each rare character put together."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if not all(_is_character(mark) for mark in whole if mark == _LOST or mark > "\uffff"):
        raise _unreadable(number)
    return whole


def _is_character(mark: str) -> bool:
    return mark != _LOST and unicodedata.category(mark) not in _NO_CHARACTER


def _font(text: pypdfium2.PdfTextPage, at: int) -> str:
    room = create_string_buffer(256)
    pdfium.FPDFText_GetFontInfo(text, at, room, len(room), None)
    name = room.value.decode("utf-8", "replace").casefold()
    return name.partition("+")[2] or name


def _unreadable(number: int) -> StoryError:
    return StoryError(
        f"文件第 {number} 页有无法识别的文字（字体没有对应的文字编码），不能检查。"
        "请换用常用字体后从文字处理软件重新导出为 PDF，或者把内容录入正文。",
        "file",
    )
