"""Invented pictures of the demo world, drawn with shapes: no photograph of anybody or anything."""

from __future__ import annotations

import io
from random import Random

from PIL import Image, ImageDraw

from portal.reference.vocabulary import StoryKind

SIZE = (1000, 560)
# Sky, hills and ground of each kind of story.
_COLOURS = {
    StoryKind.OFFICERS: ("#c9dcee", "#6f8fae", "#3f5d7d"),
    StoryKind.RELIEF: ("#f6e3d0", "#d9a679", "#a5683f"),
    StoryKind.LIVELIHOOD: ("#dcebd3", "#8fb27c", "#557a45"),
    StoryKind.RESULTS: ("#e8e2f2", "#9b8bb8", "#5f4f80"),
    StoryKind.INABILITY: ("#e3e6e8", "#98a3aa", "#5c676e"),
    StoryKind.STORM: ("#f0d9d9", "#b87878", "#7d3f3f"),
}


def draw_scene(kind: StoryKind, title: str) -> bytes:
    """A PNG of hills, a road and a gate; the same title always gives the same picture."""
    rng = Random(title)  # noqa: S311 - a toy world
    sky, hills, ground = _COLOURS[kind]
    image = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    sun = rng.randint(100, width - 200)
    draw.ellipse((sun, 60, sun + 90, 150), fill="#fff6d8")
    for _ in range(5):
        peak, half = rng.randint(0, width), rng.randint(160, 320)
        top = rng.randint(160, 280)
        draw.polygon([(peak - half, 400), (peak, top), (peak + half, 400)], fill=hills)
    draw.rectangle((0, 400, width, height), fill=ground)
    draw.polygon([(460, 400), (540, 400), (700, height), (300, height)], fill="#d8d2c8")
    for left in (380, 440, 500, 560, 600):
        draw.rectangle((left, 290, left + 18, 400), fill="#f4f1ea")
    draw.polygon([(360, 290), (500, 220), (640, 290)], fill="#f4f1ea")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
