"""How clerks type: the same number in many written forms, and sentences with slips.

Redaction has to find every one of these forms, so the demo world writes them all.
"""

from __future__ import annotations

from random import Random

_WIDE_DIGITS = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_CHINESE_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_NARROW_PUNCTUATION = str.maketrans("，：；（）", ",:;()")


def _grouped(text: str, sizes: tuple[int, ...], separator: str) -> str:
    pieces, start = [], 0
    for size in sizes:
        pieces.append(text[start : start + size])
        start += size
    return separator.join(piece for piece in (*pieces, text[start:]) if piece)


def written_phone(rng: Random, number: str) -> str:
    """A mobile number plain, grouped, full width, in characters, or with the country code."""
    form = rng.random()
    if form < 0.45:
        return number
    if form < 0.6:
        return _grouped(number, (3, 4, 4), "-")
    if form < 0.75:
        return _grouped(number, (3, 4, 4), " ")
    if form < 0.85:
        return number.translate(_WIDE_DIGITS)
    if form < 0.87:
        return number.translate(_CHINESE_DIGITS)
    return rng.choice(("+86", "+86 ", "0086-", "86-")) + number


def written_document(rng: Random, number: str) -> str:
    """An identity number or credit code plain, lower case, full width or grouped."""
    form = rng.random()
    if form < 0.5:
        return number
    if form < 0.7:
        return number.lower()
    if form < 0.82:
        return number.translate(_WIDE_DIGITS)
    if form < 0.92:
        return _grouped(number, (6, 8, 4), rng.choice((" ", "-")))
    return number.replace("X", "×")


def written_card(rng: Random, number: str) -> str:
    """A card or account number plain, in groups of four, or full width."""
    form = rng.random()
    if form < 0.55:
        return number
    if form < 0.85:
        return _grouped(number, (4, 4, 4, 4), rng.choice((" ", " ", "-")))
    return number.translate(_WIDE_DIGITS)


def written_plate(rng: Random, number: str) -> str:
    """A plate plain, with a dot or a blank after the letter, or in lower case."""
    form = rng.random()
    if form < 0.6:
        return number
    if form < 0.9:
        return number[:2] + rng.choice(("·", " ", "-", "•")) + number[2:]
    return number.lower()


def written_case_number(rng: Random, number: str) -> str:
    """A case number in the canonical form, or in one of the forms people type."""
    form = rng.random()
    if form < 0.8:
        return number
    if form < 0.93:
        return number.replace("（", "(").replace("）", ")")
    if form < 0.96:
        return number.replace("（", "〔").replace("）", "〕")
    if form < 0.98:
        return number.translate(_WIDE_DIGITS)
    return number.replace("辽", " 辽").replace("执", " 执 ")


def scribbled(rng: Random, sentence: str) -> str:
    """The sentence as a hurried clerk leaves it: three in four are untouched."""
    slip = rng.random()
    if slip < 0.74:
        return sentence
    if slip < 0.84:
        return sentence.translate(_NARROW_PUNCTUATION)
    if slip < 0.9:
        place = rng.randrange(1, len(sentence))
        return f"{sentence[:place]}{rng.choice((' ', '  ', '　'))}{sentence[place:]}"
    if slip < 0.94:
        return sentence.replace("。", "。。").replace("，", "， ", 1)
    if slip < 0.97:
        return f"　　{sentence}  "
    return sentence.rstrip("。")
