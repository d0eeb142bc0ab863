"""Takes uploaded files straight into the office folder, under names of our own.

The framework would put them into the machine's common temporary folder. They are gone
when the request is, but for exchange files, which stay until the worker is done with them:
what was imported stands in the registry, with its history.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING

from flask import Request, request

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.datastructures import FileStorage

MAX_NAME = 120


def init_uploads(app: Flask, office_dir: Path) -> None:
    """Make the folder (only the office's own user may look into it) and point requests at it."""
    folder = office_dir / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)

    class OfficeRequest(Request):
        """A request whose files are written where the registry is kept."""

        def _get_file_stream(
            self,
            total_content_length: int | None,
            content_type: str | None,
            filename: str | None = None,
            content_length: int | None = None,
        ) -> IO[bytes]:
            return NamedTemporaryFile(dir=folder, prefix="upload-", suffix=".part")

    app.request_class = OfficeRequest


def saved_path(file: FileStorage) -> Path:
    """Where an uploaded file stands while the request lasts."""
    file.stream.flush()
    return Path(file.stream.name)


def read_upload(most: int) -> tuple[bytes, str]:
    """The file of this request and its name: one byte more than may be, where it is too large.

    Nothing and "" where none was sent.
    """
    file = request.files.get("file")
    return (file.stream.read(most + 1), shown_name(file)) if file else (b"", "")


def shown_name(file: FileStorage) -> str:
    """The sender's name for the file: its last part, one line, for the eye only."""
    name = PurePosixPath((file.filename or "").replace("\\", "/")).name
    return "".join(mark for mark in name if mark.isprintable())[:MAX_NAME] or "未命名文件"
