"""A browser that says over the websocket whatever it likes, and reads what is sent back.

It speaks Streamlit's own messages, so that a test can press buttons that were never shown
to it. Only what a test of the doors needs: one run at a time, its blocks, its widgets.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from pages.people import COOKIE

PATIENCE = 60
_DONE = ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass
class Seen:
    """What one run of the script sent."""

    html: str = ""
    widgets: dict[str, str] = field(default_factory=dict)  # the id, by the key that ends it
    pages: dict[str, str] = field(default_factory=dict)  # the number of a screen, by its path
    texts: list[str] = field(default_factory=list)

    def id_of(self, key: str) -> str:
        return next(number for name, number in self.widgets.items() if name.endswith(key))


@dataclass
class RawBrowser:
    socket: ClientConnection
    _known: dict[str, ForwardMsg] = field(default_factory=dict)

    def open(self, path: str = "", page: str = "", states: Iterable[WidgetState] = ()) -> Seen:
        """Ask for a screen by its path, or its number, as if these widgets were set so."""
        message = BackMsg()
        message.rerun_script.page_name = path
        message.rerun_script.page_script_hash = page
        message.rerun_script.widget_states.widgets.extend(states)
        self.socket.send(message.SerializeToString())
        return self._seen()

    def _seen(self) -> Seen:
        seen = Seen()
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self.socket.recv(timeout=PATIENCE, decode=False))
            if answer.WhichOneof("type") == "ref_hash":
                answer = self._known[answer.ref_hash]
            elif answer.hash:
                self._known[answer.hash] = answer
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                for one in answer.navigation.app_pages:
                    seen.pages[one.url_pathname] = one.page_script_hash
            elif kind == "delta":
                _take_in(answer, seen)
            elif kind == "script_finished" and answer.script_finished == _DONE:
                return seen


def _take_in(answer: ForwardMsg, seen: Seen) -> None:
    delta = answer.delta
    if delta.WhichOneof("type") == "add_block":
        return
    element = delta.new_element
    kind = element.WhichOneof("type")
    if kind is None:
        return
    sent = getattr(element, kind)
    if kind == "html":
        seen.html += sent.body
    number = getattr(sent, "id", "")
    if number:
        seen.widgets[number] = number
    seen.texts.append(str(sent))


@contextmanager
def browser(url: str, cookie: str = "", origin: str | None = None) -> Iterator[RawBrowser]:
    """Connect, as Streamlit's own page does."""
    address = urlsplit(url)
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    with connect(
        f"ws://{address.netloc}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        origin=origin,  # type: ignore[arg-type]
        open_timeout=PATIENCE,
        max_size=None,
        proxy=None,
    ) as socket:
        yield RawBrowser(socket)


def come_in(url: str, name: str, password: str) -> str:
    """Sign in as a person does; the cookie."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=PATIENCE)
    body = urlencode({"ten": name, "mat-khau": password, "tiep": "/"})
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
    }
    connection.request("POST", "/dang-nhap", body.encode(), headers)
    answer = connection.getresponse()
    answer.read()
    given = answer.headers["set-cookie"]
    connection.close()
    return str(given).partition("=")[2].partition(";")[0]


def look(url: str, headers: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, where it leads, and what is said, of one plain request."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=PATIENCE)
    path = address.path + (f"?{address.query}" if address.query else "")
    connection.request("GET", path, headers={"accept": "text/html", **(headers or {})})
    answer = connection.getresponse()
    said = answer.read().decode()
    leads = str(answer.headers.get("location", ""))
    connection.close()
    return answer.status, leads, said
