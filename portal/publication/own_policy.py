"""The masking policy an office works by: the court's own, or the one shipped with the software."""

from __future__ import annotations

from pathlib import Path

from portal.settings import ConfigurationError
from redaction import Policy


def read_policy(path: Path) -> Policy:
    """The policy in a file; the one shipped where there is none. Raises ConfigurationError."""
    if not path.exists():
        return Policy.default()
    try:
        return Policy.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path.name} 不是可用的屏蔽规则：{error}") from None
