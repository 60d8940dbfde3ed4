"""The operations page promises nothing that no test keeps, and no command that is not there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import manage

PAGE = "docs/operations.md"
_TEST = re.compile(r"`(tests/\S+?\.py)::(\w+)`")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / PAGE).read_text(encoding="utf-8")


def test_every_test_that_a_promise_names_is_there(root: Path, page: str) -> None:
    named = _TEST.findall(page)

    assert len(named) > 15
    assert [f"{file}::{name}" for file, name in named if name not in named_in(root / file)] == []


def test_every_promise_names_a_test(page: str) -> None:
    rows = page.split("| promise | test |")[1].split("\n\n")[0].splitlines()[2:]

    assert len(rows) > 10
    assert [row for row in rows if not _TEST.search(row)] == []


def test_every_command_of_the_page_exists(page: str) -> None:
    named = set(re.findall(r"manage\.py ([a-z][a-z-]+)", page))

    assert {"init", "backup", "restore", "verify", "copy-to"} <= named <= set(manage.COMMANDS)


def test_the_service_starts_the_server_of_this_project(root: Path, page: str) -> None:
    (command,) = re.findall(r"^ExecStart=\S+/bin/streamlit run (\S+)", page, re.MULTILINE)

    assert (root / command).is_file()


def named_in(file: Path) -> set[str]:
    if not file.is_file():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
