"""What one revision of a story, page or notice says, checked on the way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from portal.press.attachments import ATTACHED_TO, Attachment
from portal.press.errors import StoryError
from portal.press.markdown import render_markdown
from portal.press.pictures import Picture
from portal.reference.press_forms import FACTS, PressForm, read_case_number
from portal.reference.vocabulary import StoryKind

MAX_TITLE = 60
MAX_LEAD = 300
# A page stays under 60 kB: a character of Chinese takes three bytes.
MAX_BODY = 15_000
MAX_NOTE = 300
MAX_LINKS = 20
MAX_PICTURES = 12


@dataclass(frozen=True)
class StoryContent:
    """Everything that is signed together.

    ``kind`` counts for stories only, ``facts`` are the fields of the form (see
    ``portal.reference.press_forms``). ``cases`` are case numbers and ``auctions`` ids of
    auction pages; only public ones get out. ``sources`` has one source a line.
    ``correction`` is the public note of a corrected story.
    """

    title: str
    lead: str = ""
    body: str = ""
    kind: StoryKind = StoryKind.RESULTS
    form: PressForm = PressForm.STORY
    facts: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[str, ...] = ()
    auctions: tuple[str, ...] = ()
    sources: str = ""
    correction: str = ""
    pictures: tuple[Picture, ...] = ()
    attachment: Attachment | None = None

    @property
    def body_html(self) -> str:
        """The body as it may be shown."""
        return render_markdown(self.body)

    def to_json(self) -> dict[str, Any]:
        """The form in which a revision is kept."""
        return asdict(self)


def read_content(kept: Mapping[str, Any]) -> StoryContent:
    """A revision as it was kept."""
    pictures = tuple(
        Picture(**{**each, "boxes": tuple(tuple(box) for box in each["boxes"])})
        for each in kept["pictures"]
    )
    # Revisions from before there were files name none.
    attached = kept.get("attachment")
    fields = dict(kept) | {
        "attachment": Attachment(**attached) if attached else None,
        "kind": StoryKind(kept["kind"]),
        "form": PressForm(kept["form"]),
        "cases": tuple(kept["cases"]),
        "auctions": tuple(kept["auctions"]),
        "pictures": pictures,
    }
    return StoryContent(**fields)


def check_content(content: StoryContent) -> StoryContent:
    """The content in the form it is kept in; StoryError where something does not fit."""
    title, lead = one_line(content.title), one_line(content.lead)
    if not title:
        raise StoryError("请填写标题。", "title")
    if len(title) > MAX_TITLE:
        raise StoryError(f"标题不能超过 {MAX_TITLE} 字。", "title")
    if len(lead) > MAX_LEAD:
        raise StoryError(f"导语不能超过 {MAX_LEAD} 字。", "lead")
    if len(content.body) > MAX_BODY:
        raise StoryError(f"正文不能超过 {MAX_BODY:,} 个字符。", "body")
    correction = one_line(content.correction)
    if len(correction) > MAX_NOTE:
        raise StoryError(f"更正说明不能超过 {MAX_NOTE} 字。", "correction")
    sources = "\n".join(filter(None, map(one_line, content.sources.splitlines())))
    if len(sources) > MAX_NOTE:
        raise StoryError(f"来源不能超过 {MAX_NOTE} 字。", "sources")
    if len(content.pictures) > MAX_PICTURES:
        raise StoryError(f"一篇稿件最多 {MAX_PICTURES} 张图片。", "pictures")
    if content.attachment and content.form != ATTACHED_TO:
        raise StoryError("只有规范性文件可以带附件文件。", "file")
    return replace(
        content,
        title=title,
        lead=lead,
        body=content.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n"),
        facts=_checked_facts(content),
        cases=_checked_cases(content.cases),
        auctions=_checked_auctions(content.auctions),
        sources=sources,
        correction=correction,
    )


def one_line(text: str) -> str:
    """Text on one line, what cannot be shown as a blank."""
    visible = "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(visible.split())


def _checked_facts(content: StoryContent) -> dict[str, str]:
    facts = {}
    for each in FACTS[content.form]:
        try:
            facts[each.name] = each.read(content.facts.get(each.name, ""))
        except ValueError as error:
            raise StoryError(str(error), f"fact-{each.name}") from None
    return facts


def _checked_cases(written: tuple[str, ...]) -> tuple[str, ...]:
    try:
        numbers = dict.fromkeys(
            read_case_number(one, "关联案号") for one in map(one_line, written) if one
        )
    except ValueError as error:
        raise StoryError(str(error), "cases") from None
    if len(numbers) > MAX_LINKS:
        raise StoryError(f"关联案件最多 {MAX_LINKS} 件。", "cases")
    return tuple(numbers)


def _checked_auctions(written: tuple[str, ...]) -> tuple[str, ...]:
    ids = dict.fromkeys(one.rpartition("/")[2] for one in map(one_line, written) if one)
    if len(ids) > MAX_LINKS:
        raise StoryError(f"关联拍卖最多 {MAX_LINKS} 项。", "auctions")
    if not all(one.isascii() and one.isalnum() and len(one) <= 24 for one in ids):
        raise StoryError("关联拍卖请填写公开拍卖页面的网址。", "auctions")
    return tuple(ids)
