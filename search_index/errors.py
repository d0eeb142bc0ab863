"""What can go wrong with the index, in words fit for a page or a console."""


class SearchIndexError(Exception):
    """Base of everything this package raises on purpose; the message is Chinese."""


class QueryTooShort(SearchIndexError):
    """The query holds no word of two characters; the answer is help, not a scan."""

    def __init__(self) -> None:
        super().__init__("请输入至少两个字符，例如姓名中的两个字、单位名称的一部分或完整案号。")


class IndexMissing(SearchIndexError):
    """No index lies at the path."""


class IndexExists(SearchIndexError):
    """An index lies at the path already and would have been overwritten."""


class IndexCorrupt(SearchIndexError):
    """The files cannot be read, or were written by another version; a rebuild repairs it."""


class IndexUnavailable(SearchIndexError):
    """The cluster that holds the index does not answer, or not in time."""

    def __init__(self) -> None:
        super().__init__("检索服务暂时无法使用，请稍后再试。")


class IndexLocked(SearchIndexError):
    """Another writer holds the index.

    `pid` is its process, `age` the seconds it has held the lock; both None when it died or has
    not said yet. `host` is its machine where that may be another.
    """

    def __init__(self, pid: int | None, age: float | None, host: str = "") -> None:
        owner = "另一个进程" if pid is None else f"进程 {pid}"
        owner = f"{host} 上的{owner}" if host else owner
        since = "" if age is None else f"，已持续 {age:.0f} 秒"
        super().__init__(f"索引正由{owner}写入{since}，请稍后再试。")
        self.pid = pid
        self.age = age
