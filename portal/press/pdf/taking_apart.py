"""From the file as it came to the file as it may go out, and to what can be read in it."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError

from portal.press.errors import StoryError
from portal.press.pdf.contents import Drawn
from portal.press.pdf.limits import MAX_BYTES
from portal.press.pdf.navigation import read_links, read_outline, write_links, write_outline
from portal.press.pdf.reading import read_pages
from portal.press.pdf.rereading import read_beyond, read_labels
from portal.press.pdf.rewriting import Copyist
from portal.press.pdf.structure import check_frame, check_structure


def take_apart(data: bytes) -> tuple[dict[str, Any], bytes]:
    """What is read in a file (``Reading`` as JSON), and the file written anew.

    Raises StoryError for a file that must not go out or cannot be looked through.
    """
    check_frame(data)
    try:
        reader = PdfReader(io.BytesIO(data))
        check_structure(reader)
        copyist = Copyist(reader)
        drawn, links = [], list[str]()
        for number, page in enumerate(reader.pages):
            drawn.append(copyist.add_page(page))
            found = read_links(page)
            write_links(copyist.writer, number, found)
            links += (address for _, address in found)
        outline = read_outline(reader)
        write_outline(copyist.writer, outline)
        cleaned = copyist.written()
    except LimitReachedError:
        raise StoryError("文件中有展开后过大的数据，无法检查。请重新导出为 PDF。", "file") from None
    if len(cleaned) > MAX_BYTES:
        raise StoryError("文件整理后过大。请压缩其中的图片后重新导出。", "file")
    pages, new = read_pages(cleaned), PdfReader(io.BytesIO(cleaned))
    _refuse_unreadable(pages, drawn)
    reading = {
        "pages": pages,
        "beyond": read_beyond(new, pages),
        "images": [each.images for each in drawn],
        "curves": [each.curves for each in drawn],
        "outline": [each.title for each in outline],
        "labels": read_labels(new),
        "links": list(dict.fromkeys(links)),
        "left_out": _surplus(reader, new),
    }
    return reading, cleaned


def _surplus(reader: PdfReader, new: PdfReader) -> int:
    """Objects and entries of a file that its new form does not have."""
    return max(0, _objects(reader) - _objects(new)) + len(
        reader.trailer.keys() - new.trailer.keys()
    )


def _objects(reader: PdfReader) -> int:
    return sum(map(len, reader.xref.values())) + len(reader.xref_objStm)


def _refuse_unreadable(pages: list[str], drawn: list[Drawn]) -> None:
    for number, (text, each) in enumerate(zip(pages, drawn, strict=True), 1):
        if not text and each.paint:
            raise StoryError(
                f"文件第 {number} 页没有文字，可能是扫描件，无法检查。"
                "请从文字处理软件重新导出为 PDF，或者把内容录入正文。",
                "file",
            )
    if not any(pages):
        raise StoryError("文件中没有文字。", "file")
