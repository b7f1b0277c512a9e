"""A process of three steps that writes a diary; it says when it is in the second, so that it can be killed there.

python bot_that_dies.py DATABASE KEY DIARY [slowly]
"""

import sys
import time
from pathlib import Path

from sqlmodel import Session

from bot.jobs import Jobs
from bot.store.crypto import Keyring
from bot.store.deliveries import first_time
from bot.store.engine import Store
from bot.store.migrate import upgrade

url, key, diary, *slowly = sys.argv[1:]


def note(line: str) -> None:
    with Path(diary).open("a") as file:
        file.write(line + "\n")


def fetch(subject: str) -> int:
    note(f"fetch {subject}")
    return 7


def listen(subject: str, seconds: int) -> None:
    note(f"listen {subject} {seconds}")
    if slowly:
        time.sleep(60)
    note("heard")


def keep(session: Session, subject: str) -> None:
    note(f"keep {subject}")
    assert first_time(session, workspace="T1", key=subject)


def work(subject: str) -> None:
    seconds = jobs.step(fetch, subject)
    jobs.step(listen, subject, seconds)
    jobs.record(keep, subject)
    note("done")


store = Store(url, Keyring([key]))
upgrade(store)
jobs = Jobs(store, executor_id="one", queues={"quick": 2})
jobs.workflow("work", on_failure=lambda subject: note(f"failed {subject}"))(work)
jobs.start()
with store.session() as session:
    jobs.enqueue(session, queue="quick", workflow="work", job_id="job:r1", subject="r1")
while "done" not in Path(diary).read_text().split():
    time.sleep(0.05)
jobs.stop(wait_seconds=5)
store.close()
