"""Labelled texts to measure on: invented enforcement prose here, other collections from a folder.

The invented sentences name nobody who exists: names are drawn from characters, half of them rare
ones, numbers are drawn with valid check digits. A seed makes a corpus repeatable.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from redaction.checksums import id_check_digit, is_luhn

SURNAMES = [
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈",
    *"钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤",
    "欧阳", "上官", "司马", "诸葛", "慕容", "令狐",
]  # fmt: skip
GIVEN = (
    "涵烨葳濛琰浛滢溦莜珩澍昀羿翀骞铄湜芃蓁沄汀舸苒荀淏瀚灏骁漪薇蔚洧泓荃锴钰煜潇蘅昕睿梓轩妍彤",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂华文建国庆春梅玉兰海波志红玲婷雪琳凤英",
)
PROSE = Path(__file__).with_name("prose.txt")
PROCEDURE = Path(__file__).with_name("procedure.txt")
SEPARATORS = (" ", "-", "·", ".", "\u3000", "\u00a0", "\u200b", "\n", "－")
DIGITS = ("０１２３４５６７８９", "〇一二三四五六七八九", "零幺二三四五六七八九", "⓪①②③④⑤⑥⑦⑧⑨")


Spans = list[tuple[int, int, str]]
"""What a system found in one text: start, end (exclusive), kind."""


@dataclass(frozen=True)
class Labelled:
    """A text and its private spans: start, end (exclusive), kind."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def invented_names(seed: int, rounds: int = 4) -> list[Labelled]:
    """Every sentence of ``prose.txt`` with its gaps filled, ``rounds`` times over."""
    draw = random.Random(seed)
    templates = PROSE.read_text(encoding="utf-8").splitlines()
    return [_fill(line, lambda: _name(draw)) for _ in range(rounds) for line in templates]


def invented_papers(seed: int, count: int = 60) -> list[Labelled]:
    """Papers of enforcement, some kilobytes each: one cast of five people, procedure between."""
    draw = random.Random(seed)
    told = PROSE.read_text(encoding="utf-8").splitlines()
    procedure = PROCEDURE.read_text(encoding="utf-8").splitlines()
    papers = []
    for _ in range(count):
        cast = [_name(draw) for _ in range(5)]
        lines = draw.sample(told, 10) + draw.sample(procedure, 14)
        draw.shuffle(lines)
        papers.append(_fill("\n".join(lines), lambda cast=cast: draw.choice(cast)))
    return papers


def _name(draw: random.Random) -> str:
    pool = draw.choice(GIVEN)
    given = "".join(draw.choice(pool) for _ in range(draw.choice((1, 2, 2, 2))))
    return draw.choice(SURNAMES) + given


def _fill(template: str, next_name: Callable[[], str]) -> Labelled:
    text = ""
    spans = []
    for position, part in enumerate(template.split("{}")):
        if position:
            name = next_name()
            spans.append((len(text), len(text) + len(name), "person"))
            text += name
        text += part
    return Labelled(text, tuple(spans))


def invented_numbers(seed: int, count: int = 40) -> list[Labelled]:
    """ID numbers, phones and cards in every written form, with a label and without."""
    draw = random.Random(seed)
    makers = {
        "id_number": (_id_number, ("身份证号{}。", "（{}）"), (6, 8)),
        "phone": (_phone, ("电话{}，", "致电{}无人接听"), (3, 4)),
        "bank_card": (_card, ("卡号{}。", "转入{}中"), (4, 4, 4)),
    }
    rows = []
    for _ in range(count):
        for kind, (make, contexts, sizes) in makers.items():
            for form in written_forms(make(draw), sizes):
                context = draw.choice(contexts)
                start = context.index("{")
                span = (start, start + len(form), kind)
                rows.append(Labelled(context.format(form), (span,)))
    return rows


def written_forms(number: str, sizes: tuple[int, ...]) -> Iterator[str]:
    """The forms clerks give one number."""
    yield number
    pieces, rest = [], number
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    for separator in SEPARATORS:
        yield separator.join([*pieces, rest])
    for digits in DIGITS:
        yield number.translate(str.maketrans("0123456789", digits))
    yield " ".join(number)


def _id_number(draw: random.Random) -> str:
    day = f"{draw.randint(1945, 2015)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
    body = f"{draw.choice(('210802', '210881', '110105'))}{day}{draw.randint(0, 999):03d}"
    return body + id_check_digit(body)


def _phone(draw: random.Random) -> str:
    return f"1{draw.choice('3456789')}{draw.randint(0, 10**9 - 1):09d}"


def _card(draw: random.Random) -> str:
    body = f"{draw.choice(('621700', '622848'))}{draw.randint(0, 10**12 - 1):012d}"
    return next(body + digit for digit in "0123456789" if is_luhn(body + digit))


def collections(folder: Path) -> Iterator[tuple[str, list[Labelled]]]:
    """Every gzipped JSON Lines file of a folder as a named collection."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            rows = [json.loads(line) for line in stream]
        yield (
            path.name.removesuffix(".jsonl.gz"),
            [Labelled(row["text"], tuple(tuple(span) for span in row["spans"])) for row in rows],
        )
