"""How long does reading take: a district's workbook, a large one, a cold process, templates?

    python -m bench.reading

Four goals, each beside its yardstick in the same run, in CPU time: a district's workbook
cell by cell in at most what two loads of openpyxl take; 100,000 rows in less than half of
``pandas.read_excel(engine="openpyxl")`` and within 300 MB; ``manage.py check`` in a cold
process in at most 0.6 s (wall clock) more than ``python -c pass``; the templates of all
districts for one quarter in less than 1 s.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pandas as pd
import xlsxwriter
from openpyxl import load_workbook

from bench.check import ROOT, cpu_ms, district_workbook
from bench.measuring import print_table, summary, verdict
from kpi.periods import Period
from loaders.definitions import load_definitions
from loaders.limits import LOCAL
from loaders.opening import open_book
from loaders.org_units import load_org_units
from loaders.template import write_form

ROWS = 100_000
# The peak of this program alone: what getrusage tells begins with the size of its parent.
MEMORY = (
    "import sys; from pathlib import Path; from loaders.limits import LOCAL; "
    "from loaders.opening import open_book; data = Path(sys.argv[1]).read_bytes(); "
    "peak = lambda: int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]); "
    "before = peak(); "
    "book = open_book(data, 'a.xlsx', LOCAL); print((peak() - before) / 1024)"
)


def main() -> int:
    met = [_district(), _large(), _cold(), _templates()]
    return 0 if all(met) else 1


def _rounds(act: Callable[[], object], count: int) -> list[float]:
    return [cpu_ms(act) for _ in range(count)]


def _district() -> bool:
    data = district_workbook().read_bytes()

    def openpyxl_alone() -> None:
        for data_only in (False, True):
            load_workbook(io.BytesIO(data), data_only=data_only).close()

    ours = _rounds(lambda: [dict(sheet.cells) for sheet in open_book(data, "a.xlsx").sheets], 30)
    theirs = _rounds(openpyxl_alone, 30)
    print_table(
        f"Read {district_workbook().name}, every cell, CPU ms",
        ["median", "least", "greatest"],
        {"ours": summary(ours, 1), "openpyxl, two loads": summary(theirs, 1)},
    )
    return verdict("One district workbook against openpyxl", median(ours) / median(theirs), 1.0)


def _large() -> bool:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "large.xlsx"
        _write_large(file)
        data = file.read_bytes()
        ours = _rounds(lambda: open_book(data, "a.xlsx", LOCAL), 3)
        theirs = _rounds(lambda: pd.read_excel(file, engine="openpyxl"), 3)
        command = [sys.executable, "-c", MEMORY, str(file)]
        taken = float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    print_table(
        f"Read {ROWS} rows of 9 columns, CPU ms",
        ["median", "least", "greatest"],
        {"ours": summary(ours), "pandas, openpyxl": summary(theirs)},
    )
    fast = verdict("A large workbook against pandas", median(ours) / median(theirs), 0.5)
    return verdict("Memory for it", taken, 300, " MB") and fast


def _write_large(file: Path) -> None:
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet("Số liệu")
    figure, percent = (book.add_format({"num_format": f}) for f in ("#,##0.0", "0.0%"))
    for row in range(ROWS):
        texts = (f"ma_{row % 60}", f"Chỉ tiêu {row % 60}", "tỷ đồng", f"Ghi chú {row % 50}")
        sheet.write_number(row, 0, row)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, text)
        for column, factor in enumerate((1.25, 1.3337, 1.1), start=5):
            sheet.write_number(row, column, row * factor, figure)
        sheet.write_formula(row, 8, f"=G{row + 1}/F{row + 1}", percent, 1.067)
    book.close()


def _cold() -> bool:
    """Without a database, as on a statistician's own machine, and beside the demonstration's."""
    check = [sys.executable, "manage.py", "check", str(district_workbook())]
    with TemporaryDirectory() as folder:
        none, demo = (f"sqlite:///{folder}/{name}.sqlite" for name in ("none", "demo"))
        _seconds([sys.executable, "manage.py", "init"], demo)
        runs = {
            "python -c pass": ([sys.executable, "-c", "pass"], none),
            "manage.py check, no database": (check, none),
            "manage.py check, with the demonstration": (check, demo),
        }
        taken: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(7):
            for name, run in runs.items():
                taken[name].append(_seconds(*run))
    print_table(
        "A cold process, seconds",
        ["median", "least", "greatest"],
        {name: summary(seconds, 2) for name, seconds in taken.items()},
    )
    bare, *ours = (median(seconds) for seconds in taken.values())
    met = [
        verdict(f"{name}, cold, beyond python", seconds - bare, 0.6, " s")
        for name, seconds in zip([*taken][1:], ours, strict=True)
    ]
    return all(met)


def _seconds(command: list[str], database: str) -> float:
    start = time.perf_counter()
    environment = {**os.environ, "KPI_DATABASE_URL": database}
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True, env=environment)
    return time.perf_counter() - start


def _templates() -> bool:
    definitions = load_definitions(ROOT / "kpi_definitions.yaml")
    org_units = load_org_units(ROOT / "data" / "org_units.yaml")
    period = Period(2018, 3)
    codes = [unit.code for unit in org_units.districts(period.end)]

    def all_of_them() -> None:
        for code in codes:
            write_form(definitions, org_units, code, period, targets={}, previous={})

    taken = _rounds(all_of_them, 5)
    print_table(
        f"The templates of {len(codes)} districts, CPU ms",
        ["median", "least", "greatest"],
        {"all": summary(taken)},
    )
    return verdict("All district templates", median(taken), 1000, " ms")


if __name__ == "__main__":
    sys.exit(main())
