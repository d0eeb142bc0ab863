"""Nobody tries out the hidden digits of a document number by typing it where names are looked up.

A whole number has a page of its own (``by_number``), which counts the tries.
"""

from __future__ import annotations

import re
import unicodedata

from portal.reference.case_numbers import find as find_case_number

NO_NUMBERS = (
    "这里按姓名或者单位名称查询，不接受证件号码，也不核对被隐藏的数字。"
    "知道完整号码的，请到失信名单中“按证件号码查询”。"
)
# A number, or what is left of one with its digits masked; typed with blanks or full width.
_NUMBER = re.compile(r"[0-9][0-9*＊×]{6,}[0-9Xx*＊×]")


def asks_for_number(text: str) -> bool:
    """Whether somebody typed a document's number, or a part of one, and no case number."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    return bool(_NUMBER.search(compact)) and find_case_number(text) is None
