"""The model's own decoder: same words whatever is read beside a sentence."""

from __future__ import annotations

from redaction.names.model import default_tagger

SENTENCES = [
    "证人刘泓骁到庭陈述。",
    "张伟在沈阳打工",
    "",
    "一",
    "被执行人名下无房产、无车辆、无证券。",
]


def test_words_join_to_the_sentence() -> None:
    for sentence, words in zip(SENTENCES, default_tagger().tag(SENTENCES), strict=True):
        assert "".join(word for word, _ in words) == sentence


def test_a_sentence_reads_the_same_alone_and_in_company() -> None:
    together = default_tagger().tag(SENTENCES)
    alone = [default_tagger().tag([sentence])[0] for sentence in SENTENCES]
    assert together == alone


def test_sees_people() -> None:
    (words,) = default_tagger().tag(["证人刘泓骁到庭陈述。"])
    assert ("刘泓骁", "PER") in words
