"""Which field of which document is kept, masked, generalised, removed or held, and by which rule.

The table is data (``policy.toml``): a lawyer can read it, the public page of masking rules renders
it, and the gate applies it. Nothing here decides; it only looks up, and anything it cannot look up
is removed and held.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from redaction.marks import Mask
from redaction.model import Grade, Kind
from redaction.sensitive import Topic, TopicRule


class PolicyError(ValueError):
    """The policy table contradicts itself or uses a word it does not define."""


class Action(StrEnum):
    """What is done with a field."""

    KEEP = "keep"
    MASK = "mask"
    GENERALISE = "generalise"
    REDACT_TEXT = "redact_text"
    REMOVE = "remove"
    HOLD = "hold"


class OrganisationNames(StrEnum):
    """Whether organisations keep their full name or lose the trade name (practice since 2024)."""

    KEEP = "keep"
    HIDE_TRADE_NAME = "hide_trade_name"


class AddressDetail(StrEnum):
    """How much of an address a free text keeps: down to the district, or all but the room."""

    DISTRICT = "district"
    ROOM = "room"


PARTY_CLASSES = ("person", "organisation", "listed_person", "listed_organisation")
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: in ``document``, for ``party``, do ``action`` with ``field``. "*" is any."""

    document: str
    field: str
    party: str
    action: Action
    article: str
    note: str
    document_title: str = ""
    addresses: AddressDetail = AddressDetail.DISTRICT
    graded: bool = True
    """Whether sensitive topics hold this text; not where it gives a topic as its reason."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of public document. ``measures`` are the kinds of measure it may show."""

    name: str
    title: str
    measures: tuple[str, ...]
    listing: str = ""


@dataclass(frozen=True, slots=True)
class KindRule:
    """What a masked kind of span is called in Chinese and which rule asks for masking it.

    ``masks`` are what a reviewer may have stand in its place, the usual one first; ``overridable``
    says whether two people may let such a value stand where a case cannot be told without it.
    """

    title: str
    article: str
    masks: tuple[Mask, ...] = (Mask.CROSSES, Mask.DELETE)
    overridable: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole table, ready to look up. Use :meth:`default` or :meth:`parse`."""

    version: str
    rules: tuple[Rule, ...]
    documents: Mapping[str, DocumentType]
    kinds: Mapping[Kind, KindRule]
    topics: Mapping[Topic, TopicRule]
    hold_below: float = 0.65
    organisation_names: OrganisationNames = OrganisationNames.KEEP
    _index: Mapping[tuple[str, str, str], Rule] = field(default_factory=dict, repr=False)

    @classmethod
    def default(cls) -> Policy:
        """The policy shipped with the package."""
        return _default()

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Read a policy from TOML. Raises :class:`PolicyError` where it contradicts itself."""
        data = tomllib.loads(text)
        try:
            documents = {
                name: DocumentType(
                    name, row["title"], tuple(row["measures"]), row.get("listing", "")
                )
                for name, row in data["documents"].items()
            }
            rules = tuple(_rules(data["rule"], documents))
            kinds = {kind: _kind_rule(data["kinds"][kind]) for kind in Kind}
            topics = {topic: _topic_rule(data["topics"][topic]) for topic in Topic}
            options = data["options"]
            return cls(
                version=data["version"],
                rules=rules,
                documents=documents,
                kinds=kinds,
                topics=topics,
                hold_below=float(options["hold_below"]),
                organisation_names=OrganisationNames(options["organisation_names"]),
                _index=_index(rules),
            )
        except (KeyError, ValueError) as problem:
            raise PolicyError(f"policy table: {problem}") from problem

    def with_organisation_names(self, mode: OrganisationNames) -> Policy:
        """The same policy with the other way of showing organisations."""
        return replace(self, organisation_names=mode)

    def rule(self, document: str, path: str, party: str = _ANY) -> Rule | None:
        """The rule for a field path (indexes written as ``[]``); None where no rule names it.

        An exact document beats "*", and within a document an exact party beats a broader one.
        """
        parties = (party, party.removeprefix("listed_"), _ANY)
        for doc in (document, _ANY):
            for candidate in parties:
                rule = self._index.get((doc, path, candidate))
                if rule is not None:
                    return rule
        return None

    def uncovered(self, paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Pairs of document and field path for which some party has no rule."""
        return tuple(
            (document, path)
            for path in paths
            for document in self.documents
            if any(self.rule(document, path, party) is None for party in PARTY_CLASSES)
        )


@cache
def _default() -> Policy:
    return Policy.parse(files("redaction").joinpath("policy.toml").read_text(encoding="utf-8"))


def _kind_rule(row: Mapping[str, Any]) -> KindRule:
    masks = row.get("masks", (Mask.CROSSES, Mask.DELETE))
    overridable = bool(row.get("overridable", False))
    return KindRule(row["title"], row["article"], tuple(map(Mask, masks)), overridable)


def _topic_rule(row: Mapping[str, Any]) -> TopicRule:
    return TopicRule(row["title"], Grade(row["grade"]), row["article"], row["note"])


def _rules(
    rows: Iterable[Mapping[str, Any]], documents: Mapping[str, DocumentType]
) -> Iterable[Rule]:
    for row in rows:
        for document in row["documents"]:
            if document != _ANY and document not in documents:
                raise PolicyError(f"unknown document {document!r}")
            for party in row.get("parties", [_ANY]):
                if party != _ANY and party not in PARTY_CLASSES:
                    raise PolicyError(f"unknown party class {party!r}")
                title = documents[document].title if document != _ANY else "全部页面"
                for path in row["fields"]:
                    yield Rule(
                        document=document,
                        field=path,
                        party=party,
                        action=Action(row["action"]),
                        article=row["article"],
                        note=row["note"],
                        document_title=title,
                        addresses=AddressDetail(row.get("addresses", AddressDetail.DISTRICT)),
                        graded=row.get("graded", True),
                    )


def _index(rules: Iterable[Rule]) -> dict[tuple[str, str, str], Rule]:
    index: dict[tuple[str, str, str], Rule] = {}
    for rule in rules:
        key = (rule.document, rule.field, rule.party)
        known = index.setdefault(key, rule)
        if known.action is not rule.action:
            raise PolicyError(f"two rules for {key}: {known.action} and {rule.action}")
    return index
