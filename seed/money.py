"""Sums of money, kept as whole fen so that nothing is lost in adding them up."""

from __future__ import annotations

from random import Random


def yuan(fen: int) -> str:
    """The decimal string the exchange format wants: ``182714.23``."""
    return f"{fen // 100}.{fen % 100:02d}"


def between(rng: Random, low_yuan: int, high_yuan: int) -> int:
    """Fen, spread evenly over the orders of magnitude; half of the sums are round."""
    ratio = high_yuan / low_yuan
    fen = int(low_yuan * 100 * ratio ** rng.random())
    return fen if rng.random() < 0.5 else max(rounded(fen, 100_000), low_yuan * 100)


def rounded(fen: int, step: int) -> int:
    """The sum cut down to a whole multiple of ``step`` fen."""
    return fen // step * step


def split(rng: Random, total: int, parts: int) -> list[int]:
    """``parts`` positive sums that add up to ``total`` fen; ``total`` must allow it."""
    cuts = sorted(rng.sample(range(1, total), parts - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True)]
