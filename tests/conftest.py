"""What tests of more than one folder share: the definitions, and tools of the system.

Chromium and LibreOffice do not come with ``pip``. Where they are missing, a test that
needs one is skipped and says so; where ``CI`` is set it fails instead, so that a gate can
never turn green by not having looked.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kpi.definitions import Definitions, OrgUnits

ROOT = Path(__file__).parent.parent


def required_here(tool: str, *names: str) -> str:
    """The path of a program of the system, by the first of ``names`` that exists.

    Without it the test is skipped with the reason; it fails where ``CI`` is set.
    """
    for name in names or (tool,):
        if path := shutil.which(name):
            return path
    reason = f"{tool} is not installed (Debian: see .ci/run)"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is set: this test must not be skipped", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's browser; nothing is downloaded."""
    return required_here("chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, as ``soffice --headless``."""
    return required_here("soffice", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """The decree as it is shipped."""
    from loaders.definitions import load_definitions

    return load_definitions(ROOT / "kpi_definitions.yaml")


@pytest.fixture(scope="session")
def org_units() -> OrgUnits:
    """The province and its eleven districts."""
    from loaders.org_units import load_org_units

    return load_org_units(ROOT / "data" / "org_units.yaml")
