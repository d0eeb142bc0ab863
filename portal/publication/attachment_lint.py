"""The mask check of a file: page by page as it reads, and once more with no break anywhere.

A name stands across two lines, a number is spread over a column: what the lines pull apart is
found where they are joined. Pictures and shapes may hold words that nothing reads; they are told,
and somebody who did not write the text looks at them and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.press.attachments import Attachment
from portal.press.pdf.sandbox import Reading
from portal.publication.story_findings import (
    NEVER_LET_STAND,
    StoryFinding,
    find_words,
    make_finding,
)
from redaction import Grade, Kind, Redactor

FILE_MISSING = StoryFinding("附件文件", "文件已不在稿库中，或者与登记的不符", "", final=True)
_JOINED = "附件全文（连读）"
# As many bent lines as two or three characters in outlines have; frames and tables have fewer.
_MANY_CURVES = 60
_BREAKS = re.compile(r"\s+")


def attachment_texts(attachment: Attachment, reading: Reading) -> dict[str, str]:
    """Every text of a file by its place."""
    texts = {f"附件第 {number} 页": text for number, text in enumerate(reading.pages, 1)}
    for number, text in enumerate(reading.beyond, 1):
        texts[f"附件第 {number} 页叠印、过小的文字"] = text
    texts["附件书签"] = "\n".join(reading.outline)
    texts["附件链接"] = "\n".join(reading.links)
    texts["附件内部名称"] = "\n".join(reading.labels)
    stem = attachment.file_name.rpartition(".")[0]
    texts["附件文件名"] = stem.replace("_", " ").replace("-", " ")
    return {place: text for place, text in texts.items() if text}


def joined_text(reading: Reading) -> str:
    """The whole text of a file without a blank or a line break."""
    return _BREAKS.sub("", "".join((*reading.pages, *reading.outline, *reading.beyond)))


def lint_attachment(
    redactor: Redactor, attachment: Attachment, reading: Reading
) -> tuple[StoryFinding, ...]:
    """What redaction would mask or is in doubt about in a file, and what it cannot read."""
    found: dict[str, StoryFinding] = {}
    met: set[tuple[str, str]] = set()
    for place, text in attachment_texts(attachment, reading).items():
        for finding, words in find_words(redactor, place, text):
            found[finding.key] = finding
            met.add((finding.reason, _BREAKS.sub("", words)))
    for finding in _joined_findings(redactor, joined_text(reading), met):
        found[finding.key] = finding
    found |= {each.key: each for each in _unread(attachment, reading)}
    return tuple(found.values())


def _joined_findings(
    redactor: Redactor, text: str, met: set[tuple[str, str]]
) -> Iterator[StoryFinding]:
    """What only the joined text shows. Two numbers side by side may join to a third by chance:
    but for citizens' numbers, which prove themselves, somebody may say that it is none."""
    redaction = redactor.redact(text)
    for each in redaction.findings:
        words = text[each.start : each.end]
        finding = make_finding(_JOINED, each.kind, words, final=each.kind is Kind.ID_NUMBER)
        if (finding.reason, words) not in met:
            yield finding
    reasons = {reason for reason, _ in met}
    for hold in redaction.holds:
        # A doubt about a finding says nothing beside the finding itself.
        if hold.grade is not Grade.MASKED and hold.reason not in reasons:
            final = hold.kind in NEVER_LET_STAND
            yield StoryFinding.of(_JOINED, hold.reason, text, final=final)


def _unread(attachment: Attachment, reading: Reading) -> Iterator[StoryFinding]:
    for number, (images, curves) in enumerate(zip(reading.images, reading.curves, strict=True), 1):
        place = f"附件第 {number} 页"
        if images:
            reason = f"有 {images} 处图片，图中的文字（包括裁掉的部分）无法自动检查，须打开文件核对"
            yield StoryFinding.of(place, reason, attachment.name)
        if curves > _MANY_CURVES:
            reason = "有较多曲线图形，可能是转成图形的文字，无法自动检查，须打开文件核对"
            yield StoryFinding.of(place, reason, attachment.name)
