"""Where the file of a database lies, however its address is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from store.engine import file_of


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("sqlite:////srv/kpi.sqlite", "/srv/kpi.sqlite"),
        ("sqlite:///data/kpi.sqlite", "data/kpi.sqlite"),
        ("sqlite:///file:/srv/l%E1%BA%A1ng.sqlite?mode=ro&uri=true", "/srv/lạng.sqlite"),
        ("sqlite:///file::memory:?cache=shared&uri=true", None),
        ("sqlite://", None),
        ("postgresql+psycopg://localhost/kpi", None),
    ],
)
def test_the_file_of_an_address(address: str, file: str | None) -> None:
    assert file_of(make_url(address)) == (None if file is None else Path(file))
