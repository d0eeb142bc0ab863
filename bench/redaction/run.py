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
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from corpus import Labelled, Spans, collections, invented_names, invented_numbers  # noqa: E402
from score import Score, score  # noqa: E402

from redaction import Redactor  # noqa: E402
from redaction.recognisers import STRUCTURED  # noqa: E402
from redaction.view import View  # noqa: E402

ENVIRONMENT = HERE / ".venv"
RESULTS = HERE.parent / "results" / "redaction.json"
PEERS = "lac,rjieba,jionlp,presidio"
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
    results["speed"] = _limits(corpora["invented names"])
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


def _limits(texts: Sequence[Labelled]) -> dict[str, float]:
    """Megabytes a second of the recognisers alone, and of one bare scan for digits as the limit."""
    document = "\n".join(row.text for row in texts) * 20
    size = len(document.encode()) / 1e6
    digits = re.compile(r"[0-9]{7,}")
    timings = {}
    for name, work in {
        "one scan for digits": lambda: digits.findall(document),
        "recognisers of identifiers": lambda: [
            list(find(view)) for view in [View(document)] for find in STRUCTURED
        ],
    }.items():
        start = time.process_time()
        work()
        timings[name] = round(size / (time.process_time() - start), 2)
        print(f"{name}: {timings[name]} MB/s")
    return timings


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
