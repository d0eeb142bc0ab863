"""How long an opened view stays open: a sealed cookie, and nothing on the server.

The cookie holds where the envelope lies and its data key, encrypted under a key of this surface.
So what was opened is stored nowhere in clear: who has the cookie lacks the key of the surface, who
has the surface's key and the store lacks the cookie, and the cookie alone outlives neither the
envelope (a code that was ended takes its envelope along at once) nor a quarter of an hour without
a request. Leaving removes it from the browser.
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.envelope import KEY_BYTES, LOCATOR_BYTES
from portal.sealed_cookie import SealedCookie

if TYPE_CHECKING:
    from werkzeug import Response

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 2 * 3600
COOKIE = SealedCookie("party", "/party", IDLE_SECONDS)
_LAYOUT = struct.Struct(f">q{LOCATOR_BYTES}s{KEY_BYTES}s")


@dataclass(frozen=True)
class Opened:
    """An envelope that was opened, and when (seconds of Unix time)."""

    since: int
    locator: bytes
    data_key: bytes = field(repr=False)


def begin(response: Response, locator: bytes, data_key: bytes) -> None:
    """Open a session."""
    keep(response, Opened(int(time.time()), locator, data_key))


def keep(response: Response, opened: Opened) -> None:
    """Let the idle time of a session begin anew; its whole length stays limited."""
    COOKIE.set(response, _LAYOUT.pack(opened.since, opened.locator, opened.data_key))


def current() -> Opened | None:
    """The session of this request, None where there is none or it is over."""
    content = COOKIE.read()
    if content is None or len(content) != _LAYOUT.size:
        return None
    opened = Opened(*_LAYOUT.unpack(content))
    return opened if 0 <= time.time() - opened.since < LONGEST_SECONDS else None


def end(response: Response) -> None:
    """Close the session in this browser."""
    COOKIE.drop(response)
