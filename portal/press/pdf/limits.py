"""How large a file may be, and how long and in how much memory it is looked at."""

from __future__ import annotations

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 200
MAX_CHARACTERS = 300_000
MAX_OUTLINE = 500
MAX_LINKS = 500
# One object after the other: a file may not be made of very many small ones.
MAX_OBJECTS = 200_000

SECONDS = 60
MEMORY = 1024 * 1024 * 1024
