from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.invented import Record

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def record() -> Callable[..., Record]:
    """A small valid record; keyword arguments replace fields."""

    def make(**fields: Any) -> Record:
        base: Record = {
            "case_number": "（2018）辽0803执123号",
            "court": "辽0803",
            "filed_on": "2018-03-01",
            "parties": [
                {"role": "申请执行人", "kind": "自然人", "name": "甘蓝"},
                {"role": "被执行人", "kind": "自然人", "name": "秦椒"},
            ],
            "events": [{"node": "立案", "at": "2018-03-01T09:00:00+08:00", "text": "立案执行。"}],
            "disclosure": {"level": "公开"},
        }
        return base | fields

    return make


@pytest.fixture
def sample_export() -> Path:
    """The messy export of 120 invented cases."""
    return DATA / "export-2018-04.jsonl"
