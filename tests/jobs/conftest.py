"""Durable work on a database of its own, and a person who is told when it fails."""

import time
from collections.abc import Callable, Iterator

import pytest

from bot.jobs import Jobs
from bot.store.crypto import Keyring
from bot.store.engine import Store
from bot.store.migrate import upgrade

QUEUE = "quick"


class Bench:
    """Jobs, and short ways to hand them out and to wait for what they do."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.jobs = Jobs(store, executor_id="tests", queues={QUEUE: 4})
        self.told: list[str] = []

    def does(self, work: Callable[[str], None], name: str = "work") -> None:
        """Registers work; whoever it fails for is told."""
        self.jobs.workflow(name, on_failure=self._tell)(work)

    def _tell(self, subject: str) -> None:
        self.told.append(subject)

    def hand_out(self, subject: str = "r1", job_id: str = "job:r1") -> None:
        """Puts a job on the queue and commits."""
        with self.store.session() as session:
            self.jobs.enqueue(session, queue=QUEUE, workflow="work", job_id=job_id, subject=subject)


def wait_for(true: Callable[[], object], within: float = 15) -> None:
    """Returns as soon as it is true."""
    until = time.monotonic() + within
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.02)


#: for stories in which the database has a say
on_both_databases = pytest.mark.parametrize("bench", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def bench(request: pytest.FixtureRequest, keyring: Keyring) -> Iterator[Bench]:
    kind = getattr(request, "param", "sqlite")
    url = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")
    store = Store(str(url), keyring)
    upgrade(store)
    ready = Bench(store)
    yield ready
    ready.jobs.stop(wait_seconds=5)
    store.close()
