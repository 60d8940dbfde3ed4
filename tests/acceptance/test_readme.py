"""What the README promises is what is run: the two commands, word for word.

``.ci/run`` carries both out on a fresh environment; here it is held that it still does.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

COMMANDS = (
    "pip install -r requirements.txt && streamlit run dashboard.py",
    "pip install -r requirements-dev.txt && pytest",
)
PROMISED = ("README.md", "README.vi.md", ".ci/run")


@pytest.mark.parametrize("file", PROMISED)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_stands_there_on_a_line_of_its_own(root: Path, file: str, command: str) -> None:
    lines = [line.strip() for line in (root / file).read_text(encoding="utf-8").splitlines()]

    assert command in lines


def test_the_screenshot_and_every_page_linked_from_the_readme_exist(root: Path) -> None:
    for readme in root.glob("README*.md"):
        targets = re.findall(r"\]\(([^)#]+)\)", readme.read_text(encoding="utf-8"))
        local = [target for target in targets if "://" not in target]

        assert [target for target in local if not (root / target).exists()] == []


def test_every_decision_is_listed(root: Path) -> None:
    folder = root / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in folder.glob("0*.md") if f"({page.name})" not in listed] == []


def test_ci_may_be_started_as_a_program(root: Path) -> None:
    assert (root / ".ci" / "run").stat().st_mode & 0o111
