"""Pictures of stories: decoded once, made anew, so that nothing of the file itself gets out.

A public picture holds pixels and nothing else: no EXIF, no place, no comment, no second
format hidden behind the first. Its name is a hash of its bytes.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from portal.press.errors import StoryError

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_SIDE = 100
WIDTHS = (480, 960, 1600)
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 82
MAX_BOXES = 30

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Picture:
    """A picture of one revision: which upload, its words, and the boxes to blur.

    A box is (left, top, width, height) in tenths of a percent of the upright picture, so
    that it means the same at every size.
    """

    id: int
    alt: str = ""
    caption: str = ""
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Rendition:
    """One size of a picture as the public gets it."""

    name: str
    width: int
    height: int
    data: bytes


def measure_picture(data: bytes) -> tuple[int, int]:
    """Width and height of a picture that can be used; StoryError says why one cannot."""
    image = _decode(data)
    return image.size


def render_picture(data: bytes, boxes: tuple[Box, ...]) -> tuple[Rendition, ...]:
    """The public sizes of an upload, smallest first, blurred where asked."""
    image = _blurred(_decode(data), boxes)
    widths = [width for width in WIDTHS if width < image.width] or []
    widths.append(min(image.width, WIDTHS[-1]))
    return tuple(_encode(image, width) for width in dict.fromkeys(widths))


def check_boxes(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    """Boxes that lie inside the picture; StoryError for any other."""
    if len(boxes) > MAX_BOXES:
        raise StoryError(f"一张图片最多 {MAX_BOXES} 个遮挡框。", "pictures")
    for left, top, width, height in boxes:
        if min(left, top) < 0 or min(width, height) < 1:
            raise StoryError("遮挡框的位置和大小应为正数。", "pictures")
        if left + width > 1000 or top + height > 1000:
            raise StoryError("遮挡框超出了图片范围（每边为 0 至 1000）。", "pictures")
    return boxes


def _decode(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise StoryError(f"图片不能超过 {MAX_BYTES // 1024 // 1024} MB。", "file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=FORMATS)
            # The size stands in the header: a bomb is refused before a pixel is decoded.
            if opened.width * opened.height > MAX_PIXELS:
                raise StoryError("图片的像素过多，请先缩小。", "file")
            if min(opened.size) < MIN_SIDE:
                raise StoryError(f"图片每边至少 {MIN_SIDE} 像素。", "file")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    except StoryError:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise StoryError("不是可以使用的图片，请上传 JPEG、PNG 或 WebP 文件。", "file") from error
    flat = Image.new("RGB", upright.size, "white")
    pixels = upright.convert("RGBA")
    flat.paste(pixels, mask=pixels.getchannel("A"))
    return flat


def _blurred(image: Image.Image, boxes: tuple[Box, ...]) -> Image.Image:
    for left, top, width, height in boxes:
        area = (
            left * image.width // 1000,
            top * image.height // 1000,
            -(-(left + width) * image.width // 1000),
            -(-(top + height) * image.height // 1000),
        )
        part = image.crop(area)
        # Blurring alone can be undone in part: first only a few colours are left.
        coarse = part.resize((4, 4), Image.Resampling.BOX).resize(part.size)
        image.paste(coarse.filter(ImageFilter.GaussianBlur(max(part.size) / 20)), area)
    return image


def _encode(image: Image.Image, width: int) -> Rendition:
    height = max(1, round(image.height * width / image.width))
    sized = image.resize((width, height), Image.Resampling.LANCZOS)
    # Made from the pixels alone: what the decoder keeps beside them stays behind.
    bare = Image.frombytes("RGB", sized.size, sized.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    data = out.getvalue()
    return Rendition(hashlib.sha256(data).hexdigest()[:40], width, height, data)
