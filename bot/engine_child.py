"""A child of the engine room, from inside: serves one piece of work after the other, and never outlives its parent.

What it computes with is loaded here and nowhere else. It writes nothing down but the types of errors.
"""

import importlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from bot import logs
from bot.errors import Trouble

log = logging.getLogger("collaborate.engines")

#: what a child does with its end of the pipe, until the other end is gone
Target = Callable[..., None]
Model = TypeVar("Model")


@dataclass(frozen=True)
class Told:
    """Trouble on its way through the pipe: its type and facts, so that it is the same on this side."""

    module: str
    name: str
    facts: dict[str, object]

    def again(self) -> Trouble:
        kind = getattr(importlib.import_module(self.module), self.name)
        trouble: Trouble = kind(**self.facts)
        return trouble


def live(target: Target, options: dict[str, Any], pipe: Connection, niceness: int) -> None:
    """A child's life: polite to the rest of the machine, discreet, and over when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too, but our parent decides when we end
    logs.set_up("WARNING")
    os.nice(niceness)
    _no_shared_locks()
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()
    try:
        target(pipe, **options)
    except (EOFError, BrokenPipeError):
        return
    except Exception as error:  # the last stop of this process: a traceback could hold somebody's words
        log.error("an engine failed: %s", logs.where(error))
        os._exit(1)


def _no_shared_locks() -> None:
    """Progress bars of the libraries lock over processes, with a semaphore that a killed process leaves behind."""
    from tqdm import tqdm

    tqdm.set_lock(threading.RLock())


def _end_with_parent() -> None:
    """Waits in a thread of its own: in the middle of a long computation nobody looks at the pipe."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(0)


class _Early(Generic[Model]):
    """A model that is loaded before anybody waits; where that fails, the job that needs it says why."""

    def __init__(self, load: Callable[[], Model]) -> None:
        self._load = load
        self._model: Model | None = None
        with suppress(Trouble):
            self()

    def __call__(self) -> Model:
        if self._model is None:
            self._model = self._load()
        return self._model


def serve(pipe: Connection, work: Callable[[dict[str, Any]], Any]) -> None:
    """Answers one piece of work after the other. Trouble travels as itself; any other error ends the process."""
    while True:
        job = pipe.recv()
        try:
            pipe.send(("done", work(job)))
        except Trouble as trouble:
            pipe.send(("trouble", Told(type(trouble).__module__, type(trouble).__qualname__, trouble.facts)))


def listen(pipe: Connection, *, engine: str, model: str, threads: int, weights_dir: str) -> None:
    """Speech into text: bytes of a recording come in, a Transcription goes out, with progress (0 to 1) on the way."""
    from pathlib import Path

    from bot.voice.audio import decode
    from bot.voice.transcribe import load

    where = Path(weights_dir)
    transcriber = _Early(lambda: load(engine, model, threads=threads, weights_dir=where, tell_voices=True))  # type: ignore[arg-type]

    def transcribe(job: dict[str, Any]) -> Any:
        audio = decode(job["sound"], max_seconds=job["max_seconds"], expected_seconds=job["expected_seconds"])
        return transcriber().transcribe(audio, names=job["names"], progress=lambda part: pipe.send(("progress", part)))

    serve(pipe, transcribe)


def mask(pipe: Connection, *, gazetteer: str, model_url: str | None, model: str) -> None:
    """Hides what identifies: paragraphs come in, Masked goes out; or to `assess`, and what they still tell goes out."""
    from pathlib import Path

    from bot.anonymise.memory import Memory
    from bot.anonymise.model_pass import passing
    from bot.anonymise.models import Known
    from bot.anonymise.pipeline import load

    anonymiser = _Early(lambda: load(gazetteer=Path(gazetteer), model_pass=passing(model_url, model)))

    def masked(job: dict[str, Any]) -> Any:
        if "assess" in job:
            return assessed(job)
        return anonymiser().mask(
            job["paragraphs"],
            Known.from_members(job["known"]),
            keep=job["keep"],
            hide=job["hide"],
            memory=Memory.from_json(job["memory"]) if job["memory"] else None,
        )

    serve(pipe, masked)


def assessed(job: dict[str, Any]) -> Any:
    """An Assessment of masked paragraphs; quick, and without any model."""
    from bot.anonymise.risk.assess import assess

    facing = {name: job[name] for name in ("speaker", "members", "published", "k", "year")}
    return assess(job["assess"], **facing)
