"""The same person the same name within a case: 张某, or 张某1 and 张某2 where family names collide.

法释〔2016〕19号 art. 9: the family name stays and the given name becomes 某; names that collide
get an Arabic numeral; of a name with a middle dot or a foreign name in Chinese the first character
stays; of a name in Latin letters the first letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from redaction.names.known import NameFinder, name_key
from redaction.names.surnames import HAN, is_latin, surname_of

_MASKED = re.compile(f"([{HAN}]?)([{HAN}]某(?:某|[0-9]{{1,2}}|[甲乙丙丁戊])?)")


def masked_names(text: str) -> frozenset[str]:
    """Names that stand masked in a text already; new pseudonyms must not collide with them."""
    if "某" not in text:
        return frozenset()
    # 死者吴某: which of the characters before 某 are the family name is not known here.
    return frozenset(
        name for before, last in _MASKED.findall(text) for name in (last, before + last)
    )


def stem(name: str) -> str:
    """What of a name stays before any numeral is added."""
    if is_latin(name):
        return name[0].upper()
    if "·" in name:
        return name[0] + "某"
    return surname_of("".join(name.split())) + "某"


class Pseudonyms:
    """What is shown for every spelling of every name of a case.

    ``everywhere`` says that even a name of two characters counts wherever it stands, also where
    it could be a part of other words: what is verified afterwards is verified as strictly.
    ``unsought`` are names that have a pseudonym and are not looked for.
    """

    def __init__(
        self,
        shown: Mapping[str, str],
        *,
        everywhere: bool = False,
        unsought: frozenset[str] = frozenset(),
    ) -> None:
        self.shown = shown
        self.everywhere = everywhere
        self._finder = NameFinder(name for name in shown if name not in unsought)
        self._by_key = {name_key(name): label for name, label in shown.items()}

    def of(self, name: str) -> str | None:
        """The pseudonym of a name, however spelled; None for a name the case does not know."""
        return self.shown.get(name) or self._by_key.get(name_key(name))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and name wherever a name of the case stands in a folded text."""
        return self._finder.find(text)


def assign(
    people: Iterable[Iterable[str]],
    taken: frozenset[str],
    *,
    everywhere: bool = False,
    unsought: Iterable[str] = (),
) -> Pseudonyms:
    """Pseudonyms for people in order; each person is given by all spellings of his or her name.

    ``taken`` are masked names that stand in the texts already; ``unsought`` are further names
    that get a pseudonym, though no text is searched for them.
    """
    groups: defaultdict[str, list[list[str]]] = defaultdict(list)
    seen: dict[str, list[str]] = {}
    known = [list(spellings) for spellings in people]
    sought = {name for spellings in known for name in spellings}
    further = [name for name in unsought if name not in sought]
    for spellings in [*known, *([name] for name in further)]:
        names = list(spellings)
        if not names:
            continue
        keys = [name_key(name) for name in names]
        person = next((seen[key] for key in keys if key in seen), None)
        if person is None:
            person = []
            groups[stem(names[0])].append(person)
        for name, key in zip(names, keys, strict=True):
            if key not in seen:
                seen[key] = person
                person.append(name)
    shown: dict[str, str] = {}
    for base, persons in groups.items():
        clashes = base in taken or any(name.startswith(base) for name in taken)
        number = 0
        for spellings in persons:
            label = base
            if len(persons) > 1 or clashes:
                number += 1
                while f"{base}{number}" in taken:
                    number += 1
                label = f"{base}{number}"
            shown.update(dict.fromkeys(spellings, label))
    return Pseudonyms(shown, everywhere=everywhere, unsought=frozenset(further))
