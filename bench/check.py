"""How much CPU does it take to read and check one district's filled workbook?

    python -m bench.check

In process: reading the bytes cell by cell and all checks, without the definitions (a server
has them already). The first call is shown apart, as it pays for what is built once.
Beside it what openpyxl alone takes to load the same file for values and for formulas.
Goal: at most 50 ms.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from openpyxl import load_workbook

from bench.measuring import print_table, summary, verdict
from kpi.checks import check
from kpi.submissions import CheckContext
from loaders.definitions import load_definitions
from loaders.org_units import load_org_units
from loaders.workbook import read_form

ROOT = Path(__file__).parent.parent
ROUNDS = 30
GOAL_MS = 50.0


def cpu_ms(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def main() -> int:
    context = CheckContext(
        definitions=load_definitions(ROOT / "kpi_definitions.yaml"),
        org_units=load_org_units(ROOT / "data" / "org_units.yaml"),
    )
    file = district_workbook()
    data = file.read_bytes()

    def ours() -> None:
        observations, _ = check(read_form(data, file.name), context)
        assert observations, f"{file.name} holds no figure"

    def openpyxl_alone() -> None:
        for data_only in (False, True):
            load_workbook(io.BytesIO(data), data_only=data_only).close()

    first = cpu_ms(ours)
    checked: list[float] = []
    loaded: list[float] = []
    for _ in range(ROUNDS):
        checked.append(cpu_ms(ours))
        loaded.append(cpu_ms(openpyxl_alone))
    print_table(
        f"Read and check {file.name}, CPU ms",
        ["median", "least", "greatest"],
        {
            "the first call": [f"{first:.1f}"] * 3,
            "read and check": summary(checked, 1),
            "openpyxl, two loads": summary(loaded, 1),
        },
    )
    return 0 if verdict("One district workbook", median(checked), GOAL_MS, " ms") else 1


def district_workbook() -> Path:
    """Cao Lộc's report for quý III/2018, as it is shipped."""
    return ROOT / "data" / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx"


if __name__ == "__main__":
    sys.exit(main())
