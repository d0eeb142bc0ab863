"""Coverage-guided fuzzing of everything that reads a text, the model left out.

    pip install atheris==3.0.0
    python bench/redaction/fuzz.py -max_total_time=60 [CORPUS FOLDER]

Held to: nothing raises, findings point into the text in order, replacing them gives the masked
text, and no unbroken run of twelve digits is left but in a guarded span. That
masking twice changes nothing is tested on prose (tests/redaction): random characters can always
be put together so that a pseudonym completes an address. A finding of the fuzzer belongs into the
tests as a row.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

with atheris.instrument_imports(include=["redaction"]):
    from redaction import Redactor
    from redaction.names.model import Tagged
    from redaction.redactor import apply
    from redaction.view import View

_LONG_RUN = re.compile(r"(?<![0-9])[0-9]{12,}")
ALPHABET = (
    "0123456789Xx×*０１２〇一二三四五六七八九幺①②年月日号（）()[]〔〕【】 \u3000\u00a0\u200b\u0301"
    "\u202e\ud800\n-－·.@_+/:：，。；、张王于向欧阳某被执行人证妻子的之系住址路街村镇小区楼单元室"
    "辽Hh执第不动产权微信账户卡电话身份患有癌出生男女abcQQ"
)


class NoModel:
    """Every character a word of its own: the fuzzer explores our code, not the network."""

    def tag(self, sentences: Sequence[str]) -> list[Tagged]:
        return [[(character, "n") for character in sentence] for sentence in sentences]


REDACTOR = Redactor(tagger=NoModel)


def one_input(data: bytes) -> None:
    text = "".join(ALPHABET[byte % len(ALPHABET)] for byte in data)
    result = REDACTOR.redact(text)
    reached = 0
    for finding in result.findings:
        assert reached <= finding.start < finding.end <= len(text), text
        reached = finding.end
    assert apply(text, result.findings) == result.text, text
    left = _LONG_RUN.search(result.text)
    assert left is None or View(result.text).guards.covers(*left.span()), (text, result.text)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
