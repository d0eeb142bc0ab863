"""Reads a sentence once in a run, however many cases it stands in.

Court papers repeat themselves. What the model said of a sentence depends on the sentence
alone, so it may be said again; it is forgotten with the run and never written anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from redaction import Redactor
from redaction.names.model import Tagged, Tagger, default_tagger

# Sentences kept at most; a run over a whole court begins anew when it has that many.
ROOM = 20_000


class RememberingTagger:
    """The tagger within, asked only about sentences it was not asked about before."""

    def __init__(self, inner: Callable[[], Tagger] = default_tagger) -> None:
        self._inner = inner
        self._known: dict[str, Tagged] = {}

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        """Words and tags of each sentence, in order."""
        known = {text: self._known[text] for text in sentences if text in self._known}
        fresh = [text for text in dict.fromkeys(sentences) if text not in known]
        if fresh:
            known |= zip(fresh, self._inner().tag(fresh), strict=True)
            if len(self._known) + len(fresh) > ROOM:
                self._known.clear()
            self._known |= {text: known[text] for text in fresh}
        return [list(known[text]) for text in sentences]


def remembering(redactor: Redactor) -> Redactor:
    """A redactor for one run under the same policy."""
    tagger = RememberingTagger()
    return Redactor(redactor.policy, tagger=lambda: tagger)
