"""Nobody tries out the hidden digits of a document number here: nothing is found, and we say so."""

from __future__ import annotations

import re
import unicodedata

from portal.reference.case_numbers import find as find_case_number

NO_NUMBERS = (
    "本站不能按证件号码查询，也不核对被隐藏的数字。请输入姓名或者单位名称，再比对公开的信息。"
)
# A number, or what is left of one with its digits masked; typed with blanks or full width.
_NUMBER = re.compile(r"[0-9][0-9*＊×]{6,}[0-9Xx*＊×]")


def asks_for_number(text: str) -> bool:
    """Whether somebody typed a document's number, or a part of one, and no case number."""
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    return bool(_NUMBER.search(compact)) and find_case_number(text) is None
