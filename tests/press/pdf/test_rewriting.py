"""Nothing of an uploaded PDF gets out but what its pages show, and all of that can be read."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, floats, integers, lists, sampled_from, tuples
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader, PdfWriter

from portal.press.errors import StoryError
from portal.press.pdf.pixels import bare_pixels, redrawn_jpeg
from portal.press.pdf.taking_apart import take_apart
from tests.papers import (
    TEXT,
    annotate,
    at_root,
    draw,
    everything_in,
    image,
    jpeg,
    paper,
    pdf,
    put,
    said,
    spoiled,
    stream,
)

NAME, PHONE = "秦椒榕", "13904170001"


def earlier_revision() -> bytes:
    """A file whose text was replaced and saved into the same file, as editors of PDFs do."""
    writer = PdfWriter(io.BytesIO(paper(f"{NAME}，电话{PHONE}")), incremental=True)
    page: Any = writer.pages[0]
    contents = page["/Contents"].get_object()
    contents.set_data(said(TEXT))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def unused(writer: PdfWriter) -> None:
    put(writer, "/XObject", "/Old", stream(said(NAME), Subtype="/Form", BBox=[0, 0, 9, 9]))
    writer._add_object(stream(f"{NAME}{PHONE}".encode()))


def private_data(writer: PdfWriter) -> None:
    kept = {"/Word": {"/LastModified": "D:2018", "/Private": {"/Author": f"{NAME}{PHONE}"}}}
    writer.pages[0].update(pdf({"/PieceInfo": kept, "/Metadata": xmp(writer)}))
    at_root(writer, "/PieceInfo", kept)
    at_root(writer, "/Metadata", xmp(writer))
    at_root(writer, "/OpenAction", {"/S": "/URI", "/URI": f"http://x/{PHONE}"})


def xmp(writer: PdfWriter) -> Any:
    text = f"<x:xmpmeta><dc:creator>{NAME}{PHONE}</dc:creator></x:xmpmeta>"
    return writer._add_object(stream(text.encode(), Type="/Metadata", Subtype="/XML"))


def replacement_text(writer: PdfWriter) -> None:
    draw(writer, f"/Span <</ActualText ({PHONE}) /Alt ({PHONE})>> BDC EMC".encode())
    at_root(writer, "/StructTreeRoot", {"/K": {"/S": "/P", "/Alt": f"{NAME}{PHONE}"}})
    draw(writer, f"% {PHONE}\n".encode())


def odd_instructions(writer: PdfWriter) -> None:
    """Words no reader knows, and words known that have too much before them."""
    phone = PHONE.encode()
    draw(writer, b"(" + phone + b") XX (" + phone + b") /Note (" + phone + b") 1 0 0 rg")
    draw(writer, b"BT [(" + phone + b")] 0 d (" + phone + b") 0 Ts ET")


def described_picture(writer: PdfWriter) -> None:
    exif = Image.Exif()
    exif[0x010E] = PHONE
    picture = image(jpeg(exif=exif, comment=PHONE.encode()) + PHONE.encode())
    picture.update(pdf({"/Metadata": xmp(writer), "/Title": NAME}))
    put(writer, "/XObject", "/X", picture)
    draw(writer, b"q 64 0 0 48 0 0 cm /X Do Q")


def profile(writer: PdfWriter) -> None:
    kept = writer._add_object(stream(f"desc{PHONE}".encode(), N=3))
    put(writer, "/ColorSpace", "/C", pdf(["/ICCBased", kept]))
    draw(writer, b"/C cs 1 0 0 sc 0 0 9 9 re f")


def odd_links(writer: PdfWriter) -> None:
    for address in (f"mailto:{PHONE}@x.cn", f"file:///home/{NAME}", "http://a@b.cn/", "//x.cn"):
        annotate(writer, Subtype="/Link", A={"/S": "/URI", "/URI": address}, Contents=NAME)


PLANTED: list[Callable[[], bytes]] = [
    lambda: spoiled(lambda w: w.add_metadata({"/Author": NAME, "/Subject": PHONE})),
    earlier_revision,
    lambda: spoiled(unused),
    lambda: spoiled(private_data),
    lambda: spoiled(replacement_text),
    lambda: spoiled(odd_instructions),
    lambda: spoiled(described_picture),
    lambda: spoiled(profile),
    lambda: spoiled(odd_links),
]


@pytest.mark.parametrize("make", PLANTED)
def test_what_pages_do_not_show_is_not_in_the_new_file(make: Callable[[], bytes]) -> None:
    data = make()
    assert PHONE in everything_in(data) or NAME in everything_in(data)
    reading, cleaned = take_apart(data)
    told = everything_in(cleaned)
    assert PHONE not in told and NAME not in told
    assert TEXT in "".join(reading["pages"])
    assert cleaned.count(b"%%EOF") == 1
    assert PdfReader(io.BytesIO(cleaned)).trailer.keys() == {"/Size", "/Root"}


@pytest.mark.parametrize("make", [*PLANTED, paper, lambda: paper(*["一行。"] * 60)])
def test_a_file_that_was_written_anew_is_left_as_it_is(make: Callable[[], bytes]) -> None:
    first, cleaned = take_apart(make())
    reading, again = take_apart(cleaned)
    assert reading == first | {"left_out": 0}
    # A picture is drawn anew each time.
    assert again == cleaned or reading["images"] == [1]


SOURCES = [make() for make in PLANTED]


@given(
    source=sampled_from(SOURCES),
    changes=lists(tuples(floats(0, 1), integers(0, 255), booleans()), min_size=1, max_size=12),
)
@settings(max_examples=60)
def test_a_damaged_file_is_refused_or_says_no_more(
    source: bytes, changes: list[tuple[float, int, bool]]
) -> None:
    """A changed byte makes other objects of a file: none of them is copied for being unknown."""
    data = bytearray(source)
    for place, value, gone in changes:
        at = 8 + int(place * (len(data) - 16))
        data[at : at + 1] = b"" if gone else bytes([value])
    try:
        reading, cleaned = take_apart(bytes(data))
    except Exception:  # the worker refuses whatever a parser stumbles over
        return
    told = [
        text for name in ("pages", "beyond", "outline", "links", "labels") for text in reading[name]
    ]
    hidden = everything_in(cleaned)
    for value in (NAME, PHONE):
        assert value not in hidden or value in "".join("".join(told).split())


OUTSIDE = b"1 0 0 1 900 900 cm " + said(f"{NAME}在页外")
HIDDEN = [
    (OUTSIDE, "在页外"),
    (b"q 0 0 1 1 re W n " + said(f"{NAME}剪去") + b" Q", "剪去"),
    (b"BT 3 Tr ET " + said(f"{NAME}透明"), "透明"),
    (b"1 1 1 rg " + said(f"{NAME}白字"), "白字"),
    (b"0 0 0 0 0 0 cm " + said(f"{NAME}无面积"), "无面积"),
    (b"0.0001 0 0 0.0001 0 0 cm " + said(f"{NAME}极小"), "极小"),
    (b"1 0 0 1 10000000 10000000 cm " + said(f"{NAME}极远"), "极远"),
    (said(f"{NAME}叠印") + b" " + said(f"印叠{NAME}"), "叠印"),
]


@pytest.mark.parametrize(("instructions", "words"), HIDDEN)
def test_words_nobody_sees_are_read_all_the_same(instructions: bytes, words: str) -> None:
    data = spoiled(lambda writer: draw(writer, instructions))
    reading, cleaned = take_apart(data)
    assert words in everything_in(cleaned)
    told = "".join((*reading["pages"], *reading["beyond"]))
    assert f"{NAME}{words}" in told.replace("\n", "").replace(" ", "")


def test_words_in_a_form_are_read_and_pictures_in_it_counted() -> None:
    def build(writer: PdfWriter) -> None:
        page: Any = writer.pages[0]
        put(writer, "/XObject", "/X", image(jpeg()))
        resources = pdf(
            {"/Font": page["/Resources"]["/Font"], "/XObject": page["/Resources"]["/XObject"]}
        )
        content = said(f"{NAME}在表格里") + b" /X Do"
        form = stream(content, Subtype="/Form", BBox=[0, 0, 900, 900], Resources=resources)
        put(writer, "/XObject", "/Form", form)
        draw(writer, b"/Form Do /X Do")

    reading, _ = take_apart(spoiled(build))
    assert f"{NAME}在表格里" in reading["pages"][0]
    assert reading["images"] == [2]


def masked(writer: PdfWriter) -> None:
    """A square of which a mask, turned round by a function, leaves the right half."""
    group = {"/S": "/Transparency", "/CS": "/DeviceGray"}
    form = stream(b"1 g 0 0 50 99 re f", Subtype="/Form", BBox=[0, 0, 99, 99], Group=group)
    turn = stream(b"{1 exch sub}", FunctionType=4, Domain=[0, 1], Range=[0, 1])
    mask = {"/S": "/Luminosity", "/G": writer._add_object(form), "/TR": writer._add_object(turn)}
    put(writer, "/ExtGState", "/G", pdf({"/SMask": mask}))
    draw(writer, b"q 1 0 0 1 99 99 cm /G gs 1 0 0 rg 0 0 99 99 re f Q")


def tiled(writer: PdfWriter) -> None:
    head = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": [0, 0, 9, 9]}
    tile = stream(b"0 0 1 rg 1 1 4 4 re f", XStep=9, YStep=9, Resources={}, **head)
    put(writer, "/Pattern", "/P", tile)
    draw(writer, b"q /Pattern cs /P scn 99 99 99 99 re f Q")


def shaded(writer: PdfWriter) -> None:
    function = {"/FunctionType": 2, "/Domain": [0, 1], "/C0": [1, 0, 0], "/C1": [0, 0, 1], "/N": 1}
    shading = {
        "/ShadingType": 2, "/ColorSpace": "/DeviceRGB", "/Coords": [0, 0, 500, 0],
        "/Function": function,
    }  # fmt: skip
    put(writer, "/Shading", "/S", pdf(shading))
    draw(writer, b"q 99 99 99 99 re W n /S sh Q")


def plain_picture(writer: PdfWriter) -> None:
    picture = image(zlib.compress(Image.linear_gradient("L").resize((64, 48)).tobytes()))
    picture.update(pdf({"/Filter": "/FlateDecode", "/ColorSpace": "/DeviceGray"}))
    put(writer, "/XObject", "/X", picture)
    draw(writer, b"q 64 0 0 48 99 99 cm /X Do Q")


@pytest.mark.parametrize("spoil", [masked, tiled, shaded, plain_picture])
def test_pages_look_as_before(spoil: Callable[[PdfWriter], None]) -> None:
    before = spoiled(spoil)
    _, after = take_apart(before)
    bare, old, new = (
        pypdfium2.PdfDocument(each)[0].render().to_pil().tobytes()
        for each in (paper(), before, after)
    )
    assert old == new != bare


def test_pages_keep_their_number_size_words_bookmarks_and_web_links() -> None:
    def build(writer: PdfWriter) -> None:
        for number in range(len(writer.pages)):
            writer.add_outline_item(title=f"第{number + 1}页", page_number=number)
        annotate(writer, Subtype="/Link", A={"/S": "/URI", "/URI": "https://www.court.gov.cn/a"})

    lines = [f"第{number}条　内容。" for number in range(1, 40)]
    data = spoiled(build, paper(*lines))
    reading, cleaned = take_apart(data)
    before, after = (PdfReader(io.BytesIO(each)) for each in (data, cleaned))
    assert [page.mediabox for page in before.pages] == [page.mediabox for page in after.pages]
    assert len(reading["pages"]) == len(before.pages) == 2
    assert all(line.replace("　", " ") in "\n".join(reading["pages"]) for line in lines)
    assert reading["outline"] == ["第1页", "第2页"]
    assert [str(each["/Title"]) for each in after.outline] == ["第1页", "第2页"]  # type: ignore[call-overload,index]
    assert reading["links"] == ["https://www.court.gov.cn/a"]
    assert "https://www.court.gov.cn/a" in everything_in(cleaned)


@pytest.mark.parametrize(
    ("mode", "kept"),
    [("RGB", {}), ("L", {}), ("CMYK", {}), ("RGB", {"progressive": True})],
)
def test_a_jpeg_keeps_its_colours_and_nothing_else(mode: str, kept: dict[str, Any]) -> None:
    exif = Image.Exif()
    exif[0x010E] = PHONE
    out = io.BytesIO()
    scene = Image.linear_gradient("L").convert(mode)
    scene.save(out, "JPEG", exif=exif, comment=PHONE.encode(), icc_profile=b"profile", **kept)
    bare = redrawn_jpeg(out.getvalue() + PHONE.encode())
    assert PHONE.encode() in out.getvalue() and PHONE.encode() not in bare
    before, after = (Image.open(io.BytesIO(each)) for each in (out.getvalue(), bare))
    assert (after.mode, after.size) == (mode, before.size)
    apart = ImageChops.difference(before.convert("L"), after.convert("L"))
    assert ImageStat.Stat(apart).mean[0] < 2
    assert not {"exif", "comment", "icc_profile"} & after.info.keys()


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\x89PNG", jpeg()[:200], b"GIF89a"])
def test_what_cannot_be_decoded_is_no_picture(data: bytes) -> None:
    with pytest.raises(StoryError, match="图片格式"):
        redrawn_jpeg(data)


GREY = {"/Width": 10, "/Height": 3, "/BitsPerComponent": 8, "/ColorSpace": "/DeviceGray"}
PLAIN: list[tuple[dict[str, Any], int]] = [
    (GREY, 30),
    (GREY | {"/BitsPerComponent": 1}, 6),
    (GREY | {"/ImageMask": True}, 6),
    (GREY | {"/ColorSpace": "/DeviceRGB"}, 90),
    (GREY | {"/ColorSpace": ["/Indexed", "/DeviceRGB", 1, "abcdef"]}, 30),
    (GREY | {"/ColorSpace": ["/DeviceN", ["/A", "/B"], "/DeviceRGB", {}]}, 60),
]


@pytest.mark.parametrize(("head", "size"), PLAIN)
def test_plain_pixels_are_as_many_as_the_picture_has(head: dict[str, Any], size: int) -> None:
    assert bare_pixels(b"x" * size + PHONE.encode(), pdf(head)) == b"x" * size
    with pytest.raises(StoryError, match="图片格式"):
        bare_pixels(b"x" * (size - 1), pdf(head))


@pytest.mark.parametrize("change", [{"/ColorSpace": "/Odd"}, {"/ColorSpace": []}, {"/Width": 0}])
def test_pixels_that_cannot_be_counted_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises((StoryError, IndexError)):
        bare_pixels(b"x" * 999, pdf(GREY | change))


def test_a_picture_among_the_instructions_is_counted_and_cut() -> None:
    inline = b"BI /W 10 /H 3 /BPC 8 /CS /G /Title (" + PHONE.encode() + b") ID " + b"x" * 30
    data = spoiled(lambda w: draw(w, inline + PHONE.encode() + b" EI\nq Q\n"))
    reading, cleaned = take_apart(data)
    assert reading["images"] == [1]
    assert PHONE not in everything_in(cleaned)
    packed = b"BI /W 10 /H 3 /BPC 8 /CS /G /F /Fl ID " + zlib.compress(b"x" * 30) + b" EI\nq Q\n"
    with pytest.raises(StoryError, match="图片格式"):
        take_apart(spoiled(lambda w: draw(w, packed)))


def test_names_a_program_chose_are_told() -> None:
    def name(writer: PdfWriter) -> None:
        put(writer, "/XObject", f"/{NAME}的照片", image(jpeg()))
        draw(writer, f"/{NAME}的照片 Do".encode())

    reading, _ = take_apart(spoiled(name))
    assert reading["labels"] == [f"/{NAME}的照片"]
    assert take_apart(paper())[0]["labels"] == []
