"""The entry for any WSGI server: one file, and the environment says which surface it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
REGISTRY = "sqlite:////srv/elsewhere/registry.db"

START = """
import json, sys
from wsgi import app, settings
private = ("portal.registry", "portal.publication", "portal.office", "portal.staff", "portal.press")
print(json.dumps({
    "surface": settings.surface,
    "binds": list(app.config["SQLALCHEMY_BINDS"]),
    "private": sorted({name for name in private if name in sys.modules}),
    "home": app.test_client().get("/healthz").status_code,
    "locked": any(type(finder).__module__ == "portal.surface_guard" for finder in sys.meta_path),
}))
"""


def start(home: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Import ``wsgi`` in a process of its own, as a server does."""
    return subprocess.run(
        [sys.executable, "-c", START],
        env={"PORTAL_HOME": str(home), **environ},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def facts(done: subprocess.CompletedProcess[str]) -> Any:
    """What the started process said of itself."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("environ", [{}, {"PORTAL_SURFACE": "public"}], ids=["by default", "told"])
def test_the_public_surface_is_locked_and_never_opens_the_registry(
    home: Path, environ: dict[str, str]
) -> None:
    assert facts(start(home, **environ)) == {
        "surface": "public",
        "binds": ["inbox"],
        "private": [],
        "home": 200,
        "locked": True,
    }
    assert not (home / "office").exists()


def test_the_office_has_every_store(home: Path) -> None:
    office = facts(start(home, PORTAL_SURFACE="office"))
    assert office["surface"] == "office"
    assert office["binds"] == ["inbox", "registry"]
    assert "portal.registry" in office["private"]
    assert not office["locked"]


def test_a_public_process_that_is_told_of_the_registry_does_not_start(home: Path) -> None:
    refused = start(home, PORTAL_SURFACE="public", PORTAL_REGISTRY_URL=REGISTRY)
    assert refused.returncode != 0
    assert "PORTAL_REGISTRY_URL must not be set for the public surface" in refused.stderr
    assert REGISTRY not in refused.stderr + refused.stdout
