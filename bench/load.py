"""What a page view costs the server, whether its memory grows, and a hundred people at once.

    python -m bench.load
    python -m bench.load --sessions 200    # past the knee

No browser: websocket sessions speak Streamlit's own messages, open the overview and switch
its period every three seconds, each at a moment of its own. An answer counts from the
request to the end of the script. The generator shares the machine with the server.

Goals: under 100 ms of CPU a view, warm; memory grows by at most a tenth after the first
hundred views; p95 under 1 s with 100 sessions, and nobody without an answer.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.measuring import print_table, verdict
from bench.serving import Server, fill_database, serve

EVERY_SECONDS = 3.0
COMING_SECONDS = 15.0  # in which all of them open their page; a view costs more than a switch
PATIENCE = 60.0
WARM = 100  # views after which memory should have found its size
PERIODS = ("2018-Q2", "2018-Q3")
GOAL_CPU_MS = 100.0
GOAL_GROWTH = 1.1
GOAL_P95_MS = 1000.0


def session(server: Server) -> connect:
    """A websocket as the browser opens it."""
    address = f"ws://{urlsplit(server.url).netloc}/_stcore/stream"
    protocols = [Subprotocol("streamlit")]
    return connect(
        address, subprotocols=protocols, open_timeout=PATIENCE, max_size=None, proxy=None
    )


async def ask(socket: ClientConnection, period: str) -> float:
    """Show the overview at a period; milliseconds until the script has ended.

    Raises:
        TimeoutError: if it does not end in time.
    """
    message = BackMsg()
    message.rerun_script.query_string = f"ky={period}"
    start = time.perf_counter()
    await socket.send(message.SerializeToString())
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await socket.recv(decode=False))
            if answer.WhichOneof("type") == "script_finished":
                return 1000 * (time.perf_counter() - start)


async def view(server: Server) -> None:
    """One visit: a session of its own, one page."""
    async with session(server) as socket:
        await ask(socket, PERIODS[1])


async def reader(server: Server, seconds: float) -> tuple[list[float], int]:
    """Somebody who switches the period again and again: the answers, and how many failed."""
    taken: list[float] = []
    begin = time.monotonic() + COMING_SECONDS + random.uniform(0, EVERY_SECONDS)
    await asyncio.sleep(random.uniform(0, COMING_SECONDS))
    async with session(server) as socket:
        await ask(socket, PERIODS[1])
        await asyncio.sleep(max(0.0, begin - time.monotonic()))
        end, turn = begin + seconds, 0
        while time.monotonic() < end:
            try:
                taken.append(await ask(socket, PERIODS[turn % 2]))
            except TimeoutError:
                return taken, 1
            turn += 1
            await asyncio.sleep(max(0.0, EVERY_SECONDS - taken[-1] / 1000))
    return taken, 0


async def views(server: Server, count: int) -> tuple[float, list[float]]:
    """CPU in ms a view once warm, and memory in MB after every hundredth view."""
    for _ in range(min(WARM, count)):
        await view(server)
    memory, before = [rss_mb(server.pid)], cpu_seconds(server.pid)
    measured = max(1, count - WARM)
    for number in range(1, measured + 1):
        await view(server)
        if number % 100 == 0 or number == measured:
            memory.append(rss_mb(server.pid))
    return 1000 * (cpu_seconds(server.pid) - before) / measured, memory


async def crowd(server: Server, sessions: int, seconds: float) -> tuple[list[float], int]:
    found = await asyncio.gather(*(reader(server, seconds) for _ in range(sessions)))
    return [one for taken, _ in found for one in taken], sum(failed for _, failed in found)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--views", type=int, default=500)
    wanted = parser.parse_args()
    with TemporaryDirectory() as folder:
        database = fill_database(Path(folder) / "kpi.sqlite")
        with serve(Path(folder) / "log", database=database) as server:
            cpu, memory = asyncio.run(views(server, wanted.views))
            taken, failed = asyncio.run(crowd(server, wanted.sessions, wanted.seconds))
    p95 = quantiles(taken, n=20)[-1]
    print_table(
        "Memory, MB", ["warm", "at the end"], {"RSS": [f"{memory[0]:.0f}", f"{memory[-1]:.0f}"]}
    )
    print_table(
        f"{wanted.sessions} sessions, a switch every {EVERY_SECONDS:g} s, ms",
        ["switches", "median", "p95", "greatest", "without an answer"],
        {"": [len(taken), f"{median(taken):.0f}", f"{p95:.0f}", f"{max(taken):.0f}", failed]},
    )
    goals = [
        verdict("CPU of a view", cpu, GOAL_CPU_MS, " ms"),
        verdict("Memory at the end / warm", memory[-1] / memory[0], GOAL_GROWTH),
        verdict("p95 of a switch", p95, GOAL_P95_MS, " ms"),
        verdict("Sessions without an answer", failed, 0),
    ]
    return 0 if all(goals) else 1


if __name__ == "__main__":
    sys.exit(main())
