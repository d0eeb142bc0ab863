"""Pictures people sent as proof, drawn anew before a colleague's browser gets to see them.

What is shown holds pixels and nothing else: no script, no place, no second format behind the
first. The original can be downloaded as a file.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.correspondence.errors import CorrespondenceError
from portal.inbox.structure import MOST_PIXELS

LONGEST_SIDE = 2000
QUALITY = 85


def redraw(data: bytes) -> bytes:
    """A JPEG of the picture, upright and at most ``LONGEST_SIDE`` pixels long.

    Raises CorrespondenceError for bytes no decoder can make a picture of.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
            if opened.width * opened.height > MOST_PIXELS:
                raise CorrespondenceError("图片的像素过多，不能显示；可以下载原件。")
            # A JPEG decoder can leave out what nobody would see.
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        raise CorrespondenceError("图片不能显示；可以下载原件。") from None
    flat = Image.new("RGB", upright.size, "white")
    layer = upright.convert("RGBA")
    flat.paste(layer, mask=layer.getchannel("A"))
    drawn = io.BytesIO()
    flat.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
