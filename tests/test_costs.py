"""What guessing costs where the portal runs: the other tests pay less, so it is asked here.

Each answer comes from a process of its own, which no fixture has touched.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ASK = """
import json
from portal.envelope import COST
from portal.inbox import keys
from portal.inbox.receipts import hash_pin
from portal.staff.passwords import hash_password
taken = {}
keys.hash_secret_raw = lambda passphrase, salt, **costs: taken.update(costs) or bytes(32)
keys._stretch("sixteen characters and more", bytes(16))
print(json.dumps({
    "password": hash_password("lan-tian-bai-yun"),
    "receipt": hash_pin("12345678"),
    "inbox": [taken["type"].name, taken["memory_cost"], taken["time_cost"], taken["parallelism"]],
    "envelope": str(COST),
}))
"""


@pytest.fixture(scope="module")
def costs() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("secret", ["password", "receipt"])
def test_what_people_sign_in_with_is_hashed_as_rfc_9106_advises(
    costs: dict[str, object], secret: str
) -> None:
    """The second recommended choice: 64 MiB, three passes, four lanes."""
    assert str(costs[secret]).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_passphrase_of_the_inbox_is_stretched_as_far(costs: dict[str, object]) -> None:
    assert costs["inbox"] == ["ID", 64 * 1024, 3, 4]


def test_an_envelope_costs_what_stands_beside_it(costs: dict[str, object]) -> None:
    assert costs["envelope"] == "m=19456,t=2,p=1"
