"""Writes a PDF anew: the pages and what they draw with, and no other object of the file.

An allow-list by key. No properties, no earlier revision, no unused font or picture, no thumbnail,
no private data of an editor, no tags: what is not named here is not in the new file.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from portal.press.errors import StoryError
from portal.press.pdf.contents import Content, Drawn, read_content
from portal.press.pdf.pixels import bare_pixels, redrawn_jpeg, unreadable_picture

_PAGE = ("/CropBox", "/Rotate", "/UserUnit", "/Group")
_FONT = (
    *("Type", "Subtype", "BaseFont", "Name", "FirstChar", "LastChar", "Widths", "FontDescriptor"),
    *("Encoding", "BaseEncoding", "Differences", "ToUnicode", "DescendantFonts", "CIDSystemInfo"),
    *("Registry", "Ordering", "Supplement", "DW", "W", "DW2", "W2", "CIDToGIDMap", "CMapName"),
    *("UseCMap", "WMode", "FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent"),
    *("Leading", "CapHeight", "XHeight", "StemV", "StemH", "AvgWidth", "MaxWidth"),
    *("MissingWidth", "FontFile", "FontFile2", "FontFile3", "FontStretch", "FontWeight"),
    *("Length1", "Length2", "Length3", "FontMatrix", "CharProcs"),
)
_GRAPHICS = (
    *("LW", "LC", "LJ", "ML", "D", "RI", "OP", "op", "OPM", "Font", "FL", "SM", "SA", "BM"),
    *("SMask", "CA", "ca", "AIS", "TK", "S", "G", "BC", "Group", "CS", "I", "K", "FormType"),
    *("BBox", "Matrix", "PatternType", "PaintType", "TilingType", "XStep", "YStep", "Shading"),
    *("ExtGState", "ShadingType", "ColorSpace", "Background", "AntiAlias", "Domain", "Coords"),
    *("Function", "Extend", "BitsPerCoordinate", "BitsPerComponent", "BitsPerFlag", "Decode"),
    *("VerticesPerRow", "FunctionType", "Range", "Size", "BitsPerSample", "Order", "Encode"),
    *("C0", "C1", "N", "Functions", "Bounds", "Width", "Height", "ImageMask", "Mask"),
    *("Interpolate", "Intent", "Matte", "WhitePoint", "BlackPoint", "Gamma", "TR"),
)
KEPT = frozenset(f"/{name}" for name in (*_FONT, *_GRAPHICS))
_DECODED = frozenset(
    {
        *("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"),
        *("/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"),
    }
)
_SPACES = frozenset(
    {"/Indexed", "/Separation", "/DeviceN", "/CalGray", "/CalRGB", "/Lab", "/Pattern"}
)
_DRAWN = frozenset({"/Image", "/Form"})
_DEVICES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
# Dots and shadows of a layout are pictures too; no word fits into so few pixels.
_FEW_PIXELS = 256


class Copyist:
    """Copies from one file into a new one; every object once, however often it is named."""

    def __init__(self, reader: PdfReader) -> None:
        self.writer = PdfWriter()
        self.writer.metadata = None
        self._reader = reader
        self._copied: dict[tuple[int, int], IndirectObject] = {}
        self._drawn: dict[tuple[int, int], Drawn] = {}

    def add_page(self, page: PageObject) -> Drawn:
        """Copy one page; return what is drawn on it, also by the forms it makes use of."""
        new = self.writer.add_blank_page(1, 1)
        new[NameObject("/MediaBox")] = page.mediabox
        for key in _PAGE:
            if key in page:
                new[NameObject(key)] = self._value(page[key].get_object())
        content = read_content(page.get("/Contents"), self._reader)
        resources, inner = self._resources(_dictionary(page.get("/Resources")), content)
        new[NameObject("/Resources")] = resources
        new[NameObject("/Contents")] = self.writer._add_object(_packed(content.data))
        return content.drawn + inner

    def written(self) -> bytes:
        """The new file."""
        out = io.BytesIO()
        self.writer.write(out)
        return out.getvalue()

    def _resources(
        self, resources: DictionaryObject, content: Content
    ) -> tuple[DictionaryObject, Drawn]:
        """The resources that instructions name, and what is drawn inside of them."""
        new, drawn = DictionaryObject(), Drawn()
        for kind, names in content.used.items():
            own = _dictionary(resources.get(kind))
            chosen = DictionaryObject()
            for name in sorted(names & own.keys()):
                if kind == "/XObject" and own[name].get("/Subtype") not in _DRAWN:
                    continue
                chosen[NameObject(name)] = self._once(own.raw_get(name), resources)
                drawn += self._drawn_by(own[name].get_object())
            if chosen:
                new[NameObject(kind)] = chosen
        return new, drawn

    def _once(self, found: Any, outer: DictionaryObject) -> PdfObject:
        """A named resource or any other value; what is more than a word is copied once only."""
        whole = found.get_object()
        if not isinstance(found, IndirectObject) or _is_single(whole):
            return self._value(whole, outer)
        key = (found.idnum, found.generation)
        if key not in self._copied:
            # Entered before it is copied: an object may name itself.
            self._copied[key] = self.writer._add_object(NullObject())
            value = self._value(whole, outer)
            self.writer._replace_object(self._copied[key], value)
        return self._copied[key]

    def _value(self, found: Any, outer: DictionaryObject | None = None) -> PdfObject:
        outer = outer if outer is not None else DictionaryObject()
        if isinstance(found, StreamObject):
            return self._stream(found, outer)
        if isinstance(found, DictionaryObject):
            if found.get("/Subtype") == "/Type3":
                return self._type3(found, outer)
            return self._dictionary(found, outer)
        if isinstance(found, ArrayObject):
            if _is_single(found):
                return _device(found[1].get_object())
            parts = list.__iter__(found)
            if found and isinstance(found[0], NameObject) and found[0] not in _SPACES:
                # A list of names, and of nothing else.
                parts = (each for each in parts if isinstance(each, NameObject))
            return ArrayObject(self._once(each, outer) for each in parts)
        return found if isinstance(found, PdfObject) else NullObject()

    def _dictionary(self, found: DictionaryObject, outer: DictionaryObject) -> DictionaryObject:
        new = DictionaryObject()
        for key in found:
            if key in KEPT and key != "/CharProcs":
                new[NameObject(key)] = self._once(found.raw_get(key), outer)
        if _group(found) is not None and self._drawn_by(found).text:
            raise hidden_words()
        return new

    def _drawn_by(self, found: PdfObject) -> Drawn:
        """What a copied resource draws: a form, a picture, a pattern, a mask."""
        group = _group(found)
        return self._drawn.get(_key(found if group is None else group), Drawn())

    def _stream(self, found: StreamObject, outer: DictionaryObject) -> PdfObject:
        if found.get("/Subtype") == "/Image":
            return self._image(found, outer)
        if found.get("/Subtype") == "/Form" or found.get("/PatternType") == 1:
            return self._form(found, outer)
        return _packed(_decoded(found), self._dictionary(found, outer))

    def _form(self, found: StreamObject, outer: DictionaryObject) -> PdfObject:
        content = read_content(found, self._reader)
        own = _dictionary(found.get("/Resources")) if "/Resources" in found else outer
        resources, inner = self._resources(own, content)
        drawn = content.drawn + inner
        if "/PatternType" in found and drawn.text:
            raise hidden_words()
        self._drawn[_key(found)] = drawn
        head = self._dictionary(found, own)
        head[NameObject("/Resources")] = resources
        return _packed(content.data, head)

    def _type3(self, found: DictionaryObject, outer: DictionaryObject) -> PdfObject:
        """A font whose glyphs are drawings; the words it shows are told by its own table."""
        own = _dictionary(found.get("/Resources")) if "/Resources" in found else outer
        new = self._dictionary(found, own)
        glyphs, resources = DictionaryObject(), DictionaryObject()
        for name, glyph in _dictionary(found.get("/CharProcs")).items():
            content = read_content(glyph.get_object(), self._reader)
            needed, inner = self._resources(own, content)
            if content.drawn.text or inner.text:
                raise hidden_words()
            for kind, chosen in needed.items():
                resources.setdefault(NameObject(kind), DictionaryObject()).update(chosen)
            glyphs[NameObject(name)] = self.writer._add_object(_packed(content.data))
        new[NameObject("/CharProcs")] = glyphs
        new[NameObject("/Resources")] = resources
        return new

    def _image(self, found: StreamObject, outer: DictionaryObject) -> PdfObject:
        pixels = int(found.get("/Width", 0)) * int(found.get("/Height", 0))
        self._drawn[_key(found)] = Drawn(images=int(pixels > _FEW_PIXELS), paint=True)
        head = self._dictionary(found, outer)
        data = _decoded(found)
        if _filters(found)[-1:] not in (["/DCTDecode"], ["/DCT"]):
            return _packed(bare_pixels(data, found), head)
        picture = DecodedStreamObject()
        picture.set_data(redrawn_jpeg(data))
        picture.update(head)
        picture[NameObject("/Filter")] = NameObject("/DCTDecode")
        return picture


def hidden_words() -> StoryError:
    """Words where nothing that reads the pages would find them."""
    message = "文件中有画在底纹或者蒙版里的文字，无法检查。请从文字处理软件重新导出为 PDF。"
    return StoryError(message, "file")


def _group(found: Any) -> PdfObject | None:
    """The drawing that a state of graphics has for its mask."""
    mask = _dictionary(found.get("/SMask")) if isinstance(found, DictionaryObject) else {}
    group = mask.get("/G")
    return group.get_object() if group is not None else None


def _key(found: PdfObject) -> tuple[int, int]:
    # Streams always are objects of their own, with a number.
    reference = getattr(found, "indirect_reference", None)
    return (reference.idnum, reference.generation) if reference else (0, 0)


def _filters(stream: StreamObject) -> list[str]:
    named = stream.get("/Filter")
    if named is None:
        return []
    named = named.get_object()
    return [str(each) for each in (named if isinstance(named, ArrayObject) else [named])]


def _decoded(stream: StreamObject) -> bytes:
    """The bytes of a stream; of a JPEG picture those of the JPEG."""
    names = _filters(stream)
    jpeg = names[-1:] in (["/DCTDecode"], ["/DCT"])
    if any(name not in _DECODED for name in (names[:-1] if jpeg else names)):
        raise unreadable_picture()
    return stream.get_data()


def _packed(data: bytes, head: Mapping[Any, Any] | None = None) -> StreamObject:
    plain = DecodedStreamObject()
    plain.set_data(data)
    plain.update(head or {})
    return plain.flate_encode()


def _is_single(value: Any) -> bool:
    """Whether it is one word in the new file: a number, a name, a colour space by its name."""
    if isinstance(value, ArrayObject):
        return value[:1] == ["/ICCBased"]
    return not isinstance(value, DictionaryObject)


def _dictionary(found: Any) -> DictionaryObject:
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _device(profile: Any) -> NameObject:
    """A plain colour space in place of a profile, which says who made it and with what."""
    return NameObject(_DEVICES.get(int(profile.get("/N", 3)), "/DeviceRGB"))
