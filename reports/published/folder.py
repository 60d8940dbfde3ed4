"""The folder of a snapshot: every page, the files, their digests.

The same snapshot makes the same bytes, whenever and wherever it is made: nothing asks the
clock. ``sha256sum -c SHA256SUMS`` accepts the folder, from the ZIP too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from reports.html import escape
from reports.published.frame import Site
from reports.published.method import method_page
from reports.published.packing import (
    ARCHIVE,
    BESIDE,
    FIGURES,
    FILES,
    METHOD,
    SUMS,
    TABLE,
    sums,
)
from reports.published.pages import pages
from reports.published.snapshot import Snapshot
from reports.published.table import figures_csv, mark
from reports.synthesis_xlsx import synthesis_xlsx
from reports.wording import Words
from texts import LANGUAGES, say


def folder(found: Snapshot) -> dict[str, bytes]:
    """Every file by its path in the folder, the sums last."""
    figures = figures_csv(found)
    files = {FIGURES: figures, TABLE: _workbook(found)}
    for lang in LANGUAGES:
        site = Site(found, lang, mark(figures))
        for path, html in pages(site):
            files[path] = html.encode("utf-8")
        files[site.path(METHOD)] = method_page(site).encode("utf-8")
    for lang in LANGUAGES:
        site = Site(found, lang, mark(figures))
        files[site.path(FILES)] = _files_page(site, files).encode("utf-8")
    files[SUMS] = sums(files)
    return files


def _workbook(found: Snapshot) -> bytes:
    words = Words(found.definitions, found.org_units, "vi")
    marks = [say("published.illustrative", "vi")] if found.stamp.illustrative else []
    below = [one for judged in found.districts.values() for one in judged]
    return synthesis_xlsx(
        found.province, below, found.stamp.period, words,
        made_at=found.stamp.known_at, marks=marks,
    )  # fmt: skip


def _files_page(site: Site, files: Mapping[str, bytes]) -> str:
    """What there is to take away, how to check it, and the digest of every file."""
    lang = site.lang
    about = "".join(_taken(path, site) for path in (FIGURES, TABLE, SUMS))
    about += _taken(ARCHIVE, site).join(BESIDE)
    body = (
        f"<ul>{about}</ul><p>{escape.text(say('published.check', lang))} "
        f"<code>sha256sum -c {SUMS}</code></p>"
        f"<h2>{escape.text(say('published.digests', lang))}</h2>"
        f'<div class="scroll"><table><tbody>{_digests(_named(files), site)}</tbody></table></div>'
    )
    return site.page(FILES, say("published.way.files", lang), body)


def _named(files: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    """All but the pages of files themselves: a page cannot hold its own digest."""
    return ((path, files[path]) for path in sorted(files) if not path.endswith(FILES))


def _taken(path: str, site: Site) -> str:
    name = path.partition(".")[0].replace("-", "_").lower()
    link = f'<a href="{site.way(FILES, path)}">{path}</a>'
    return f"<li>{link}: {escape.text(say(f'published.file.{name}', site.lang))}</li>"


def _digests(files: Iterable[tuple[str, bytes]], site: Site) -> str:
    rows = ((path, len(content), sha256(content).hexdigest()) for path, content in files)
    return "".join(
        f'<tr><th scope="row"><a href="{site.way(FILES, path)}">{path}</a></th>'
        f'<td class="num">{size}</td><td><code>{digest}</code></td></tr>'
        for path, size, digest in rows
    )
