"""Medians, and a table to print them in; what every measurement here needs."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from statistics import median


def load_average() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def print_table(title: str, columns: Sequence[str], rows: Mapping[str, Sequence[object]]) -> None:
    """A Markdown table, so that it can be put into README as it is."""
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"\n### {title}\n\n{machine}, load average {load_average()}\n")
    print(f"| | {' | '.join(columns)} |")
    print("|---|" + "---:|" * len(columns))
    for name, cells in rows.items():
        print(f"| {name} | {' | '.join(str(cell) for cell in cells)} |")


def summary(values: Sequence[float], digits: int = 0) -> list[str]:
    """Median, least and greatest."""
    return [f"{figure:.{digits}f}" for figure in (median(values), min(values), max(values))]


def verdict(name: str, measured: float, goal: float, unit: str = "") -> bool:
    """Say whether a goal is met; the caller turns it into the exit status."""
    met = measured <= goal
    word = "met" if met else "MISSED"
    print(f"\n{name}: {measured:.2f}{unit}, goal at most {goal:g}{unit}: {word}")
    return met
