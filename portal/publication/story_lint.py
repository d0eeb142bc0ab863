"""The mask check of stories: every word that would go out, and what in it has to be masked.

A finding keeps a story from being signed until the text is mended, or until a second
person lets these very words stand with a reason. Numbers of documents, cards and
certificates, and what is known to be private in a linked case, nobody can let stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.models import PublicAuction, PublicCase
from portal.plaintext import html_to_text
from portal.press.attaching import attached_reading
from portal.press.content import StoryContent, one_line, read_content
from portal.press.errors import StoryError
from portal.press.models import REVIEWED_IN, Story, StoryOverride
from portal.press.queries import picture_names
from portal.press.workflow import story_as_read
from portal.publication.attachment_lint import FILE_MISSING, lint_attachment
from portal.publication.compose import KIND_LABELS
from portal.publication.gate import Gate
from portal.publication.mark_rows import read_marks
from portal.publication.story_findings import StoryFinding, find_words
from portal.reference.press_forms import FACTS, FactKind
from portal.reference.vocabulary import DisclosureLevel
from portal.registry.audit import record_act
from portal.registry.models import RegistryCase
from redaction import Redactor, verify

CORRECTION = "更正说明"


def story_texts(content: StoryContent, file_names: Mapping[int, str]) -> dict[str, str]:
    """Every text of a story by its place, also those only a machine or the office reads."""
    texts = {
        "标题": content.title,
        "导语": content.lead,
        "正文": html_to_text(content.body_html),
        # What the renderer drops (an address, a comment) was written all the same.
        "正文源文本": content.body,
        "来源": content.sources,
        CORRECTION: content.correction,
    }
    for field in FACTS[content.form]:
        if field.kind is FactKind.TEXT:
            texts[field.label] = content.facts.get(field.name, "")
    for number, picture in enumerate(content.pictures, 1):
        texts[f"图片{number}说明"] = picture.caption
        texts[f"图片{number}替代文字"] = picture.alt
        stem = file_names.get(picture.id, "").rpartition(".")[0]
        texts[f"图片{number}文件名"] = stem.replace("_", " ").replace("-", " ")
    return {place: text for place, text in texts.items() if text}


def lint_texts(redactor: Redactor, texts: Mapping[str, str]) -> tuple[StoryFinding, ...]:
    """What redaction would mask or is in doubt about, each finding once."""
    found = {
        finding.key: finding
        for place, text in texts.items()
        for finding, _ in find_words(redactor, place, text)
    }
    return _without_echo(tuple(found.values()))


def lint_story(gate: Gate, story: Story, *, links: bool = True) -> tuple[StoryFinding, ...]:
    """Everything that speaks against signing the newest revision, overrides left out of account.

    ``links`` False leaves out whether what it links to is public.
    """
    content = read_content(story.content)
    with gate.stores.registry() as session, gate.stores.disclosure() as public:
        texts = story_texts(content, picture_names(session, story.id))
        findings = list(lint_texts(gate.redactor, texts))
        if content.attachment:
            reading = attached_reading(session, story.id, content.attachment)
            findings += (
                lint_attachment(gate.redactor, content.attachment, reading)
                if reading
                else [FILE_MISSING]
            )
        findings += _linked_leaks(gate, session, content, texts)
        if links:
            findings += _links_not_public(public, content)
    return tuple(findings)


def open_findings(
    session: Session, story_id: int, findings: tuple[StoryFinding, ...]
) -> tuple[StoryFinding, ...]:
    """The findings nobody let stand."""
    query = select(StoryOverride.finding).filter_by(story_id=story_id)
    let_stand = set(session.scalars(query))
    return tuple(each for each in findings if each.final or each.key not in let_stand)


def let_stand(
    gate: Gate, story_id: int, key: str, reason: str, *, revision: int, actor: str
) -> None:
    """Let one finding stand with a reason; not by the author.

    Raises StoryError where the reason is missing, it is the author's own, final, or not there.
    """
    reason = one_line(reason)[:500]
    if not reason:
        raise StoryError("请写明保留的理由。", "why")
    with gate.stores.registry() as session:
        story = session.get(Story, story_id)
        if story is None:
            raise StoryError("没有这篇稿件。")
        session.expunge(story)
    found = {each.key: each for each in lint_story(gate, story)}
    with gate.stores.registry.begin() as session:
        story = story_as_read(session, story_id, revision)
        if story.author == actor:
            raise StoryError("须由作者以外的人决定保留。")
        if story.state not in REVIEWED_IN:
            raise StoryError("稿件不在审核中。")
        if key not in found:
            raise StoryError("这一处已不在稿件中，请刷新后再看。")
        if found[key].final:
            raise StoryError("这一处不能保留，只能修改。")
        query = select(StoryOverride).filter_by(story_id=story_id, finding=key)
        if session.scalars(query).one_or_none() is None:
            session.add(
                StoryOverride(
                    story_id=story_id,
                    finding=key,
                    reason=reason,
                    decided_by=actor,
                    decided_at=datetime.now(UTC),
                )
            )
            detail = {"revision": revision, "reason": reason}
            record_act(session, actor, "story.let_stand", story.slug, detail)


def linked_numbers(content: Mapping[str, Any]) -> set[str]:
    """Case numbers a kept revision is about."""
    return {*content["cases"], content["facts"].get("case_number", "")} - {""}


def _without_echo(findings: tuple[StoryFinding, ...]) -> tuple[StoryFinding, ...]:
    # The source of the body says again what the body says: once is enough for a reader.
    shown = {each.reason for each in findings if each.place == "正文"}
    return tuple(
        each for each in findings if each.place != "正文源文本" or each.reason not in shown
    )


def _linked_leaks(
    gate: Gate, session: Session, content: StoryContent, texts: Mapping[str, str]
) -> Iterator[StoryFinding]:
    """What is known to be private in a linked case and can be read in the story."""
    numbers = linked_numbers(content.to_json())
    query = select(RegistryCase).where(RegistryCase.case_number.in_(numbers))
    for case in session.scalars(query):
        marks = read_marks(session, case.id, case.revision)
        record = gate.redactor.for_record(case.content, marks)
        for leak in verify(list(texts.items()), record.private):
            reason = f"关联案件 {case.case_number} 的私密内容（{KIND_LABELS[leak.kind]}）"
            yield StoryFinding(leak.path, reason, "", final=True)


def _links_not_public(public: Session, content: StoryContent) -> Iterator[StoryFinding]:
    numbers = linked_numbers(content.to_json())
    query = select(PublicCase.case_number).filter_by(level=DisclosureLevel.OPEN)
    known = set(public.scalars(query.where(PublicCase.case_number.in_(numbers))))
    for number in sorted(numbers - known):
        yield StoryFinding("关联案件", f"{number} 没有公开", "", final=True)
    ids = set(content.auctions)
    shown = set(public.scalars(select(PublicAuction.id).where(PublicAuction.id.in_(ids))))
    for one in sorted(ids - shown):
        yield StoryFinding("关联拍卖", f"{one} 没有公开", "", final=True)
