"""The other cases of a dispute: 执 ↔ 执恢 ↔ 执异, both ways, and only among public cases."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.models import PublicCase, PublicLink
from portal.reference.case_numbers import parse
from portal.reference.vocabulary import CASE_KINDS, DisclosureLevel, Relation


@dataclass(frozen=True)
class RelatedCase:
    """Another public case and what it is to this one, in words: 恢复执行案件, 执行异议案件 …"""

    number: str
    slug: str
    relation: Relation
    label: str


def read_related(session: Session, case: PublicCase) -> tuple[RelatedCase, ...]:
    """The public cases that ``case`` names or that name it, by date of filing.

    A case closed to the public is not linked, from either side: that it belongs to this
    dispute is more than its own page says.
    """
    if case.level != DisclosureLevel.OPEN:
        return ()
    named_by = (
        select(PublicCase, PublicLink.relation)
        .join(PublicLink, PublicLink.case_id == PublicCase.id)
        .where(PublicLink.number == case.case_number)
    )
    named = (
        select(PublicCase, PublicLink.relation)
        .join(PublicLink, PublicLink.number == PublicCase.case_number)
        .where(PublicLink.case_id == case.id)
    )
    found: dict[str, tuple[PublicCase, Relation]] = {}
    for query, this_names_it in ((named_by, False), (named, True)):
        for other, word in session.execute(query.where(PublicCase.level == DisclosureLevel.OPEN)):
            relation = Relation(word) if this_names_it else Relation(word).inverse
            known = found.get(other.case_number)
            # Whichever of the two knows more exactly what they are to one another.
            if known is None or relation is not Relation.OTHER:
                found[other.case_number] = (other, relation)
    return tuple(
        RelatedCase(other.case_number, other.slug, relation, _label(other.case_number, relation))
        for other, relation in sorted(
            found.values(), key=lambda pair: (pair[0].filed_on, pair[0].id)
        )
        if other.id != case.id
    )


def _label(number: str, relation: Relation) -> str:
    if relation is not Relation.OTHER:
        return str(relation)
    return CASE_KINDS.get(parse(number).type, str(relation))
