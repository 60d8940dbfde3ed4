"""How long from starting the process to a healthy server, on a database that exists?

    python -m bench.start

Beside it, in the same rounds, a bare Streamlit script: what no code of ours can beat.
Goal: at most 3 s.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.measuring import print_table, summary, verdict
from bench.serving import fill_database, serve

ROUNDS = 7
GOAL_SECONDS = 3.0
HELLO = 'import streamlit as st\n\nst.title("hello")\n'


def main() -> int:
    ours: list[float] = []
    bare: list[float] = []
    with TemporaryDirectory() as folder:
        work = Path(folder)
        database = fill_database(work / "kpi.sqlite")
        (work / "hello.py").write_text(HELLO, encoding="utf-8")
        for _ in range(ROUNDS):
            with serve(work / "hello.log", script=work / "hello.py") as server:
                bare.append(server.seconds_to_healthy)
            with serve(work / "ours.log", database=database) as server:
                ours.append(server.seconds_to_healthy)
    print_table(
        "Process start to healthy, seconds",
        ["median", "least", "greatest"],
        {"bare hello": summary(bare, 2), "dashboard.py": summary(ours, 2)},
    )
    return 0 if verdict("Process start to healthy", median(ours), GOAL_SECONDS, " s") else 1


if __name__ == "__main__":
    sys.exit(main())
