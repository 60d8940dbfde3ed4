"""The sample reports: workbooks made from the templates, and the list of when each came.

They are committed, and made anew byte for byte by ``manage.py samples``. Whoever shows
the product takes them in through the same door as a person's upload; the manifest says
in which order and at which moment. Figures and mishaps are told in
``loaders.sample_story``; nothing here invents any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import yaml

from kpi.definitions import Definitions, OrgUnits
from kpi.forms import form_of, rows_of
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target
from kpi.text import bare
from loaders import sample_story as story
from loaders.sample_figures import Figures, Key, figures, note, single_quarter, spread_of
from loaders.template import write_form

MANIFEST = "manifest.yaml"
_HEADING = (
    "# The sample reports in the order they came in. Written by `manage.py samples`; the story\n"
    "# behind them is in loaders/sample_story.py. Only figures with a source are real.\n"
)
_HANOI = timezone(timedelta(hours=7))
_Slice = Mapping[tuple[str, str], object]  # by indicator and organisation unit


@dataclass(frozen=True)
class Sample:
    """One line of the manifest; ``file`` is relative to the samples' folder."""

    file: str
    reporter: str
    period: str
    received_at: datetime
    note: str


def read_manifest(folder: Path) -> tuple[Sample, ...]:
    """The samples in the order they were received."""
    entries = yaml.safe_load((folder / MANIFEST).read_text(encoding="utf-8"))
    return tuple(
        Sample(**{**entry, "received_at": datetime.fromisoformat(entry["received_at"])})
        for entry in entries
    )


def write_samples(
    folder: Path, definitions: Definitions, org_units: OrgUnits, targets: Iterable[Target]
) -> None:
    """Write every workbook and the manifest; samples that no longer belong are removed."""
    assigned = (*definitions.targets, *targets)
    known = figures(definitions, org_units, assigned)
    written: list[Sample] = []
    for year in story.YEARS:
        (folder / str(year)).mkdir(parents=True, exist_ok=True)
        for quarter in (1, 2, 3, 4):
            maker = _Maker(definitions, org_units, Period(year, quarter), assigned, known)
            for sample, data in maker.reports():
                (folder / sample.file).write_bytes(data)
                written.append(sample)
    _remove_others(folder, {sample.file for sample in written})
    _write_manifest(folder, written)


def _remove_others(folder: Path, wanted: set[str]) -> None:
    for path in folder.glob("[0-9][0-9][0-9][0-9]/*.xlsx"):
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()


def _write_manifest(folder: Path, samples: Iterable[Sample]) -> None:
    in_order = sorted(samples, key=lambda sample: (sample.received_at, sample.file))
    entries = [
        {**asdict(sample), "received_at": sample.received_at.isoformat()} for sample in in_order
    ]
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000)
    (folder / MANIFEST).write_text(_HEADING + text, encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class _Maker:
    """Makes the reports of one period."""

    definitions: Definitions
    org_units: OrgUnits
    period: Period
    targets: tuple[Target, ...]
    known: Figures

    def reports(self) -> Iterator[tuple[Sample, bytes]]:
        units = [unit.code for unit in self.org_units.districts(self.period.end)]
        for reporter in (*units, *self.definitions.agencies):
            about = (reporter, self.period.code)
            if about == story.MISSING:
                continue
            if about == story.CORRECTED:
                for version in story.VERSIONS:
                    yield self._corrected(reporter, version)
            else:
                at = datetime.fromisoformat(story.LATE_AT) if about == story.LATE else None
                sample = self._sample(reporter, at or self._arrival(reporter))
                yield sample, self._form(reporter, self._values(reporter))

    def _corrected(self, reporter: str, version: story.Version) -> tuple[Sample, bytes]:
        values = {**self._values(reporter)}
        for indicator in version.single_quarter:
            key = (indicator, reporter, self.period.code)
            values[indicator, reporter] = single_quarter(self.known, key)
        for indicator, wrong in (version.wrong or {}).items():
            values[indicator, reporter] = wrong
        at = datetime.fromisoformat(version.received_at)
        sample = self._sample(reporter, at, version.suffix, version.note)
        return sample, self._form(reporter, values)

    def _sample(
        self, reporter: str, received_at: datetime, suffix: str = "", remark: str = ""
    ) -> Sample:
        year, quarter = self.period.year, self.period.quarter
        name = f"{year}/{self._stem(reporter)}_Q{quarter}_{year}{suffix}.xlsx"
        return Sample(name, reporter, self.period.code, received_at, remark)

    def _stem(self, reporter: str) -> str:
        """ "Cao Lộc" is CaoLoc: file names travel through programs that mind diacritics."""
        units, agencies = self.org_units.units, self.definitions.agencies
        short = units[reporter].short if reporter in units else agencies[reporter].short
        return "".join(word.capitalize() for word in bare(short.vi).split())

    def _arrival(self, reporter: str) -> datetime:
        """On a working day, at most four days before the due date."""
        day = self.definitions.due_date(self.period, form_of(reporter, self.org_units))
        day -= timedelta(days=spread_of(4, "day", reporter, self.period))
        while day.weekday() >= 5:
            day -= timedelta(days=1)
        minutes = 8 * 60 + spread_of(8 * 60, "minute", reporter, self.period)
        return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=_HANOI)

    def _values(self, reporter: str) -> dict[tuple[str, str], object]:
        values: dict[tuple[str, str], object] = {}
        for row in rows_of(self.definitions, self.org_units, reporter, self.period):
            unavailable = row.key == story.NOT_AVAILABLE
            values[row.indicator.id, row.org_unit.code] = (
                "…" if unavailable else self.known[row.key]
            )
        return values

    def _form(self, reporter: str, values: _Slice) -> bytes:
        rows = rows_of(self.definitions, self.org_units, reporter, self.period)
        keys = [row.key for row in rows]
        province = self.org_units.province.code
        year = self.period.year
        return write_form(
            self.definitions,
            self.org_units,
            reporter,
            self.period,
            targets={(t.indicator, t.org_unit): t for t in self.targets if t.year == year},
            previous=dict(self._previous(keys)),
            values=values,
            notes={key[:2]: note(*key, province) for key in keys},
        )

    def _previous(self, keys: Iterable[Key]) -> Iterator[tuple[tuple[str, str], Known]]:
        """What was known of the period before, as far as it had been reported."""
        for indicator, unit, code in keys:
            before = Period.parse(code).previous()
            value: Decimal | None = self.known.get((indicator, unit, before.code))
            unavailable = (indicator, unit, before.code) == story.NOT_AVAILABLE
            if value is None or unavailable or self._never_sent(unit, indicator, before):
                continue
            yield (indicator, unit), Known(indicator, unit, before, value)

    def _never_sent(self, unit: str, indicator: str, period: Period) -> bool:
        own = {i.id for i in self.definitions.reported_by_unit()}
        return (unit, period.code) == story.MISSING and indicator in own
