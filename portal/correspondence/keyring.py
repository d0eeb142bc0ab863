"""Unlocked private keys: in this process's memory, for one staff session each, and not for long.

A key is gone when its session locks it, ends, leaves it unused for ``idle``, or has had it for
``longest``. Nothing is ever written anywhere. Several processes of the office share nothing: a
session that lands in another one finds the inbox locked (docs/submissions.md).
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 4 * 3600


@dataclass
class _Held:
    keys: dict[str, X25519PrivateKey]
    owner: int
    since: float
    used: float


class Keyring:
    """The keys of every session of this process. ``clock`` tells seconds, always forwards."""

    def __init__(
        self,
        *,
        idle: float = IDLE_SECONDS,
        longest: float = LONGEST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._idle, self._longest, self._clock = idle, longest, clock
        self._held: dict[bytes, _Held] = {}
        self._lock = threading.Lock()
        self._watch: threading.Timer | None = None

    def unlock(self, session: str, owner: int, keys: Mapping[str, X25519PrivateKey]) -> None:
        """Hold keys for a session of an account, beside those it has already."""
        now = self._clock()
        with self._lock:
            self._forget_old(now)
            held = self._held.setdefault(_name(session), _Held({}, owner, now, now))
            held.keys.update(keys)
            held.used = now
            self._watch_over()

    def keys_of(self, session: str, owner: int) -> Mapping[str, X25519PrivateKey]:
        """The keys a session has unlocked; asking for them counts as use."""
        now = self._clock()
        with self._lock:
            self._forget_old(now)
            held = self._held.get(_name(session))
            if held is None or held.owner != owner:
                return {}
            held.used = now
            return dict(held.keys)

    def seconds_left(self, session: str) -> float:
        """How long the keys of a session stay when nobody uses them; 0 where it has none."""
        now = self._clock()
        with self._lock:
            self._forget_old(now)
            held = self._held.get(_name(session))
            return self._end(held) - now if held else 0.0

    def lock(self, session: str) -> bool:
        """Forget the keys of a session; whether it had any."""
        with self._lock:
            return self._held.pop(_name(session), None) is not None

    def forget_old(self) -> int:
        """Forget what is over; return how many sessions still hold keys."""
        with self._lock:
            self._forget_old(self._clock())
            return len(self._held)

    def _end(self, held: _Held) -> float:
        return min(held.used + self._idle, held.since + self._longest)

    def _forget_old(self, now: float) -> None:
        for name in [name for name, held in self._held.items() if now >= self._end(held)]:
            del self._held[name]

    def _watch_over(self) -> None:
        # Without it the last key would stay until somebody asked for a page.
        if self._watch is None:
            self._watch = threading.Timer(self._idle, self._look)
            self._watch.daemon = True
            self._watch.start()

    def _look(self) -> None:
        with self._lock:
            self._watch = None
            self._forget_old(self._clock())
            if self._held:
                self._watch_over()


def _name(session: str) -> bytes:
    return hashlib.sha256(session.encode()).digest()
