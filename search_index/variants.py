"""Traditional characters and what they are folded to.

OpenCC knows the traditional characters; the few pairs of our own are variants that it leaves
alone but that stand in names. Both sides of a comparison are folded alike, so a character that
is missing costs a match between its two forms and nothing else.
"""

from functools import cache

from opencc import OpenCC

_OWN = {"瑯": "琅", "甦": "苏", "暱": "昵", "搾": "榨", "砲": "炮"}


def simplify(char: str) -> str:
    """Give the simplified form of one character; without its neighbours, so always the same."""
    if char.isascii():
        return char
    return _OWN.get(char) or str(_converter().convert(char))


@cache
def _converter() -> OpenCC:
    # Reading the dictionaries takes longer than importing this package should.
    return OpenCC("t2s")
