"""The server: ``streamlit run dashboard.py``.

The script of each browser session is ``pages/navigation.py``. The server answers at once
and gets ready in the background; until then every session sees how far it is.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

HERE = Path(__file__).parent
# The server may have been started from any folder.
if str(HERE) not in sys.path:
    sys.path.append(str(HERE))

import streamlit as st  # noqa: E402
from starlette.middleware import Middleware  # noqa: E402
from starlette.requests import Request  # noqa: E402

import api  # noqa: E402
from pages import evidence_files, logs, published, sign_in, single_sign_on, startup  # noqa: E402
from pages.front import Front  # noqa: E402
from pages.guard import Guard  # noqa: E402


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    logs.set_up()
    startup.preparation(warm_up)
    yield


def warm_up() -> None:
    """Load what the first visitor's page needs, so that no visitor waits for it."""
    from pages import shell  # pandas comes with it: the server must not wait for that

    shell.warm_up()


def first_look(request: Request) -> str:
    """What a browser is shown until the frame has drawn the screen."""
    if not startup.preparation().is_ready:
        return ""
    from pages import first_look

    return first_look.look(request)


def apologise(error: Exception) -> bool:
    """A screen has failed."""
    from pages import shell

    return shell.apologise(error)


app = st.App(
    HERE / "pages" / "navigation.py",
    routes=[
        *sign_in.routes(),
        *single_sign_on.routes(),
        *published.routes(),
        *evidence_files.routes(),
        *api.routes(),
    ],
    middleware=[Middleware(Guard), Middleware(Front, look=first_look)],
    lifespan=lifespan,
    on_script_error=apologise,
)
