"""Measure redaction side by side with its peers: quality by kind, speed, ratios.

    python bench/redaction/run.py [--collections FOLDER] [--peers lac,rjieba,jionlp,presidio]

Without a folder of labelled collections the invented corpus alone is measured. Results are
printed and written to bench/results/redaction.json.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from corpus import Labelled, Spans, collections, invented_names, invented_numbers, invented_papers  # noqa: E402
from score import Score, score  # noqa: E402

from redaction import Redactor, identifiers  # noqa: E402
from redaction.overlap import resolve  # noqa: E402
from redaction.view import View  # noqa: E402

ENVIRONMENT = HERE / ".venv"
RESULTS = HERE.parent / "results" / "redaction.json"
PEERS = "lac,rjieba,jionlp,presidio"
HOSTILE = {
    "digits": "1",
    "one digit, one blank": "1 ",
    "groups of four": "6217 0033 ",
    "mixed scripts": "1三",
    "letters": "a",
    "signs of mail": "a@a.",
    "brackets": "（2018",
    "combining marks": "1\u0301",
}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--collections", type=Path, default=None)
    parser.add_argument("--peers", default=PEERS)
    parser.add_argument("--seed", type=int, default=20180408)
    options = parser.parse_args(arguments)
    corpora = {
        "invented names": invented_names(options.seed),
        "invented numbers": invented_numbers(options.seed),
        "invented papers": invented_papers(options.seed),
    }
    if options.collections:
        corpora |= dict(collections(options.collections))
    peers = [name for name in options.peers.split(",") if name]
    if peers:
        _prepare()
    results: dict[str, dict[str, object]] = {}
    for name, texts in corpora.items():
        size = sum(len(row.text.encode()) for row in texts)
        print(f"\n{name}: {len(texts)} texts, {size / 1000:.0f} KB")
        rows = {"redaction": _ours(texts)}
        rows |= {peer: _peer(peer, texts) for peer in peers}
        ours = rows["redaction"][0]
        results[name] = {}
        for system, (seconds, found) in rows.items():
            scores = score(texts, found)
            speed = size / 1000 / seconds
            _print(system, speed, seconds / ours, scores)
            results[name][system] = {
                "kilobytes_per_second": round(speed, 1),
                "kinds": {kind: asdict(value) for kind, value in scores.items()},
            }
    results["speed"] = _limits(corpora["invented names"], hyperscan=bool(peers))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _ours(texts: Sequence[Labelled]) -> tuple[float, list[Spans]]:
    redactor = Redactor()
    redactor.redact("证人张伟到庭。")  # loads the model
    start = time.process_time()
    found = [redactor.redact(row.text).findings for row in texts]
    seconds = time.process_time() - start
    return seconds, [[(f.start, f.end, f.kind.value) for f in spans] for spans in found]


def _peer(name: str, texts: Sequence[Labelled]) -> tuple[float, list[Spans]]:
    request = json.dumps({"peer": name, "texts": [row.text for row in texts]})
    done = subprocess.run(
        [ENVIRONMENT / "bin" / "python", HERE / "peers.py"],
        input=request.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | ONE_THREAD,
        check=True,
    )
    answer = json.loads(done.stdout)
    return answer["seconds"], [[tuple(span) for span in spans] for spans in answer["spans"]]


def _limits(texts: Sequence[Labelled], *, hyperscan: bool) -> dict[str, float]:
    """Megabytes a second of masking identifiers without names, against one bare scan for digits.

    Documents are of some kilobytes, as courts write them; the big text is all of them in one.
    The hostile texts are twice the size of one another: linear work keeps its speed.
    """
    lines = [row.text for row in texts]
    documents = ["\n".join(lines[k : k + 40]) for k in range(0, len(lines), 40)] * 20
    digits = re.compile(r"[0-9]{7,}")
    timings = {
        "one scan for digits": _speed(digits.findall, documents),
        "identifiers, by document": _speed(_mask_identifiers, documents),
        "identifiers, 10 MB in one": _speed(_mask_identifiers, [_grown("\n".join(lines), 10**7)]),
    }
    papers = [row.text for row in invented_papers(20180408)] * 10
    timings["identifiers, by paper"] = _speed(_mask_identifiers, papers)
    if hyperscan:
        rows = [Labelled(text, ()) for text in documents]
        size = sum(len(text.encode()) for text in documents) / 1e6
        timings["hyperscan, a scan for digits"] = round(size / _peer("hyperscan", rows)[0], 2)
    for name, unit in HOSTILE.items():
        for size in (10**6, 2 * 10**6):
            timings[f"{name}, {size // 10**6} MB"] = _speed(_mask_identifiers, [_grown(unit, size)])
    limit = timings["one scan for digits"]
    for name, speed in timings.items():
        print(f"{name:32} {speed:8.2f} MB/s  time x{limit / speed:.1f} of the limit")
    return timings


def _mask_identifiers(text: str) -> str:
    view = View(text)
    parts, last = [], 0
    for found in resolve(identifiers.find(view)):
        start, end = view.folded.span(found.start, found.end)
        parts += (text[last:start], found.replacement)
        last = end
    return "".join((*parts, text[last:]))


def _grown(unit: str, size: int) -> str:
    """``unit`` repeated to so many bytes of UTF-8."""
    return unit * (size // len(unit.encode()) + 1)


def _speed(work: Callable[[str], object], texts: Sequence[str]) -> float:
    work(texts[0][:100])
    size = sum(len(text.encode()) for text in texts) / 1e6
    start = time.process_time()
    for text in texts:
        work(text)
    return round(size / (time.process_time() - start), 2)


def _print(system: str, speed: float, ratio: float, scores: dict[str, Score]) -> None:
    print(f"  {system:10} {speed:7.1f} KB/s  time x{ratio:.2f}")
    for kind, value in scores.items():
        print(
            f"    {kind:14} {value.labelled:5}  covered {value.covered:.3f}  "
            f"exact P {value.exact_precision:.3f} R {value.exact_recall:.3f}"
        )


def _prepare() -> None:
    """The peers' environment, made once."""
    if not (ENVIRONMENT / "bin" / "python").exists():
        venv.create(ENVIRONMENT, with_pip=True)
    subprocess.run(
        [ENVIRONMENT / "bin" / "pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True
    )


if __name__ == "__main__":
    raise SystemExit(main())
