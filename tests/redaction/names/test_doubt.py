"""Places in doubt are settled by what the model says of them, and only those are shown to it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from redaction import Known, Redactor
from redaction.names.model import Tagged
from redaction.names.reading import read_names
from redaction.names.roster import Roster
from redaction.view import View


class Recorder:
    """A model that knows a few words, each with its tag, and remembers what it was asked."""

    def __init__(self, **words: str) -> None:
        self._words = words
        self.asked: list[str] = []

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        self.asked += sentences
        return [self._cut(sentence) for sentence in sentences]

    def _cut(self, sentence: str) -> Tagged:
        tagged: Tagged = []
        while sentence:
            word = next((w for w in self._words if sentence.startswith(w)), sentence[0])
            tagged.append((word, self._words.get(word, "w")))
            sentence = sentence[len(word) :]
        return tagged


ROWS = [
    ("被告人帕晓燕，女。", {"帕晓燕": "PER"}, ["帕晓燕"], "the model knows a person"),
    ("被告人帕晓燕。", {"帕晓燕": "n"}, [], "the model knows a word"),
    ("约定由方平及其亲属交付。", {"方平": "PER"}, ["方平"], "a rare word is a person here"),
    ("约定由方平及其亲属交付。", {"方平": "n"}, [], "a rare word is a word here"),
]


@pytest.mark.parametrize(("text", "words", "names", "why"), ROWS)
def test_the_model_decides(text: str, words: dict[str, str], names: list[str], why: str) -> None:
    (read,) = read_names([View(text)], Roster(Known()), lambda: Recorder(**words))
    assert [text[c.start : c.end] for c in read.found] == names, why


def test_only_clauses_in_doubt_are_shown_to_the_model() -> None:
    model = Recorder()
    text = "证人刘泓骁到庭，本院依法查封房产。约定由方平及其亲属交付，其余不变。"
    Redactor(tagger=lambda: model).redact(text)
    assert model.asked == ["约定由方平及其亲属交付，"]


def test_what_one_text_of_a_case_makes_evident_is_no_doubt_in_another() -> None:
    model = Recorder()
    views = [View("证人方平到庭，约定由方平及其亲属交付。"), View("约定由方平及其亲属交付。")]
    first, second = read_names(views, Roster(Known()), lambda: model)
    assert model.asked == []
    assert len(first.found) == 2
    assert second.found == ()  # found there, too, once the case has its pseudonyms


def test_a_text_without_doubts_never_loads_the_model() -> None:
    def never() -> Recorder:
        raise AssertionError("the model was loaded")

    text = "已通过网络执行查控系统发起查询，未发现可供执行的财产。"
    assert Redactor(tagger=never).redact(text).text == text
