"""The pages of the public surface for ``portal verify``, made by the process that makes them.

Started fresh and locked as the server is (portal.serving), it reads one address a line and
answers with one JSON object a line. Nothing listens on any port: what is read again is what a
visitor would get, without a visitor being able to get it from here.
"""

from __future__ import annotations

import json
import sys

from portal.settings import ConfigurationError, Surface, read_settings
from portal.surface_guard import lock_public_process


def main() -> int:
    """Answer addresses from standard input until it ends."""
    try:
        settings = read_settings(surface=Surface.PUBLIC)
    except ConfigurationError as error:
        print(f"配置有误：{error}", file=sys.stderr)  # noqa: T201 - nothing else is up yet
        return 2
    lock_public_process(settings)

    # Only now: building the app imports the packages of its surface.
    from portal import create_app

    client = create_app(settings).test_client()
    for line in sys.stdin:
        answer = client.get(json.loads(line))
        page = {
            "status": answer.status_code,
            "kind": answer.mimetype,
            "text": answer.get_data().decode("utf-8", "replace"),
        }
        sys.stdout.write(json.dumps(page) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
