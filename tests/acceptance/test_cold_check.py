"""A check on the command line loads no more than it needs: half a second is at stake.

How long that takes beside an empty Python is measured in ``bench.reading``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HEAVY = ("pandas", "numpy", "plotly", "streamlit", "openpyxl", "sqlalchemy", "alembic", "viparse")


def test_checking_a_file_loads_no_frames_charts_screens_nor_database(
    root: Path, tmp_path: Path
) -> None:
    file = root / "data" / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx"
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "manage.py", "check", str(file)],
        cwd=root, capture_output=True, encoding="utf-8", check=False,
        env={"KPI_DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite'}", "PYTHONUTF8": "1"},
    )  # fmt: skip
    loaded = set(re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.MULTILINE))

    assert {"click", "loaders.xlsx.sheet"} <= loaded, done.stderr[-2000:]
    assert [name for name in HEAVY if name in loaded] == []
