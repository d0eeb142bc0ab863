"""``portal verify`` over the real public surface, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from portal.commands.serve import surface_environ
from portal.settings import Surface


def test_every_page_is_read_and_the_report_says_how_many(published: Any) -> None:
    # Nothing was stopped, so there is nothing to resume: it begins anew and says so.
    result = published("verify", "--json", "--resume")
    assert result.exit_code == 0 and "从头开始" in result.stderr
    report = json.loads(result.stdout)
    assert report["leaks"] == report["faults"] == []
    assert report["pages"] > 80
    assert not (published.home / "office" / "verify.json").exists()


def test_what_only_a_page_gives_away_is_found(published: Any) -> None:
    # The number of a party, mistaken for the court's own: in no row, but at the foot of each page.
    (published.home / "site.toml").write_text('telephone = "18940710002"', encoding="utf-8")
    result = published("verify")
    assert result.exit_code == 1
    assert "页面中有私密内容（联系电话）" in result.stderr
    assert "页面中有私密号码" in result.stderr
    assert "18940710002" not in result.output


def test_the_process_of_pages_is_told_nothing_of_the_office(monkeypatch: Any) -> None:
    monkeypatch.setenv("PORTAL_REGISTRY_URL", "sqlite:///registry.db")
    monkeypatch.setenv("PORTAL_SECRET_KEY", "secret")
    environ = surface_environ(Surface.PUBLIC)
    assert "PORTAL_REGISTRY_URL" not in environ
    assert environ["PORTAL_SECRET_KEY"] not in ("", "secret")
    # And it refuses to start where somebody tells it all the same.
    told = {**os.environ, "PORTAL_REGISTRY_URL": "sqlite:///registry.db"}
    done = subprocess.run(
        [sys.executable, "-m", "portal.rendering"], env=told, capture_output=True, text=True
    )
    assert done.returncode == 2 and "配置有误" in done.stderr
