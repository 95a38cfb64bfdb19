"""Is anything acknowledged lost, or done twice, when the server, a worker or PostgreSQL is killed under load?"""

import secrets
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from tests.faults.clients import Client, everything_stands_once, unseen
from tests.faults.served import LONG, Home, Server, kill, until

KILLS = 100 if LONG else 9
BETWEEN_KILLS = 24  # acknowledged requests
CLIENTS = 4
VICTIMS = ("server", "worker", "postgresql")


def strike(victim: str, server: Server, home: Home, chance: Random) -> None:
    """Kill it. Only a killed server needs somebody to start it again; the others are the server's own to bring back."""
    if victim == "server":
        server.kill()
        server.start()
    elif victim == "worker":
        kill(chance.choice(server.workers))
    else:
        kill(home.postmaster or 0)


def kills_under_load(server: Server, home: Home, clients: Sequence[Client], chance: Random) -> None:
    """Strike again and again, each time when some more requests have been acknowledged since."""

    def acknowledged(working: Sequence[Future[None]], wanted: int) -> bool:
        for work in working:
            if work.done():
                work.result()  # a client that gave up says why
        return sum(len(client.acknowledged) for client in clients) >= wanted

    each = (KILLS + 1) * BETWEEN_KILLS // len(clients)
    with ThreadPoolExecutor(len(clients)) as threads:
        working = [threads.submit(client.work, each) for client in clients]
        for n in range(KILLS):
            wanted = (n + 1) * BETWEEN_KILLS
            until(partial(acknowledged, working, wanted), f"{wanted} requests are acknowledged")
            strike(VICTIMS[n % 3], server, home, chance)
        for work in working:
            work.result()


def test_nothing_acknowledged_is_lost_or_doubled_whatever_is_killed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    server = Server(home)
    server.start()
    try:
        clients = [Client(server, f"P-{n}") for n in range(CLIENTS)]
        kills_under_load(server, home, clients, Random(secrets.randbelow(2**32)))
        for client in clients:
            client.repeat_all()
    finally:
        server.stop()
    everything_stands_once(home, clients)
    print(f"{KILLS} kills, {unseen(clients)} commits whose first acknowledgement was lost")
    assert unseen(clients) or not LONG, "no kill fell between a commit and its acknowledgement: this proved too little"
