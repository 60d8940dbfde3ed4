"""How the server is set up, as Streamlit itself reads it from the project's folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

WANTED = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.address": "127.0.0.1",
    "server.maxUploadSize": 5,
    "server.enableAgentApi": False,
    "server.trustedUserHeaders": {},
    "server.enableStaticServing": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "logger.enableRich": False,
}
_READ = (
    "import json, streamlit.config as c; c.get_config_options(force_reparse=True);"
    f"print(json.dumps({{name: c.get_option(name) for name in {list(WANTED)!r}}}))"
)


@pytest.fixture(scope="module")
def effective(root: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", _READ], cwd=root, capture_output=True, check=True, text=True
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("name", WANTED)
def test_the_server_is_set_up_to_be_safe(effective: dict[str, object], name: str) -> None:
    assert effective[name] == WANTED[name]
