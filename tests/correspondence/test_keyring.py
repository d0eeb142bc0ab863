"""Unlocked keys are there for the session that unlocked them, and go by themselves."""

from __future__ import annotations

from threading import Event

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.correspondence.keyring import Keyring

KEYS = {"first": X25519PrivateKey.generate()}
MORE = {"second": X25519PrivateKey.generate()}


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keyring(clock: Clock) -> Keyring:
    return Keyring(idle=60, longest=200, clock=clock)


def test_a_session_finds_its_keys_and_no_others(keyring: Keyring) -> None:
    keyring.unlock("mine", 1, KEYS)
    keyring.unlock("mine", 1, MORE)
    assert keyring.keys_of("mine", 1) == KEYS | MORE
    assert keyring.keys_of("yours", 2) == {}
    # A handle that fell into another account's hands opens nothing.
    assert keyring.keys_of("mine", 2) == {}
    assert keyring.keys_of("", 1) == {}


def test_keys_go_when_nobody_uses_them(keyring: Keyring, clock: Clock) -> None:
    keyring.unlock("mine", 1, KEYS)
    clock.now = 50
    assert keyring.keys_of("mine", 1)
    clock.now = 109
    assert keyring.seconds_left("mine") == 1
    clock.now = 110
    assert keyring.seconds_left("mine") == 0
    assert keyring.keys_of("mine", 1) == {} and keyring.forget_old() == 0


def test_use_does_not_keep_them_for_ever(keyring: Keyring, clock: Clock) -> None:
    keyring.unlock("mine", 1, KEYS)
    for clock.now in range(0, 200, 40):
        assert keyring.keys_of("mine", 1)
    clock.now = 200
    assert keyring.keys_of("mine", 1) == {}


def test_locking_forgets_at_once(keyring: Keyring) -> None:
    keyring.unlock("mine", 1, KEYS)
    assert keyring.lock("mine") and not keyring.lock("mine")
    assert keyring.keys_of("mine", 1) == {} and keyring.seconds_left("mine") == 0


def test_they_go_without_anybody_asking() -> None:
    gone = Event()

    class Watched(Keyring):
        def _look(self) -> None:
            super()._look()
            gone.set()

    keyring = Watched(idle=0.01)
    keyring.unlock("mine", 1, KEYS)
    assert gone.wait(60)
    assert keyring._held == {}
