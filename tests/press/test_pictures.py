"""Nothing of an uploaded file gets out but its pixels; nothing that is no picture gets in."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from itertools import pairwise

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from sqlalchemy.orm import Session, sessionmaker

from portal.press.content import StoryContent, read_content
from portal.press.errors import StoryChanged, StoryError
from portal.press.pictures import Picture, check_boxes, measure_picture, render_picture
from portal.press.queries import find_story
from portal.press.uploads import add_picture, describe_pictures
from portal.press.workflow import create_story, submit_story

GPS = 0x8825
SECRET = b"13904170001"


def picture(size: tuple[int, int] = (400, 300), format_: str = "JPEG", **kept: object) -> bytes:
    """Red on the left, white on the right."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, format_, **kept)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[GPS] = {1: "N", 2: (IFDRational(40), IFDRational(40), IFDRational(12))}
    exif[0x0112] = 6
    return picture(exif=exif, comment=SECRET)


def png_bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it has side × side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_place_comment_and_description_stay_behind_and_the_picture_stands_upright() -> None:
    upload = with_place()
    assert Image.open(io.BytesIO(upload)).getexif().get_ifd(GPS)
    (only,) = render_picture(upload, ())
    public = Image.open(io.BytesIO(only.data))
    assert len(public.getexif()) == 0
    assert not set(public.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert SECRET not in only.data and b"Exif" not in only.data
    assert (only.width, only.height) == (300, 400)


def test_what_hangs_behind_a_picture_stays_behind() -> None:
    (only,) = render_picture(picture() + b"<script>alert(1)</script>PK\x03\x04" + SECRET, ())
    assert b"<script>" not in only.data and SECRET not in only.data


def test_names_are_the_hash_of_the_content_and_sizes_grow() -> None:
    sizes = render_picture(picture((2000, 1000), "PNG"), ())
    assert [(size.width, size.height) for size in sizes] == [(480, 240), (960, 480), (1600, 800)]
    assert all(a.width < b.width for a, b in pairwise(sizes))
    for size in sizes:
        assert size.name == hashlib.sha256(size.data).hexdigest()[:40]


def test_a_box_leaves_no_detail_and_touches_nothing_else() -> None:
    image = Image.new("L", (400, 400), 0)
    image.putdata([255 * ((x // 8 + y // 8) % 2) for y in range(400) for x in range(400)])
    out = io.BytesIO()
    image.save(out, "PNG")
    (plain,), (boxed,) = (
        render_picture(out.getvalue(), boxes) for boxes in ((), ((250, 250, 500, 500),))
    )

    def contrast(data: bytes, area: tuple[int, int, int, int]) -> int:
        low, high = Image.open(io.BytesIO(data)).convert("L").crop(area).getextrema()
        return int(high - low)

    assert contrast(plain.data, (110, 110, 290, 290)) > 200
    assert contrast(boxed.data, (110, 110, 290, 290)) < 40
    assert contrast(boxed.data, (0, 0, 90, 90)) > 200


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是可以使用的图片"),
        (b"<svg onload=alert(1)></svg>", "不是可以使用的图片"),
        (b"GIF89a/*" + b"\0" * 40 + b"*/=alert(1)", "不是可以使用的图片"),
        (picture(format_="GIF"), "不是可以使用的图片"),
        (picture(format_="TIFF"), "不是可以使用的图片"),
        (picture()[:2000], "不是可以使用的图片"),
        (png_bomb(60_000), "图片"),
        (png_bomb(7_000), "像素过多"),
        (png_bomb(2_000), "不是可以使用的图片"),
        (picture((50, 50)), "每边至少"),
        (b"\0" * (12 * 1024 * 1024 + 1), "不能超过"),
    ],
)  # fmt: skip
def test_what_is_no_usable_picture_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(StoryError, match=reason):
        measure_picture(data)


@pytest.mark.parametrize(
    "box", [(-1, 0, 10, 10), (0, 0, 0, 10), (995, 0, 10, 10), (0, 0, 10, 2000)]
)
def test_boxes_lie_inside_the_picture(box: tuple[int, int, int, int]) -> None:
    with pytest.raises(StoryError):
        check_boxes((box,))


def test_a_picture_is_part_of_a_revision_and_needs_words(registry: sessionmaker[Session]) -> None:
    story_id = create_story(registry, StoryContent("题目", body="正文"), actor="editor")
    number = add_picture(registry, story_id, picture(), "IMG 1.jpg", revision=1, actor="editor")
    with pytest.raises(StoryChanged):
        add_picture(registry, story_id, picture(), "b.jpg", revision=1, actor="editor")
    with pytest.raises(StoryError, match="文字说明"):
        submit_story(registry, story_id, revision=2, actor="editor")
    with pytest.raises(StoryError, match="作者本人"):
        describe_pictures(registry, story_id, {number: None}, revision=2, actor="other")
    told = Picture(number, " 门楼\n", "", ((0, 0, 10, 10),))
    describe_pictures(registry, story_id, {number: told}, revision=2, actor="editor")
    story = find_story(registry, story_id)
    assert story is not None
    assert read_content(story.content).pictures == (Picture(number, "门楼", "", ((0, 0, 10, 10),)),)
    submit_story(registry, story_id, revision=3, actor="editor")
