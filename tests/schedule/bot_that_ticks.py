"""A process that ticks as fast as it can and writes down what it did, until nothing is waiting.

python bot_that_ticks.py DATABASE KEY DIARY NAME
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.jobs import Jobs
from bot.schedule.models import Due, Kind
from bot.schedule.ticks import QUEUE, Ticker
from bot.store.crypto import Keyring
from bot.store.engine import Store

url, key, diary, name = sys.argv[1:]


def write_down(due: Due) -> None:
    with Path(diary).open("a") as file:
        file.write(f"{due.subject} {name}\n")


store = Store(url, Keyring([key]))
jobs = Jobs(store, executor_id=name, queues={QUEUE: 4})
ticker = Ticker(store, jobs, lambda: datetime(2026, 3, 2, 9, tzinfo=UTC), dict.fromkeys(Kind, write_down))
jobs.start()
while ticker.tick():
    time.sleep(0.05)
jobs.stop(wait_seconds=10)
store.close()
