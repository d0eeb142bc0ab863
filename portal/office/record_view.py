"""A private record as a reviewer reads it: Chinese labels, and what will be masked marked.

Pure functions from the record as it came, and from its public form, to sections of labelled lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.office.field_names import PATH_STEP, PUBLIC_PAGES, RECORD_PARTS, path_label
from portal.office.tied_view import Piece, PublicTexts, Tie, record_pieces
from portal.reference.courts import court_name

# A query code opens the party's own view: not even a reviewer needs to read it.
_SECRET = re.compile(r"query_codes\[\d+\]\.code")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d.*")
# What tells the entries of a list from one another, shown in their headings.
HEADING_FIELDS = {
    "parties": ("role",),
    "events": ("node", "at"),
    "property_controls": ("action", "kind"),
    "measures": ("kind", "decided_on"),
}
# Shown apart, as findings.
_NOT_SHOWN = frozenset({"masked"})


@dataclass(frozen=True)
class LabelledLine:
    """One field: its label, its path in the record, and its text in pieces."""

    label: str
    path: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Section:
    """One part of the record, or one entry of a list in it."""

    title: str
    lines: tuple[LabelledLine, ...]


def record_texts(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Path and text of every field of a record, in reading order."""
    heading = {key: value for key, value in record.items() if key not in RECORD_PARTS}
    parts = {key: record[key] for key in RECORD_PARTS if key in record}
    return tuple(_leaves("", heading | parts))


def record_sections(record: Mapping[str, Any], ties: Iterable[Tie]) -> tuple[Section, ...]:
    """The whole record in reading order; parts that are absent are left out."""
    by_path: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_path[tie.path].append(tie)
    heading = {key: value for key, value in record.items() if key not in RECORD_PARTS}
    sections = [Section("案件", tuple(_lines(heading, "", by_path)))]
    for key, title in RECORD_PARTS.items():
        value = record.get(key)
        if isinstance(value, list):
            for number, item in enumerate(value):
                sections.append(_entry(title, key, number, item, by_path))
        elif value:
            sections.append(Section(title, tuple(_lines(value, key, by_path))))
    return tuple(sections)


@dataclass(frozen=True)
class FieldChange:
    """One field that two versions of a record write differently; "" where it is absent."""

    label: str
    before: str
    after: str


def record_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Every field that differs, in the order of the newer record, then what is gone."""
    old, new = dict(_leaves("", before)), dict(_leaves("", after))
    changes = []
    for path in dict.fromkeys([*new, *old]):
        earlier, later = old.get(path, ""), new.get(path, "")
        if earlier == later:
            continue
        if _SECRET.fullmatch(path):
            earlier, later = ("（不显示）" if text else "" for text in (earlier, later))
        changes.append(FieldChange(path_label(path), _plain(earlier), _plain(later)))
    return tuple(changes)


def draft_sections(
    drafts: Iterable[tuple[str, Sequence[tuple[str, str]]]], public: PublicTexts
) -> tuple[Section, ...]:
    """The public form, one section a page; the parts of one list entry make one line."""
    return tuple(
        Section(PUBLIC_PAGES.get(path.split("/")[1], path), tuple(_draft_lines(texts, public)))
        for path, texts in drafts
    )


def _entry(
    title: str,
    key: str,
    number: int,
    item: Mapping[str, Any],
    ties: Mapping[str, list[Tie]],
) -> Section:
    """One entry of a list, headed by the words that tell it from the others."""
    heading = [_plain(str(item[name])) for name in HEADING_FIELDS.get(key, ()) if name in item]
    rest = {name: value for name, value in item.items() if name not in HEADING_FIELDS.get(key, ())}
    lines = tuple(_lines(rest, f"{key}[{number}]", ties))
    return Section(" ".join([f"{title} {number + 1}", *heading]), lines)


def _plain(text: str) -> str:
    moment = _MOMENT.fullmatch(text)
    return f"{moment[1]} {moment[2]}" if moment else text


def _lines(
    value: Mapping[str, Any], prefix: str, ties: Mapping[str, list[Tie]]
) -> Iterator[LabelledLine]:
    for place, text in _leaves(prefix, value):
        shown = "（不显示）" if _SECRET.fullmatch(place) else text
        if shown:
            label = path_label(place.removeprefix(prefix).lstrip("."))
            yield LabelledLine(label, place, record_pieces(shown, ties.get(place, ())))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(f"{path}[{number}]", item)
    elif isinstance(value, bool):
        yield path, "是" if value else "否"
    elif path == "court":
        yield path, f"{court_name(str(value))}（{value}）"
    else:
        yield path, str(value)


def _draft_lines(texts: Sequence[tuple[str, str]], public: PublicTexts) -> Iterator[LabelledLine]:
    grouped: dict[str, list[Piece]] = {}
    for path, text in texts:
        steps = [name or f"[{index}]" for name, index in PATH_STEP.findall(path)]
        # The check reads the keys of a JSON column as well; a reader does not need to.
        if steps[0] in _NOT_SHOWN or (len(steps) > 1 and text == steps[-1]):
            continue
        group = steps[0] + (steps[1] if len(steps) > 1 and steps[1][0] == "[" else "")
        if len(steps) > 1 and group == steps[0]:
            group = path
        parts = grouped.setdefault(group, [])
        if parts:
            parts.append(Piece(" · "))
        parts += public.pieces(path, {"True": "是", "False": "否"}.get(text, text))
    for path, parts in grouped.items():
        yield LabelledLine(path_label(path), path, tuple(parts))
