"""What a file must not hold, looked for in every object that can be reached in it.

Most of it would be left out when the file is written anew. It is refused all the same: whoever
made the file did not mean to publish a comment or a form, and is told so before anybody signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from portal.press.errors import StoryError
from portal.press.pdf.limits import MAX_BYTES, MAX_OBJECTS, MAX_PAGES

EXPORT = "请从文字处理软件重新导出为 PDF"
_HEADER, _END = b"%PDF-", b"%%EOF"
_SCRIPT = "文件中有脚本或者会启动程序、提交数据的动作，不能发布。" + EXPORT + "。"
_EMBEDDED = "文件中嵌有其他文件，不能发布。请去掉后" + EXPORT.removeprefix("请") + "。"
_FORM = "文件中有表单或者电子签章，不能发布。" + EXPORT + "，签章可以留在纸质文件上。"
_LAYERS = "文件中有图层，图层可能藏有看不见的内容，不能发布。请合并图层后重新导出。"
_COMMENT = "文件中有批注或者标记，不能发布。请删除批注后重新导出。"

_ACTIONS = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE"),
        *("/Rendition", "/RichMediaExecute", "/Movie", "/Sound"),
    }
)
_LINKS = frozenset({"/Link", "/Popup"})


def check_frame(data: bytes) -> None:
    """Refuse what is no whole PDF file from its first byte to its last."""
    if len(data) > MAX_BYTES:
        raise _refused(f"文件不能超过 {MAX_BYTES // 1024 // 1024} MB。")
    if not data.startswith(_HEADER):
        raise _refused("不是 PDF 文件。请上传 PDF 格式的文件。")
    end = data.rstrip(b"\0\t\r\n ")
    if _END not in data:
        raise _refused("文件不完整，可能没有传完。请重新上传。")
    if not end.endswith(_END):
        raise _refused("文件末尾有不属于 PDF 的内容，不能发布。" + EXPORT + "。")


def check_structure(reader: PdfReader) -> None:
    """Refuse a file that is locked, too long, or holds more than pages to be read."""
    if reader.is_encrypted:
        raise _refused("文件有密码或者设有权限，无法检查。请取消保护后重新导出。")
    if len(reader.pages) > MAX_PAGES:
        raise _refused(f"文件不能超过 {MAX_PAGES} 页。")
    if not reader.pages:
        raise _refused("文件中没有一页内容。")
    for each in _dictionaries(reader.root_object):
        _check_dictionary(each)


def _check_dictionary(each: DictionaryObject) -> None:
    # A resource may be called so and be anything.
    action = _value(each, "/S")
    if (isinstance(action, NameObject) and action in _ACTIONS) or {
        "/JS",
        "/JavaScript",
    } & each.keys():
        raise _refused(_SCRIPT)
    if _value(each, "/Subtype") == "/FileAttachment" or {"/EmbeddedFiles", "/EF"} & each.keys():
        raise _refused(_EMBEDDED)
    form = _value(each, "/AcroForm")
    if isinstance(form, DictionaryObject) and (_value(form, "/Fields") or "/XFA" in form):
        raise _refused(_FORM)
    layers = _value(each, "/OCProperties")
    if isinstance(layers, DictionaryObject) and _value(layers, "/OCGs"):
        raise _refused(_LAYERS)
    notes = _value(each, "/Annots")
    if isinstance(notes, ArrayObject):
        for note in notes:
            kind = _value(note.get_object(), "/Subtype")
            if kind == "/Widget":
                raise _refused(_FORM)
            if kind == "/FileAttachment":
                raise _refused(_EMBEDDED)
            if kind not in _LINKS:
                raise _refused(_COMMENT)


def _dictionaries(root: Any) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached, streams included, each once."""
    waiting, met, seen = [root], set[tuple[int, int]](), 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) in met:
                continue
            met.add((each.idnum, each.generation))
            each = each.get_object()
        seen += 1
        if seen > MAX_OBJECTS * 10 or len(met) > MAX_OBJECTS:
            raise _refused("文件的结构过于复杂，无法检查。" + EXPORT + "。")
        if isinstance(each, DictionaryObject | StreamObject):
            yield each
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += each


def _value(each: Any, key: str) -> Any:
    if not isinstance(each, DictionaryObject):
        return None
    found = each.get(key)
    return found.get_object() if found is not None else None


def _refused(message: str) -> StoryError:
    return StoryError(message, "file")
