"""``manage.py verify``: exit 0 on what the program made, 1 and a sentence per fault."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from tests.acceptance.conftest import Installation

Run = Callable[..., Result]


pytestmark = pytest.mark.usefixtures("demo")


def test_the_demonstration_is_sound(run: Run, document: Callable[..., Any]) -> None:
    result = run("verify")

    assert (result.exit_code, result.stdout) == (0, "Mọi dữ liệu đều khớp.\n")
    assert document("verify") == {"sound": True, "faults": []}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_fault_is_a_sentence_and_exit_1(
    run: Run, document: Callable[..., Any], installation: Installation
) -> None:
    connection = sqlite3.connect(installation.file)
    connection.execute("UPDATE current_observation SET value = '1' WHERE value IS NOT NULL")
    connection.commit()
    connection.close()

    result = run("verify")

    assert result.exit_code == 1
    assert "theo các báo cáo đã duyệt phải là" in result.stdout
    found = document("verify")
    assert found["sound"] is False
    assert {fault["code"] for fault in found["faults"]} == {"in_force"}
