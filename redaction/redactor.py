"""Text in, masked text out: the recognisers, the names and the policy put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from redaction import identifiers
from redaction.marks import Mark
from redaction.model import Finding, Grade, Hold, Kind, Known, Redaction
from redaction.names.model import Tagger, default_tagger
from redaction.names.pseudonyms import Pseudonyms, assign, masked_names
from redaction.names.reading import REPEATED, Names, read_names, stands_alone
from redaction.names.roster import Roster
from redaction.organisations import Organisations
from redaction.overlap import resolve
from redaction.policy import AddressDetail, Policy
from redaction.reader import Reader
from redaction.recognisers import PROSE, address
from redaction.record import RecordRedactor
from redaction.rules import rules_version
from redaction.sensitive import sensitive_holds
from redaction.spans import SpanSet
from redaction.view import Candidate, View


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with everything seen in it, before names are turned into pseudonyms."""

    view: View
    roster: Roster
    candidates: tuple[Candidate, ...]
    names: tuple[Candidate, ...]
    kept: SpanSet
    meant: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Where a reviewer said which person is meant by the words of a span."""

    def spelled(self, candidate: Candidate) -> str:
        """The name a candidate covers, as the folded text spells it."""
        return self.view.text[candidate.start : candidate.end]


class Redactor:
    """Masks texts and records under one policy. Safe to share between threads; holds no text.

    ``tagger`` provides the statistical model of names; by default LAC, loaded at the first need.
    """

    def __init__(
        self, policy: Policy | None = None, *, tagger: Callable[[], Tagger] = default_tagger
    ) -> None:
        self.policy = policy or Policy.default()
        self._tagger = tagger
        self._nobody = Roster(Known())

    @cached_property
    def version(self) -> str:
        """Which policy and recognisers this one masks by; see :mod:`redaction.rules`."""
        return rules_version(self.policy)

    def redact(self, text: str, known: Known | None = None) -> Redaction:
        """Mask every private span of ``text``. Offsets of the findings are those of ``text``."""
        roster = Roster(known) if known else self._nobody
        (reading,) = self.read([text], roster)
        people = [(p.name, *p.aliases) for p in roster.known.persons]
        people += [(name,) for name in dict.fromkeys(map(reading.spelled, reading.names))]
        text = reading.view.text
        mode = self.policy.organisation_names
        organisations = Organisations(mode, roster.known.organisations, [text])
        return self.render(reading, assign(people, masked_names(text)), organisations)

    def for_record(self, record: Mapping[str, Any], marks: Sequence[Mark] = ()) -> RecordRedactor:
        """A redactor for all documents of one case; the same person keeps the same pseudonym.

        ``marks`` are what reviewers want done with words of this case. Words to keep that are a
        person's name or private value of the case are not kept, and every document says so in a
        hold, unless two people let them stand.
        """
        return RecordRedactor(record, self, marks)

    def read(self, texts: Sequence[str], roster: Roster) -> list[Reading]:
        """See everything private in texts of one case without masking yet."""
        views = [View(text) for text in texts]
        names = read_names(views, roster, self._tagger)
        return [_read(*pair, roster) for pair in zip(views, names, strict=True)]

    def render(
        self,
        reading: Reading,
        pseudonyms: Pseudonyms,
        organisations: Organisations,
        *,
        addresses: AddressDetail = AddressDetail.DISTRICT,
        graded: bool = True,
        reader: Reader | None = None,
    ) -> Redaction:
        """Mask a reading; people and organisations are shown by what the case calls them.

        ``graded`` False lets a text name a sensitive topic without being held for it. What a
        ``reader`` may read is left as it is written.
        """
        view = reading.view
        units = (c for c in organisations.find(view.text) if not reading.kept.holds(c.start, c.end))
        candidates = [*reading.candidates, *units]
        if addresses is AddressDetail.ROOM:
            candidates = [c for each in candidates for c in address.only_room(view, each)]
        candidates += _pseudonymised(reading, pseudonyms)
        if reader:
            candidates = [c for c in candidates if not reader.may_read(view.text[c.start : c.end])]
        chosen = resolve(candidates)
        findings = tuple(self._finding(view, candidate) for candidate in chosen)
        holds = [
            Hold(
                f"{self.policy.kinds[f.kind].title}：{f.reason}，把握不足，请人工核对",
                f.kind,
                grade=Grade.MASKED,
            )
            for f in findings
            if f.score < self.policy.hold_below
        ]
        if graded:
            holds += sensitive_holds(view.text, self.policy.topics)
        masked = apply(view.folded.original, findings)
        return Redaction(masked, findings, tuple(dict.fromkeys(holds)))

    def _finding(self, view: View, candidate: Candidate) -> Finding:
        start, end = view.folded.span(candidate.start, candidate.end)
        return Finding(
            candidate.kind,
            start,
            end,
            candidate.replacement,
            round(candidate.score, 2),
            candidate.reason,
            candidate.recogniser,
            self.policy.kinds[candidate.kind].article,
        )


def apply(text: str, findings: Iterable[Finding]) -> str:
    """``text`` with every finding replaced; findings are in order and do not overlap."""
    parts: list[str] = []
    last = 0
    for finding in findings:
        parts += (text[last : finding.start], finding.replacement)
        last = finding.end
    parts.append(text[last:])
    return "".join(parts)


def _read(view: View, names: Names, roster: Roster) -> Reading:
    terms = SpanSet(roster.kept_terms(view))
    candidates = identifiers.find(view)
    candidates += [c for find in PROSE for c in find(view)]
    candidates = [c for c in candidates if not terms.holds(c.start, c.end)]
    candidates += roster.values(view)
    return Reading(view, roster, tuple(candidates), names.found, names.kept)


def _pseudonymised(reading: Reading, pseudonyms: Pseudonyms) -> Iterator[Candidate]:
    """The names of a reading and every other place a name of the case stands."""
    text = reading.view.text
    read = {(name.start, name.end) for name in reading.names}
    for start, end, name in pseudonyms.find(text):
        if (start, end) in read or reading.kept.holds(start, end):
            continue
        certain = pseudonyms.everywhere or reading.roster.is_listed(name)
        if certain or stands_alone(text, start, end):
            label = _apart(pseudonyms.shown[name], text, end)
            reason = "本案他处已识别的姓名"
            yield Candidate(Kind.PERSON, start, end, 0.97, reason, REPEATED, label)
    for found in reading.names:
        meant = reading.meant.get((found.start, found.end))
        pseudonym = pseudonyms.of(meant or reading.spelled(found))
        if pseudonym:
            label = _apart(pseudonym, text, found.end)
            yield Candidate(
                found.kind,
                found.start,
                found.end,
                found.score,
                found.reason,
                found.recogniser,
                label,
            )


def _apart(label: str, text: str, end: int) -> str:
    """A pseudonym, set off by a blank where its numeral would run into a number: 张某1 2018年."""
    return f"{label} " if label[-1:].isdecimal() and text[end : end + 1].isdecimal() else label
