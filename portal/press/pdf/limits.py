"""How large a file may be, and in which time and memory it is looked at."""

from __future__ import annotations

MAX_BYTES = 10 * 1024 * 1024
MAX_PAGES = 200
MAX_CHARACTERS = 300_000
MAX_OUTLINE = 500
MAX_LINKS = 500
MAX_LABELS = 500
# One object after the other: a file may not be made of very many small ones.
MAX_OBJECTS = 200_000

SECONDS = 120
MEMORY = 1024 * 1024 * 1024
TOO_MUCH = (
    "文件过于复杂，在限定的时间和内存内无法检查。请从文字处理软件重新导出为 PDF，或者拆成几个文件。"
)
