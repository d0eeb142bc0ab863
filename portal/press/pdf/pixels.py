"""Pictures in a PDF: made anew from their pixels, as pictures of stories are.

Nothing else of a picture's bytes gets out: no place, no camera, no comment, nothing between the
data of one line and the next or behind the last.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, UnidentifiedImageError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from portal.press.errors import StoryError
from portal.press.pictures import MAX_PIXELS

_QUALITY = 90
_MODES = frozenset({"L", "RGB", "CMYK"})
# What a picture among the instructions may say of itself, in short and in full.
_LONG = {
    "/W": "/Width",
    "/H": "/Height",
    "/BPC": "/BitsPerComponent",
    "/CS": "/ColorSpace",
    "/IM": "/ImageMask",
    "/D": "/Decode",
    "/I": "/Interpolate",
    "/F": "/Filter",
}
_ONE = frozenset({"/DeviceGray", "/CalGray", "/Indexed", "/Separation", "/G", "/I"})
_THREE = frozenset({"/DeviceRGB", "/CalRGB", "/Lab", "/RGB"})
_FOUR = frozenset({"/DeviceCMYK", "/CMYK"})


def unreadable_picture() -> StoryError:
    """A picture that cannot be made anew."""
    message = "文件中有无法检查的图片格式（如扫描件）。请把图片换成 JPEG 或 PNG 后重新导出为 PDF。"
    return StoryError(message, "file")


def redrawn_jpeg(data: bytes) -> bytes:
    """A JPEG of the same pixels and colours; StoryError where it cannot be decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("JPEG",))
            if picture.width * picture.height > MAX_PIXELS or picture.mode not in _MODES:
                raise unreadable_picture()
            picture.load()
    except StoryError:
        raise
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        raise unreadable_picture() from None
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def bare_pixels(data: bytes, head: Any) -> bytes:
    """The pixels of a plain picture and no byte more; StoryError where there are too few."""
    depth = 1 if head.get("/ImageMask") else int(head.get("/BitsPerComponent", 8))
    parts = 1 if head.get("/ImageMask") else _components(head.get("/ColorSpace"))
    width, height = int(head.get("/Width", 0)), int(head.get("/Height", 0))
    whole = (width * depth * parts + 7) // 8 * height
    if not 0 < whole <= len(data):
        raise unreadable_picture()
    return data[:whole]


def bare_inline(picture: Any) -> dict[str, Any]:
    """A picture among the instructions (as pypdf gives it): small, plain, in plain colours."""
    head = DictionaryObject()
    for key, value in picture["settings"].items():
        name = _LONG.get(key, key)
        if name == "/Filter":
            raise unreadable_picture()
        if name in _LONG.values():
            head[NameObject(name)] = value
    if isinstance(head.get("/ColorSpace"), ArrayObject):
        raise unreadable_picture()
    # The word that ends the picture begins behind a blank.
    return {"settings": head, "data": bare_pixels(picture["data"], head) + b"\n"}


def _components(space: Any) -> int:
    """How many numbers make one colour; StoryError for a space that is not known."""
    space = space.get_object() if space is not None else None
    name, rest = (space[0], space[1:]) if isinstance(space, ArrayObject) else (space, [])
    if name in _ONE:
        return 1
    if name in _THREE:
        return 3
    if name in _FOUR:
        return 4
    if name == "/ICCBased":
        return int(rest[0].get_object().get("/N", 3))
    if name == "/DeviceN":
        return len(rest[0].get_object())
    raise unreadable_picture()
