"""The address of every screen, and what one must be allowed to see to open it."""

from __future__ import annotations

from dataclasses import dataclass

from kpi.permissions import View


@dataclass(frozen=True)
class Entry:
    """A screen; ``path`` "" is the first one. ``hidden``: something leads there, not the menu."""

    file: str
    path: str
    title: str
    view: View = View.READING
    hidden: bool = False


SCREENS = (
    Entry("overview.py", "", "nav.overview"),
    Entry("indicator.py", "chi-tieu", "nav.indicator"),
    Entry("district.py", "huyen-tp", "nav.district"),
    Entry("sector.py", "linh-vuc", "nav.sector"),
    Entry("standing.py", "thi-dua", "standing.nav"),
    Entry("honours.py", "dien-hinh", "honours.title", hidden=True),  # the standing leads there
    Entry("milestones.py", "nhiem-vu", "milestones.nav"),
    Entry("inquiries.py", "giai-trinh", "inquiries.nav", View.EXPLANATIONS),
    Entry("submit.py", "nop-bao-cao", "nav.submit", View.SUBMITTING),
    Entry("completeness.py", "tinh-hinh-nop", "completeness.nav"),
    Entry("source.py", "nguon", "source.page", hidden=True),  # every cell's address leads there
    Entry("changes.py", "thay-doi", "changes.title", hidden=True),  # the header leads there
    Entry("approve.py", "duyet", "approve.nav", View.DECIDING),
    Entry("admin.py", "quan-tri", "admin.nav", View.ADMINISTRATION),
    Entry("account.py", "tai-khoan", "account.title", View.OWN_ACCOUNT, hidden=True),
)
PUBLISHED = "/cong-bo"  # no screen: plain pages on a route of their own
FIGURES = ("", "chi-tieu", "huyen-tp", "linh-vuc")  # screens that show figures


def view_of(path: str) -> View:
    """What one must be allowed to see to open a path."""
    found = {entry.path: entry.view for entry in SCREENS}
    return found.get(path.strip("/"), View.READING)
