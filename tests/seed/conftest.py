"""The demo world that most tests here look at, made once."""

from __future__ import annotations

from typing import Any

import pytest

from seed.world import build_cases


@pytest.fixture(scope="session")
def demo_cases() -> list[dict[str, Any]]:
    """The world that `portal seed` makes unless told otherwise."""
    return list(build_cases(640, 2018))
