"""The masking rules as the gate applies them, arranged for reading.

The one place where the public surface looks into redaction, and only at its policy
table: plain data on fields and articles, no value of any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from redaction.policy import PARTY_CLASSES, Action, Policy

ACTION_WORDS: dict[Action, str] = {
    Action.KEEP: "公开",
    Action.MASK: "屏蔽",
    Action.GENERALISE: "概括",
    Action.REDACT_TEXT: "公开并屏蔽其中的个人信息",
    Action.REMOVE: "不公开",
    Action.HOLD: "人工审核",
}

# By the value of the grade: what is behind the policy table is not for the public surface.
GRADE_WORDS: dict[str, str] = {
    "masked": "屏蔽后公开",
    "review": "人工审核后公开",
    "forbidden": "不公开，另行审批的除外",
}


@dataclass(frozen=True)
class SensitiveTopic:
    """What happens to a text that touches on a sensitive topic, and why."""

    title: str
    grade: str
    article: str


@dataclass(frozen=True)
class MaskingRule:
    """One sentence on what happens to a piece of information, and why."""

    action: str
    note: str
    article: str


@dataclass(frozen=True)
class MaskingTable:
    """``pages``: page title → its rules; ``kinds``: what is masked inside texts → article.

    ``topics`` are what masking may not settle, with what happens then.
    """

    version: str
    pages: dict[str, tuple[MaskingRule, ...]]
    kinds: dict[str, str]
    topics: tuple[SensitiveTopic, ...]


@cache
def masking_rules(own: Path | None = None) -> MaskingTable:
    """The table in force: the court's ``own`` policy, or the one shipped where it has none."""
    policy = Policy.parse(own.read_text(encoding="utf-8")) if own else Policy.default()
    return MaskingTable(
        version=policy.version,
        pages={
            document.title: _rules_of(policy, name) for name, document in policy.documents.items()
        },
        kinds={rule.title: rule.article for rule in policy.kinds.values()},
        topics=tuple(
            SensitiveTopic(rule.title, GRADE_WORDS[rule.grade], rule.article)
            for rule in policy.topics.values()
        ),
    )


def _rules_of(policy: Policy, document: str) -> tuple[MaskingRule, ...]:
    """The rules that decide something on this page, each sentence once, in policy order."""
    fields = dict.fromkeys(rule.field for rule in policy.rules)
    decisive = (policy.rule(document, field, party) for field in fields for party in PARTY_CLASSES)
    rows = dict.fromkeys(
        MaskingRule(ACTION_WORDS[rule.action], rule.note, rule.article) for rule in decisive if rule
    )
    order = list(ACTION_WORDS.values())
    return tuple(sorted(rows, key=lambda row: order.index(row.action)))
