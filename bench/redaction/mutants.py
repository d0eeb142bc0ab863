"""Change the recognisers one small step at a time and see whether a test notices.

    pip install cosmic-ray==8.7.0
    python bench/redaction/mutants.py [--module recognisers/phone ...] [--workers 2]

Two sorts of mutants: those of cosmic-ray (numbers, comparisons, conditions, loops), and those of
the patterns, which cosmic-ray leaves alone because to it they are strings: an alternative less, a
bound moved by one, an optional part required, a lookaround gone.

No file is touched: each mutant lives in a forked process of its own, which imports the library
anew with one module changed and runs only the tests of that module. A mutant that does not import
or that is the same program again counts as invalid. Survivors are printed.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import resource
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from hypothesis import Phase, settings

ROOT = Path(__file__).parent.parent.parent
TESTS = {
    "checksums": ("test_checksums",),
    "idmask": ("test_idmask",),
    "digits": ("test_digits", "recognisers/test_phone", "recognisers/test_id_number"),
    "overlap": ("test_overlap",),
    "spans": ("test_spans",),
    "dates": ("test_dates",),
    "guards": ("test_guards",),
    "view": ("test_view",),
    "labels": ("test_view",),
    "recognisers/id_number": ("recognisers/test_id_number",),
    "recognisers/phone": ("recognisers/test_phone",),
    "recognisers/landline": ("recognisers/test_landline", "recognisers/test_phone"),
    "recognisers/bank_card": ("recognisers/test_bank_card",),
    "recognisers/license_plate": ("recognisers/test_license_plate",),
    "recognisers/vehicle": ("recognisers/test_vehicle",),
    "recognisers/passport": ("recognisers/test_passport",),
    "recognisers/travel_permit": ("recognisers/test_travel_permit",),
    "recognisers/email": ("recognisers/test_email",),
    "recognisers/social_account": ("recognisers/test_social_account",),
    "recognisers/property_certificate": ("recognisers/test_property_certificate",),
    "recognisers/labelled": ("recognisers/test_labelled",),
    "recognisers/unexplained": ("recognisers/test_unexplained",),
    "recognisers/birth_date": ("recognisers/test_birth_date",),
    "recognisers/health": ("recognisers/test_health",),
    "recognisers/minor": ("recognisers/test_minor",),
    "recognisers/origin": ("recognisers/test_origin",),
    "recognisers/address": ("recognisers/test_address",),
}
# Operators nobody mistypes for one another, and those that need arguments.
_UNLIKELY = re.compile(
    r"_(?:Pow|[RL]Shift|Bit(?:Or|And|Xor)|Div|Mod|Is|IsNot|Invert)$|BinaryOperator_BitOr|Variable"
    r"|Decorator|ExceptionReplacer"
)
_LITERAL = re.compile(r'\b(?:rf|r|f)"((?:[^"\\\n]|\\.)*)"')
_BOUNDS = re.compile(r"(?<=\{)\d+(?=[,}])|(?<=,)\d+(?=\})")
_OPTIONAL = re.compile(r"(?<=[\])\w \u3400-\u9fff])(?<![{(])\?(?!\?)")
_REPEATED = re.compile(r"(?<=[\])sd])[*](?![*?+])")
_SPECIAL = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]")
_CPU_SECONDS, _WALL_SECONDS = 15, 120
_OUTCOMES = {0: "survived", 1: "killed"}  # of pytest; anything else did not get to the tests


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed module: its line, how it was changed, and the whole source."""

    line: int
    change: str
    source: str


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--module", nargs="+", choices=TESTS, default=[*TESTS])
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    # The same examples for every mutant, and none made smaller: that a test fails is enough.
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", phases=phases, derandomize=True, database=None)
    settings.load_profile("mutants")
    for name in options.module:
        with _silence():
            if _tested(name) != 0:  # also fills the caches that the forks inherit
                raise SystemExit(f"the tests of {name} fail without any mutant")
        source = (ROOT / "redaction" / f"{name}.py").read_text(encoding="utf-8")
        mutants = [*_of_code(source), *_of_patterns(source)]
        with ThreadPoolExecutor(options.workers) as pool:
            outcomes = [*pool.map(partial(_outcome, name), mutants)]
        counts = Counter(outcomes)
        print(f"{name}: {len(mutants)} mutants, {dict(counts)}", flush=True)
        for mutant, outcome in zip(mutants, outcomes, strict=True):
            if outcome == "survived":
                print(f"  {mutant.line}: {mutant.change}")
    return 0


def _of_code(source: str) -> Iterator[Mutant]:
    for name in operator_names():
        if _UNLIKELY.search(name):
            continue
        occurrence = 0
        while True:
            changed = mutate_code(source.encode(), get_operator(name)(), occurrence)
            if changed is None:
                break
            occurrence += 1
            for number, (before, after) in enumerate(
                zip(source.splitlines(), changed.splitlines(), strict=False), 1
            ):
                if before != after:
                    yield Mutant(number, f"{name[5:]}: {after.strip()}", changed)
                    break


def _of_patterns(source: str) -> Iterator[Mutant]:
    for literal in _LITERAL.finditer(source):
        body, offset = literal.group(1), literal.start(1)
        for start, end, new in _changes(body):
            line = source.count("\n", 0, offset + start) + 1
            changed = source[: offset + start] + new + source[offset + end :]
            here = f"{body[max(0, start - 12) : start]}«{body[start:end]}»{body[end : end + 12]}"
            yield Mutant(line, f"pattern: {here} → «{new}»", changed)


def _changes(body: str) -> Iterator[tuple[int, int, str]]:
    """Every small change of a pattern: from, to, what stands there instead."""
    for match in _BOUNDS.finditer(body):
        for value in (int(match.group()) - 1, int(match.group()) + 1):
            if value >= 0:
                yield *match.span(), str(value)
    for match in _OPTIONAL.finditer(body):
        yield *match.span(), ""
    for match in _REPEATED.finditer(body):
        yield *match.span(), "+"
    opened: list[list[int]] = [[-1]]
    for match in _SPECIAL.finditer(body):
        at, sign = match.start(), match.group()
        if sign == "(":
            opened.append([at])
        elif sign == "|":
            opened[-1].append(at)
        elif sign == ")" and len(opened) > 1:
            edges = [*opened.pop(), at]
            if body.startswith(("(?!", "(?=", "(?<"), edges[0]) and body[edges[0] + 2] != "P":
                yield edges[0], at + 1, ""
            yield from _alternatives(body, edges)
    yield from _alternatives(body, [*opened[0], len(body)])


def _alternatives(body: str, edges: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Each alternative of a group taken out; ``edges`` are its brackets and bars."""
    if len(edges) < 3:
        return
    head = re.compile(r"\?(?::|<?[!=]|P<\w+>)").match(body, edges[0] + 1)
    first = head.end() if head else edges[0] + 1
    yield first, edges[1] + 1, ""
    for bar, end in pairwise(edges[1:]):
        yield bar, end, ""


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed source."""

    def __init__(self, name: str, source: str) -> None:
        self._name = "redaction." + name.replace("/", ".")
        self._source = source

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._source, self._name, "exec"), module.__dict__)  # noqa: S102


def _outcome(name: str, mutant: Mutant) -> str:
    child = os.fork()
    if child == 0:
        status = 70
        try:
            signal.alarm(_WALL_SECONDS)
            resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            with _silence():
                sys.meta_path.insert(0, _Changed(name, mutant.source))
                status = _tested(name)
        finally:
            os._exit(status)
    _, waited = os.waitpid(child, 0)
    if os.WIFSIGNALED(waited):
        return "timeout"
    return _OUTCOMES.get(os.WEXITSTATUS(waited), "invalid")


def _tested(name: str) -> int:
    """The exit status of the tests of a module, everything of ours imported anew."""
    for loaded in [*sys.modules]:
        if loaded.split(".")[0] in ("redaction", "tests", "conftest"):
            del sys.modules[loaded]
    files = [f"tests/redaction/{test}.py" for test in TESTS[name]]
    options = [
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:unraisableexception",
        "--confcutdir=tests/redaction",
    ]
    return int(pytest.main([*options, *files]))


class _silence:  # noqa: N801
    """Nothing on the two standard streams, of forks neither."""

    def __enter__(self) -> None:
        sys.stdout.flush()
        self._kept = os.dup(1), os.dup(2)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.close(null)

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()
        for stream, kept in zip((1, 2), self._kept, strict=True):
            os.dup2(kept, stream)
            os.close(kept)


if __name__ == "__main__":
    sys.exit(main())
