"""Where the files of an index lie.

PATH/CURRENT        name of the directory that is in force
PATH/0001/          one Whoosh index; a rebuild writes the next one and then swaps CURRENT
PATH/writer.lock
"""

import contextlib
import os
import re
import shutil
import time
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files

from search_index.errors import IndexCorrupt, IndexMissing

NAME = "MAIN"
_CURRENT = "CURRENT"
_ATTEMPTS, _PAUSE = 10, 0.005
_STEP_NS = 50_000_000
_TOC = re.compile(rf"_{NAME}_([0-9]+)\.toc")

Mark = tuple[str, int]
"""Names one commit: the directory and the number of the commit in it."""

Stamp = tuple[int, int]
"""When the directory of the index and the one in force were changed, in nanoseconds."""


def current_directory(path: Path) -> Path:
    """Give the directory that is in force; it may be swept away after the next rebuild.

    Raises:
        IndexMissing: when there is none.
    """
    try:
        name = (path / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"没有找到检索索引：{path}，请先重建索引。") from None
    if not name.isdigit():
        raise IndexCorrupt(f"无法读取 {path / _CURRENT}，请重建索引。")
    return path / name


def latest_mark(path: Path) -> Mark:
    """Name the newest commit, at the price of listing one small directory.

    Raises:
        IndexMissing, IndexCorrupt: when there is no commit.
    """
    for attempt in range(_ATTEMPTS):
        directory = current_directory(path)
        # A listing is not atomic: while a writer replaces the files it can show neither the old
        # commit nor the new one, or the whole directory may just have been overtaken.
        with contextlib.suppress(FileNotFoundError), os.scandir(directory) as entries:
            numbers = [int(m[1]) for entry in entries if (m := _TOC.fullmatch(entry.name))]
            if numbers:
                return directory.name, max(numbers)
        time.sleep(attempt * _PAUSE)
    if not directory.exists():
        raise IndexMissing(f"检索索引的目录不存在：{directory}，请重建索引。")
    raise IndexCorrupt(f"检索索引缺少文件：{directory}，请重建索引。")


def stamp_of(path: Path, directory_name: str) -> Stamp | None:
    """Say when the directories were last changed, much cheaper than listing them.

    None while that was a moment ago: the file system counts time in steps, and another commit could
    come within the same one. Equal stamps therefore mean that there was no commit between them.
    """
    now = time.time_ns()
    try:
        stamp = path.stat().st_mtime_ns, (path / directory_name).stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return stamp if now - max(stamp) > _STEP_NS else None


def next_directory(path: Path) -> Path:
    """Make the directory for a rebuild."""
    taken = [int(entry.name) for entry in path.iterdir() if entry.name.isdigit()]
    directory = path / f"{max(taken, default=0) + 1:04}"
    directory.mkdir()
    return directory


def make_current(directory: Path) -> None:
    """Put a directory in force; readers see the old one or the new one, never a mixture."""
    path = directory.parent
    waiting = path / f"{_CURRENT}.new"
    with waiting.open("w", encoding="utf-8") as file:
        file.write(directory.name)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path / _CURRENT)


def sweep(path: Path) -> None:
    """Remove what an interrupted writer left; call it only under the writer lock.

    Files of a commit that was overtaken hold withdrawn text, so this is more than tidiness.
    """
    directory = current_directory(path)
    for entry in path.iterdir():
        if entry.name.isdigit() and entry.name != directory.name:
            shutil.rmtree(entry)
    storage = FileStorage(str(directory))
    toc = TOC.read(storage, NAME)
    clean_files(storage, NAME, toc.generation, toc.segments)
    for entry in directory.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif ".toc." in entry.name:
            with contextlib.suppress(FileNotFoundError):
                entry.unlink()
