"""One surface behind waitress, in a process of its own.

``portal serve`` starts this module fresh for each surface, so that a public process has
never imported anything of the office before it is locked.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import tempfile
import threading
from types import FrameType
from typing import Any

from portal.settings import ConfigurationError, Settings, Surface, read_settings
from portal.surface_guard import lock_public_process

THREADS = 8
CONNECTIONS = 800
"""Browsers keep several open each, and who comes after the last waits for one of them to end. A
process may have 1 024 files open where nobody says otherwise."""
MARGIN = 64 * 1024 * 1024
FORWARDED = {f"x-forwarded-{fact}" for fact in ("for", "host", "proto", "port")}


def main() -> int:
    """Serve the surface named by ``PORTAL_SURFACE`` until the process is told to end."""
    parser = argparse.ArgumentParser(prog="python -m portal.serving")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    try:
        settings = read_settings()
    except ConfigurationError as error:
        print(f"配置有误：{error}", file=sys.stderr)  # noqa: T201 - nothing else is up yet
        return 2
    if settings.surface is Surface.PUBLIC:
        lock_public_process(settings)
    else:
        # The server spools large uploads: whole exports must not lie in a shared /tmp.
        spool = settings.office_dir / "spool"
        spool.mkdir(mode=0o700, exist_ok=True)
        tempfile.tempdir = str(spool)

    # Only now: building the app imports the packages of its surface.
    import waitress

    from portal import LARGEST_BODY, create_app

    app = create_app(settings)
    # A line for every request that waits would fill the disk in just the hour of a rush.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    # Both by name: a process started in the background inherits an interrupt that is ignored.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    if settings.surface is Surface.OFFICE:
        # Uploaded files go in beside the requests; one cut off here is taken up by its lease.
        worker = app.extensions["worker"]
        threading.Thread(target=worker.run, name="worker", daemon=True).start()
    try:
        waitress.serve(
            app,
            host=options.host,
            port=options.port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            ident=None,
            **body_options(settings, LARGEST_BODY[settings.surface]),
            **proxy_options(settings),
        )
    except OSError as error:
        print(f"无法监听 {options.host}:{options.port}：{error.strerror}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def body_options(settings: Settings, largest: int) -> dict[str, Any]:
    """How large a request the server takes, and that the public one keeps it in memory.

    The server would spool a larger body into a temporary file: what somebody sends to the
    court must not lie in clear on the public machine's disk.
    """
    if settings.surface is Surface.PUBLIC:
        return {"max_request_body_size": largest, "inbuf_overflow": largest + 1}
    # A little more is let through: the app says in words that it is too much, the server cannot.
    return {"max_request_body_size": largest + MARGIN}


def proxy_options(settings: Settings) -> dict[str, Any]:
    """What the server believes of a request's scheme, host and sender.

    Only the proxy is believed, and of a list of addresses only the last, which it wrote
    itself; what anybody else sends by these names is taken off the request.
    """
    options: dict[str, Any] = {
        "url_scheme": "https" if settings.https else "http",
        "clear_untrusted_proxy_headers": True,
    }
    if settings.trusted_proxy:
        options |= {
            "trusted_proxy": settings.trusted_proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": FORWARDED,
        }
    return options


def end(_number: int, _frame: FrameType | None) -> None:
    """Leave the server's loop; requests under way are finished first."""
    raise SystemExit(0)


if __name__ == "__main__":
    raise SystemExit(main())
