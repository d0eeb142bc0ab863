"""What cannot be looked through, or holds more than pages to be read, is refused in plain words."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial

import pytest
from pypdf import PdfWriter

from portal.press.errors import StoryError
from portal.press.pdf import sandbox
from portal.press.pdf.limits import MEMORY, SECONDS
from portal.press.pdf.taking_apart import take_apart
from tests.papers import (
    annotate,
    at_root,
    draw,
    image,
    jpeg,
    paper,
    pdf,
    put,
    said,
    spoiled,
    stream,
    written,
)

GOOD = paper()


def encrypted(owner_only: bool) -> Callable[[PdfWriter], None]:
    def lock(writer: PdfWriter) -> None:
        writer.encrypt("" if owner_only else "secret", "owner", algorithm="AES-128")

    return lock


def scan(writer: PdfWriter) -> None:
    picture = {"/XObject": {"/X": writer._add_object(image(jpeg()))}}
    content = writer._add_object(stream(b"q 300 0 0 300 0 0 cm /X Do Q"))
    page = pdf({"/Contents": content, "/Resources": picture})
    writer.add_blank_page(300, 300).update(page)


def outlines(writer: PdfWriter) -> None:
    content = writer._add_object(stream(b"0 0 m 9 9 9 9 0 9 c f"))
    writer.add_blank_page(300, 300).update(pdf({"/Contents": content}))


def in_pattern(writer: PdfWriter) -> None:
    head = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": [0, 0, 9, 9]}
    fonts = writer.pages[0]["/Resources"]["/Font"]
    tile = stream(said("秦椒榕"), XStep=9, YStep=9, Resources={"/Font": fonts}, **head)
    put(writer, "/Pattern", "/P", tile)
    draw(writer, b"/Pattern cs /P scn 0 0 99 99 re f")


def in_mask(writer: PdfWriter) -> None:
    fonts = writer.pages[0]["/Resources"]["/Font"]
    group = stream(said("秦椒榕"), Subtype="/Form", BBox=[0, 0, 9, 9], Resources={"/Font": fonts})
    state = {"/SMask": {"/S": "/Luminosity", "/G": writer._add_object(group)}}
    put(writer, "/ExtGState", "/G", pdf(state))
    draw(writer, b"/G gs")


def unmapped(writer: PdfWriter) -> None:
    """Glyphs that are drawings, with names that are no characters' and no table of characters."""
    glyph = writer._add_object(stream(b"500 0 d0 0 0 400 400 re f"))
    font = {
        "/Type": "/Font", "/Subtype": "/Type3", "/FontBBox": [0, 0, 500, 500],
        "/FontMatrix": [0.001, 0, 0, 0.001, 0, 0], "/FirstChar": 200, "/LastChar": 200,
        "/Widths": [500], "/CharProcs": {"/g1": glyph},
        "/Encoding": {"/Type": "/Encoding", "/Differences": [200, "/g1"]}, "/Resources": {},
    }  # fmt: skip
    put(writer, "/Font", "/T", pdf(font))
    draw(writer, b"BT /T 12 Tf 72 60 Td <C8> Tj ET")


def long(writer: PdfWriter) -> None:
    for _ in range(200):
        writer.add_blank_page(9, 9)


def bomb(writer: PdfWriter) -> None:
    packed = image(zlib.compress(bytes(90_000_000), 9), "/FlateDecode")
    put(writer, "/XObject", "/B", packed)
    draw(writer, b"/B Do")


def with_picture(data: bytes, filter_: str) -> Callable[[PdfWriter], None]:
    def spoil(writer: PdfWriter) -> None:
        put(writer, "/XObject", "/X", image(data, filter_))
        draw(writer, b"/X Do")

    return spoil


JS = {"/S": "/JavaScript", "/JS": "app.alert(1)"}
SPOILED = [
    (encrypted(owner_only=False), "密码"),
    # Opened without a password, and still what it holds was meant to be locked.
    (encrypted(owner_only=True), "密码"),
    (lambda w: at_root(w, "/Names", {"/JavaScript": {"/Names": ["a", JS]}}), "脚本"),
    (lambda w: at_root(w, "/OpenAction", JS), "脚本"),
    (lambda w: at_root(w, "/OpenAction", {"/S": "/Launch", "/F": "cmd.exe"}), "启动程序"),
    (lambda w: annotate(w, Subtype="/Link", A={"/S": "/Launch", "/F": "a"}), "启动程序"),
    (lambda w: annotate(w, Subtype="/Link", A={"/S": "/SubmitForm", "/F": "http://x"}), "提交数据"),
    (lambda w: w.add_attachment("名单.xlsx", b"PK"), "嵌有其他文件"),
    (lambda w: annotate(w, Subtype="/FileAttachment", FS={"/EF": {}}), "嵌有其他文件"),
    (lambda w: at_root(w, "/AcroForm", {"/Fields": [{"/FT": "/Tx"}]}), "表单"),
    (lambda w: at_root(w, "/AcroForm", {"/Fields": [], "/XFA": "x"}), "表单"),
    (lambda w: annotate(w, Subtype="/Widget", FT="/Sig"), "电子签章"),
    (lambda w: annotate(w, Subtype="/Text", Contents="秦椒榕电话13904170001"), "批注"),
    (lambda w: annotate(w, Subtype="/FreeText", Contents="秦椒榕"), "批注"),
    (lambda w: annotate(w, Subtype="/Highlight"), "批注"),
    (lambda w: at_root(w, "/OCProperties", {"/OCGs": [{"/Type": "/OCG"}]}), "图层"),
    (scan, "第 2 页没有文字，可能是扫描件"),
    (outlines, "第 2 页没有文字"),
    (in_pattern, "底纹或者蒙版"),
    (in_mask, "底纹或者蒙版"),
    (unmapped, "第 1 页有无法识别的文字"),
    (long, "不能超过 200 页"),
    (bomb, "展开后过大"),
    (with_picture(b"\0\0\0\x0cjP  ", "/JPXDecode"), "图片格式"),
    (with_picture(b"\0", "/JBIG2Decode"), "图片格式"),
    (with_picture(b"\0", "/CCITTFaxDecode"), "图片格式"),
    (with_picture(jpeg()[:-300], "/DCTDecode"), "图片格式"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "reason"), SPOILED)
def test_what_holds_more_than_pages_to_read_is_refused(
    spoil: Callable[[PdfWriter], None], reason: str
) -> None:
    data = spoiled(spoil)
    with pytest.raises(StoryError, match=reason) as caught:
        take_apart(data)
    assert "秦椒榕" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "不是 PDF"),
        (b"PK\x03\x04" + GOOD, "不是 PDF"),
        # Something else to one program, and a PDF to another.
        (b"<script>alert(1)</script>" + GOOD, "不是 PDF"),
        (GOOD + b"PK\x03\x04...", "末尾有不属于 PDF 的内容"),
        (GOOD[: len(GOOD) // 2], "不完整"),
        (b"%PDF-1.7" + bytes(10 * 1024 * 1024), "不能超过 10 MB"),
        (written(PdfWriter()), "没有一页"),
    ],
)
def test_what_is_no_whole_file_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(StoryError, match=reason):
        take_apart(data)


def nested() -> bytes:
    deep = b"[" * 50_000 + b"]" * 50_000
    return GOOD.replace(b"/Type /Catalog", b"/Type /Catalog /Deep " + deep, 1)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing\n%%EOF", nested()])
def test_what_a_parser_stumbles_over_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(StoryError, match="重新导出为 PDF"):
        sandbox.take_apart(data)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE", 0.01)
    with pytest.raises(StoryError, match="限定的时间和内存"):
        sandbox.take_apart(GOOD)


def test_the_process_that_reads_a_file_is_told_nothing_of_the_office(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It gets no variable, few seconds, bounded memory, and may write no file."""
    monkeypatch.setenv("PORTAL_REGISTRY_URL", "sqlite:///secret.db")
    run = partial(sandbox.subprocess.run)
    seen: dict[str, object] = {}

    def watched(command: list[str], **how: object) -> object:
        seen.update(how)
        probe = (
            "import os, resource; from portal.press.pdf import worker; worker._limit();"
            "print(sorted(os.environ), [resource.getrlimit(x)[0] for x in"
            " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)])"
        )
        told = run([command[0], "-I", "-c", probe], env=how["env"], capture_output=True, check=True)
        seen["told"] = told.stdout.decode().strip()
        return run(command, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(sandbox.subprocess, "run", watched)
    reading, _ = sandbox.take_apart(GOOD)
    assert reading.pages
    assert "PORTAL_REGISTRY_URL" not in str(seen["told"])
    assert str(seen["told"]).endswith(f"[{MEMORY}, {SECONDS}, 0]")
