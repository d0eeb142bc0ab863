"""How an ID number is shown beside a name: enough to tell namesakes apart, too little to rebuild.

Lists must show the ID number of a listed person (法释〔2017〕7号 art. 6); sex and age stand beside
it. The usual mask 10+****+4 hides only month and day: the check digit leaves about 33 dates. Here
the first four (province and city) and the last two characters stay. Even an adversary who knows
the district, too, has 365 dates and the first two of three sequence digits left, and the check
digit rules out ten in eleven: 365 x 100 / 11, some 3 300 numbers.
"""

from __future__ import annotations

import re

_HEAD, _TAIL = 4, 2
_SHORTEST = 8


def mask_id_number(number: str) -> str:
    """The masked form of an ID number; a short one keeps nothing but its length."""
    compact = re.sub(r"[\s\-·]", "", number)
    if len(compact) < 15:
        if len(compact) < _SHORTEST:
            return "*" * len(compact)
        return compact[0] + "*" * (len(compact) - 3) + compact[-_TAIL:]
    return compact[:_HEAD] + "*" * (len(compact) - _HEAD - _TAIL) + compact[-_TAIL:]
