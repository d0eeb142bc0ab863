"""What a colleague's browser gets to see of a picture is pixels alone."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.pictures import LONGEST_SIDE, redraw


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options: object):
    held = BytesIO()
    Image.new(mode, size).save(held, form, **options)
    return held.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        picture("JPEG"),
        picture("JPEG", "CMYK"),
        picture("PNG"),
        picture("PNG", "RGBA"),
        picture("PNG", "P"),
        picture("PNG", "LA"),
        picture("PNG", "1"),
    ],
)
def test_every_kind_of_picture_is_drawn(data: bytes) -> None:
    assert Image.open(BytesIO(redraw(data))).size == (60, 40)


def test_nothing_of_the_file_is_left() -> None:
    exif = Image.Exif()
    exif[0x010E] = "秦椒榕的家"
    sent = picture("JPEG", exif=exif) + b"PK\x03\x04<script>"
    drawn = redraw(sent)
    assert b"script" not in drawn and b"PK" not in drawn
    assert not dict(Image.open(BytesIO(drawn)).getexif())


def test_it_stands_upright_and_is_no_larger_than_a_screen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = Image.open(BytesIO(redraw(picture("JPEG", size=(3000, 300), exif=exif))))
    assert drawn.size == (LONGEST_SIDE // 10, LONGEST_SIDE)


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4", picture("PNG")[:60], picture("GIF"), picture("JPEG")[:150]],
    ids=["empty", "another format", "cut", "a format nobody may send", "cut in its tables"],
)
def test_what_is_no_picture_is_said(data: bytes) -> None:
    with pytest.raises(CorrespondenceError, match="不能显示"):
        redraw(data)
