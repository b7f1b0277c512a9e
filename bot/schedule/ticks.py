"""APScheduler only ticks: what is due are rows, and a tick puts each on the queue under an id of its own.

So two processes, a late tick or a restart cannot do a thing twice, and a missed tick is caught up by the next.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import Session

from bot.clock import Clock
from bot.jobs import Jobs
from bot.schedule import service
from bot.schedule.models import Due, Kind
from bot.store.engine import Store

log = logging.getLogger("collaborate.schedule")

TICK_SECONDS = 20
KEEP_FINISHED_JOBS_SECONDS = 7 * 24 * 3600
QUEUE = "quick"

#: what happens when a thing of a kind is due; it may post, so it is given the row and opens sessions of its own
Handler = Callable[[Due], None]


class Ticker:
    """Ticks, and carries out what is due through the handlers that the rooms registered."""

    def __init__(self, store: Store, jobs: Jobs, clock: Clock, handlers: Mapping[Kind, Handler]) -> None:
        self._store, self._jobs, self._clock, self._handlers = store, jobs, clock, handlers
        self._scheduler = BackgroundScheduler(timezone=UTC)
        jobs.workflow("due", on_failure=self._not_done)(self._carry_out)

    def start(self) -> None:
        """Ticks at once (to catch up) and from then on."""
        often = {"coalesce": True, "misfire_grace_time": 60, "max_instances": 1}
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS, next_run_time=datetime.now(UTC), **often)
        self._scheduler.add_job(self._tidy, "cron", hour=3, minute=30, timezone="Europe/London", **often)
        self._scheduler.start()

    def stop(self) -> None:
        """Stops ticking."""
        self._scheduler.shutdown(wait=True)

    def tick(self) -> int:
        """Puts what is due on the queue; says how many things. What failed is tried again in the next hour."""
        now, found, last = self._clock(), 0, None
        while page := self._put_on_queue(now, last):  # all of it: what fails for days keeps nothing else waiting
            found, last = found + len(page), page[-1]
        return found

    def _put_on_queue(self, now: datetime, after: Due | None) -> list[Due]:
        with self._store.session() as session:
            due = service.due_now(session, now=now, after=after)
            for row in due:
                job_id = f"due:{row.id}:{now:%Y%m%d%H}"
                self._jobs.enqueue(session, queue=QUEUE, workflow="due", job_id=job_id, subject=row.id)
        return due

    def _carry_out(self, due_id: str) -> None:
        self._jobs.step(self._act, due_id, attempts=5)
        self._jobs.record(self._done, due_id)

    def _act(self, due_id: str) -> None:
        with self._store.session() as session:
            due = session.get(Due, due_id)
        if due is not None and due.done_at is None:
            self._handlers[due.kind](due)

    def _done(self, session: Session, due_id: str) -> None:
        service.take(session, due_id=due_id, now=self._clock())

    def _not_done(self, due_id: str) -> None:
        log.error("what was due was not done: %s", due_id)

    def _tidy(self) -> None:
        self._jobs.forget_finished(datetime.now(UTC).timestamp() - KEEP_FINISHED_JOBS_SECONDS)
