"""The rules of the house that no other tool holds: who imports whom, who may look at the
clock, how screens are named, what the README must not forget.

import-linter holds the layers between packages; the three top scripts are single modules,
which it does not take, so they are read here as syntax trees. Nothing is executed.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from string import Formatter

import pytest

from texts import LANGUAGES, catalogue

ROOT = Path(__file__).parent.parent.parent
LAYERS = ("kpi", "texts", "store", "loaders", "reports", "workflow")
DOORS = ("pages", "api", "commands")
SCRIPTS = ("bootstrap.py", "dashboard.py", "manage.py")

# The rules compute; a module that could read, write, wait or roll dice has no place there.
IO_MODULES = {
    "http", "io", "logging", "os", "pathlib", "random", "shutil", "socket", "sqlite3",
    "subprocess", "tempfile", "time", "urllib",
}  # fmt: skip
ENVIRONMENT = {"os.environ", "os.getenv", "os.putenv"}
CLOCK = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.gmtime",
    "time.localtime", "time.time", "time.time_ns",
}  # fmt: skip
# Drivers and pins that nobody imports by name: the engine's URL and pandas do.
NOT_IMPORTED = {"psycopg", "numpy"}
# One fact in two spellings: "quý III" and "Q3".
SPELLINGS = {"roman": "number"}
MODULE_OF = {
    "pyyaml": "yaml",
    "python-calamine": "python_calamine",
    "argon2-cffi": "argon2",
    "python-docx": "docx",
}


def product_files() -> Iterator[Path]:
    for folder in (*LAYERS, *DOORS):
        yield from sorted((ROOT / folder).rglob("*.py"))
    yield from (ROOT / script for script in SCRIPTS)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Module and name of every import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.module or "", alias.name) for alias in node.names)


def packages_imported(path: Path) -> set[str]:
    return {module.partition(".")[0] for module, _ in imported(tree_of(path))}


def attributes(tree: ast.Module) -> Iterator[str]:
    """Every ``name.attribute``, by its last two parts: ``datetime.now``, ``os.environ``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if isinstance(owner, ast.Name):
                yield f"{owner.id}.{node.attr}"
            elif isinstance(owner, ast.Attribute):
                yield f"{owner.attr}.{node.attr}"


def offenders(folder: str, forbidden: set[str]) -> list[str]:
    files = [ROOT / folder] if folder.endswith(".py") else sorted((ROOT / folder).rglob("*.py"))
    return [
        f"{name_of(path)} imports {', '.join(found)}"
        for path in files
        if (found := sorted(packages_imported(path) & forbidden))
    ]


# --- who imports whom -------------------------------------------------------------------


@pytest.mark.parametrize("folder", LAYERS)
def test_no_layer_below_the_doors_knows_the_top_scripts(folder: str) -> None:
    assert offenders(folder, {"bootstrap", "dashboard", "manage"}) == []


@pytest.mark.parametrize("folder", [*DOORS, *SCRIPTS])
def test_nobody_imports_a_start_script(folder: str) -> None:
    assert offenders(folder, {"dashboard", "manage"}) == []


def test_bootstrap_knows_no_door() -> None:
    assert offenders("bootstrap.py", {*DOORS, "streamlit", "click"}) == []


def test_the_rules_need_the_standard_library_only_and_do_no_io() -> None:
    for path in sorted((ROOT / "kpi").rglob("*.py")):
        packages = packages_imported(path)

        assert packages <= set(sys.stdlib_module_names) | {"kpi"}, name_of(path)
        assert not packages & IO_MODULES, name_of(path)
        calls = {
            node.func.id
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"open", "print", "input", "float"}, name_of(path)


def test_the_rules_hold_no_binary_fractions() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} {node.value!r}"
        for path in sorted((ROOT / "kpi").rglob("*.py"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]

    assert found == []


@pytest.mark.parametrize("folder", ["workflow", "pages", "api", "commands", "reports"])
def test_sql_is_written_in_the_store_only(folder: str) -> None:
    """A session may be passed on; whoever imports more of SQLAlchemy writes SQL."""
    harmless = {("sqlalchemy.orm", "Session"), ("sqlalchemy.orm", "sessionmaker")}
    found = [
        f"{name_of(path)} imports {module}.{name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for module, name in imported(tree_of(path))
        if module.partition(".")[0] == "sqlalchemy" and (module, name) not in harmless
    ]

    assert found == []


# --- the environment, the clock, the catch-all ------------------------------------------


@pytest.mark.parametrize("path", [*product_files()], ids=name_of)
def test_only_bootstrap_reads_the_environment_or_the_clock(path: Path) -> None:
    if not path.exists() or path.name == "bootstrap.py":
        return
    tree = tree_of(path)
    by_name = {f"{module.rpartition('.')[2]}.{name}" for module, name in imported(tree)}

    assert not ({*attributes(tree)} | by_name) & (ENVIRONMENT | CLOCK)


@pytest.mark.parametrize("path", [*product_files()], ids=name_of)
def test_nothing_swallows_an_error_it_does_not_know(path: Path) -> None:
    """``except Exception`` may tidy up, but must then raise again."""
    if not path.exists():
        return
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        names = ast.walk(node.type) if node.type else ()
        caught = {name.id for name in names if isinstance(name, ast.Name)}
        last = node.body[-1]
        again = isinstance(last, ast.Raise) and last.exc is None
        assert again or (node.type and not caught & {"Exception", "BaseException"}), (
            f"{name_of(path)}:{node.lineno}"
        )


# --- what a reader finds ----------------------------------------------------------------


@pytest.mark.parametrize("path", [*product_files()], ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert path.exists()
    assert ast.get_docstring(tree_of(path)), "no module docstring"


def test_no_screen_is_named_like_something_else_that_is_imported() -> None:
    """``pages/`` is first on Streamlit's import path: ``pages/yaml.py`` would be ``yaml``."""
    taken = {
        *sys.stdlib_module_names,
        *packages_distributions(),
        *LAYERS,
        *DOORS,
        *(Path(script).stem for script in SCRIPTS),
    }
    screens = {path.stem for path in (ROOT / "pages").rglob("*.py")} - {"__init__"}

    assert screens & taken == set()


def test_both_languages_have_the_same_texts() -> None:
    first, *others = (set(catalogue(lang)) for lang in LANGUAGES)

    for other in others:
        assert first ^ other == set()


def test_a_text_takes_the_same_facts_in_both_languages() -> None:
    def facts(text: str) -> set[str]:
        fields = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
        return {SPELLINGS.get(field, field) for field in fields}

    vietnamese, english = catalogue("vi"), catalogue("en")
    different = [
        key
        for key in vietnamese.keys() & english.keys()
        if facts(vietnamese[key]) != facts(english[key])
    ]

    assert different == []


def test_every_text_asked_for_by_name_exists() -> None:
    asked = {
        (name_of(path), node.args[0].value)
        for path in product_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert {(path, key) for path, key in asked if key not in catalogue("vi")} == set()


# --- what the README must not forget ----------------------------------------------------


def documentation() -> str:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def test_every_command_is_documented_and_has_a_help_text() -> None:
    import click

    import manage

    context = click.Context(manage.cli)
    names = manage.cli.list_commands(context)
    assert names, "manage.py offers no command"
    for name in names:
        command = manage.cli.get_command(context, name)
        assert command is not None and command.name == name
        assert f"manage.py {name}" in documentation(), name
        assert command.help, name


def test_every_setting_is_documented() -> None:
    source = (ROOT / "workflow" / "settings.py").read_text("utf-8")
    settings = set(re.findall(r"\bKPI_[A-Z_]*[A-Z]\b", source))

    assert settings, "workflow/settings.py knows no setting"
    assert {name for name in settings if f"`{name}`" not in documentation()} == set()


def test_what_is_installed_is_used_and_what_is_used_is_installed() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    names = {re.split(r"[=\[ ]", line)[0].lower() for line in lines if line and line[0] != "#"}
    pinned = {MODULE_OF.get(name, name) for name in names}
    used = set().union(*(packages_imported(path) for path in product_files()))
    own = {*LAYERS, *DOORS, *(Path(script).stem for script in SCRIPTS)}

    assert pinned - NOT_IMPORTED - used == set()
    # starlette is Streamlit's own server; it comes in Streamlit's version
    assert used - pinned - own - set(sys.stdlib_module_names) - {"starlette"} == set()
