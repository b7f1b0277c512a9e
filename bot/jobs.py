"""Durable work: what must happen once it was accepted, also over crashes (DBOS Transact, embedded).

A workflow is a row of steps. After a crash it goes on behind the last finished one. Arguments and results are
ids and counts, never words, and are kept encrypted. A job is put on a queue in the same transaction as the row
that it is about (`enqueue`), under an id made from that row, so that it is there exactly once or not at all.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, SQLAlchemyDatasource
from dbos import Serializer as DBOSSerializer
from dbos import error as engine_errors
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from bot import logs
from bot.errors import Failure, Trouble
from bot.store.crypto import Keyring
from bot.store.engine import Store

log = logging.getLogger("collaborate.jobs")

#: Pinned: by default it is a hash of the code, and after an upgrade the jobs under way would never be picked up.
VERSION = "1"
POLLING_SECONDS = 0.2
#: what a person has to hear is tried for a minute (0.5 s, doubled each time), as Slack may be away as well
PATIENTLY = 7
Result = TypeVar("Result")


class StepFailed(Failure):
    """Something broke on our side. Nothing was lost."""


class Interrupted(BaseException):
    """The process is going down: the job stays as it is and goes on at the next start.

    No `Exception`, so that neither a step's retries nor the engine take it for the job's own failure.
    """


class _Sealed(DBOSSerializer):
    """JSON, encrypted. An exception is kept as the name of its type: its message might hold words."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def name(self) -> str:
        return "sealed_json"

    def serialize(self, data: Any) -> str:
        if isinstance(data, BaseException):
            data = {"$error": type(data).__qualname__}
        return self._keyring.lock(json.dumps(data).encode()).decode("ascii")

    def deserialize(self, serialized_data: str) -> Any:
        data = json.loads(self._keyring.unlock(serialized_data.encode("ascii")))
        return StepFailed(type=data["$error"]) if isinstance(data, dict) and "$error" in data else data


class Jobs:
    """The queues of this process. One `Jobs` a process: the engine underneath is a singleton."""

    def __init__(self, store: Store, *, executor_id: str, queues: Mapping[str, int]) -> None:
        self._queues = queues
        sealed = _Sealed(store.keyring)
        config: DBOSConfig = {
            "name": "collaborate",
            "system_database_url": _for_dbos(store.url),
            "executor_id": executor_id,
            "application_version": VERSION,
            "serializer": sealed,
            "max_executor_threads": sum(queues.values()) + 8,
            "log_level": "ERROR",
            "notification_listener_polling_interval_sec": 0.2,
        }
        DBOS(config=config)
        sessions = sessionmaker(class_=Session, expire_on_commit=False)
        self._rows = SQLAlchemyDatasource.create(
            store.url, engine=store.engine, serializer=sealed, sessionmaker=sessions
        )
        self._client = DBOSClient(system_database_url=_for_dbos(store.url), serializer=sealed, lazy=True)
        self._stopping = threading.Event()
        self._at_work = 0
        self._rest = threading.Condition()

    def start(self) -> None:
        """Takes up what a crash left, then whatever is on the queues."""
        DBOS.launch()
        for name, workers in self._queues.items():
            DBOS.register_queue(
                name, worker_concurrency=workers, polling_interval_sec=POLLING_SECONDS, on_conflict="always_update"
            )

    def interrupt(self) -> None:
        """From now on no step begins, and one that fails counts as not begun: it goes on at the next start."""
        self._stopping.set()

    def stop(self, *, wait_seconds: float = 10.0) -> None:
        """Waits for steps under way, then lets go of the database."""
        self.interrupt()
        with self._rest:
            self._rest.wait_for(lambda: self._at_work == 0, timeout=wait_seconds)
        DBOS.destroy(destroy_registry=True)
        self._client.destroy()

    def workflow(self, name: str, *, on_failure: Callable[[str], None]) -> Callable[[Callable[[str], None]], None]:
        """Registers durable work that takes one id.

        This is the one boundary where any error is caught: what nobody foresaw is logged by its type, and
        `on_failure(id)` tells the person, so that nobody is left waiting in silence; it must bear repeating.
        """

        def register(work: Callable[[str], None]) -> None:
            @DBOS.workflow(name=name)
            @wraps(work)
            def guarded(subject: str) -> None:
                with self._counted():
                    try:
                        work(subject)
                    except Exception as error:
                        log.error("job %s %s failed: %s", name, subject, logs.where(_cause(error)))
                        self.step(on_failure, subject, attempts=PATIENTLY)

        return register

    def enqueue(self, session: Session, *, queue: str, workflow: str, job_id: str, subject: str) -> None:
        """Puts a job on a queue as part of the session's transaction; a second one with the same id is ignored."""
        self._client.enqueue_in_transaction(
            session,
            {"queue_name": queue, "workflow_name": workflow, "workflow_id": job_id, "app_version": VERSION},
            subject,
        )

    def step(self, act: Callable[..., Result], *arguments: str | int, attempts: int = 1) -> Result:
        """Runs a step of the workflow under way; it may run again after a crash, so it must bear repeating.

        With `attempts`, what fails on our side is tried again, ever more slowly. `Trouble` that is not a
        `Failure` is an answer rather than an accident, and is not tried again.
        """
        options: Any = {"name": act.__name__}
        if attempts > 1:
            options |= {
                "retries_allowed": True,
                "max_attempts": attempts,
                "interval_seconds": 0.5,
                "should_retry": _worth_retrying,
            }
        return DBOS.run_step(options, self._unless_stopping(act), *arguments)

    def tried(self, act: Callable[..., object], *arguments: str | int, attempts: int) -> bool:
        """Runs a step whose failure keeps the rest of the job from nothing; whether it was done in the end."""
        try:
            self.step(act, *arguments, attempts=attempts)
        except (Trouble, engine_errors.DBOSMaxStepRetriesExceeded) as error:
            log.error("step %s failed: %s", act.__name__, logs.where(_cause(error)))
            return False
        return True

    def record(self, write: Callable[..., Result], *arguments: str | int) -> Result:
        """Runs `write(session, …)` so that its rows and the note that it is done are one transaction."""

        def in_session(*given: str | int) -> Result:
            return write(self._rows.sql_session(), *given)

        return self._rows.run_tx_step({"name": write.__name__}, self._unless_stopping(in_session), *arguments)

    def _unless_stopping(self, act: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(act)
        def guarded(*arguments: str | int) -> Result:
            if self._stopping.is_set():
                raise Interrupted()
            try:
                return act(*arguments)
            except Exception as error:
                if self._stopping.is_set():
                    raise Interrupted() from error
                raise

        return guarded

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._rest:
            self._at_work += 1
        try:
            yield
        finally:
            with self._rest:
                self._at_work -= 1
                self._rest.notify_all()

    def forget_finished(self, before: float) -> None:
        """Deletes what the engine keeps of jobs that ended before a UNIX time, in seconds."""
        ended = DBOS.list_workflows(status=["SUCCESS", "ERROR", "CANCELLED"], end_time=_iso(before))
        DBOS.delete_workflows([job.workflow_id for job in ended])


def _cause(error: BaseException) -> BaseException:
    """Of a step that was tried in vain, what went wrong the last time; otherwise the error itself."""
    if isinstance(error, engine_errors.DBOSMaxStepRetriesExceeded) and error.errors:
        return error.errors[-1]
    return error


def _worth_retrying(error: BaseException) -> bool:
    return not isinstance(error, Trouble) or isinstance(error, Failure)


def _for_dbos(url: str) -> str:
    return (
        sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        if url.startswith("postgresql")
        else url
    )


def _iso(moment: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).isoformat()
