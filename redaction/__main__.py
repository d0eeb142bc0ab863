"""``python -m redaction [--json] [--party NAME]… [FILE…]``: mask files or standard input."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from redaction.filter import run
from redaction.redactor import Redactor


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the filter; returns the exit status."""
    parser = argparse.ArgumentParser(prog="redaction", description="屏蔽文本中的个人信息")
    parser.add_argument("files", nargs="*", metavar="FILE", help="UTF-8 文本；缺省读标准输入")
    parser.add_argument("--json", action="store_true", help="每行输出一个 JSON 对象")
    parser.add_argument("--party", action="append", default=[], metavar="NAME", help="已知当事人")
    options = parser.parse_args(arguments)
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    try:
        run(_lines(options.files), out, Redactor(), options.party, as_json=options.json)
    except FileNotFoundError as missing:
        print(f"找不到文件：{missing.filename}", file=sys.stderr)  # noqa: T201
        return 1
    finally:
        out.detach()
    return 0


def _lines(paths: Sequence[str]) -> Iterator[str]:
    if not paths:
        yield from _decoded(sys.stdin.buffer)
    for path in paths:
        with Path(path).open("rb") as stream:
            yield from _decoded(stream)


def _decoded(stream: Iterable[bytes]) -> Iterator[str]:
    """Lines ended by a line feed only: other separators stay inside the line they stand in."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8", errors="surrogateescape")
        yield text.removeprefix("\ufeff") if number == 0 else text


if __name__ == "__main__":
    raise SystemExit(main())
