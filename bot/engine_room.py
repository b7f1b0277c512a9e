"""Where the computing happens: child processes, so that it never delays an answer to Slack and may die alone.

Speech and anonymising have processes of their own, so that an edit is not kept waiting by an hour of audio.
Words travel through a pipe and are never written down. A child that dies is replaced at the next job, and a child
whose parent dies goes too.
"""

import logging
import multiprocessing
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from bot import engine_child
from bot.clock import system_clock
from bot.engine_child import Target, Told, live
from bot.errors import Failure
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.anonymise.models import Masked
    from bot.anonymise.risk.models import Assessment, Published
    from bot.voice.models import Transcription

log = logging.getLogger("collaborate.engines")

Progress = Callable[[float], None]


class EngineCrashed(Failure):
    """A part of me stopped in the middle of its work. Nothing is lost."""


class EngineRoom:
    """The engines as the rest of the house sees them: hand in bytes or text, wait, get the result.

    `listen` and `mask` are what the children run: functions of a module, called with a pipe and their options.
    """

    def __init__(self, settings: Settings, *, listen: Target | None = None, mask: Target | None = None) -> None:
        speech = (listen or engine_child.listen, _speech_options(settings))
        masking = (mask or engine_child.mask, _masking_options(settings))
        self._speech = _Pool([_Child(*speech, niceness=10) for _ in range(settings.engine_processes)])
        self._masking = _Pool([_Child(*masking, niceness=5)])

    def transcribe(
        self,
        sound: bytes,
        *,
        max_seconds: float,
        expected_seconds: float | None,
        names: Sequence[str],
        progress: Progress,
    ) -> "Transcription":
        """Speech into text; the errors of bot/voice, and EngineCrashed. `progress` gets 0..1."""
        work = {"sound": sound, "max_seconds": max_seconds, "expected_seconds": expected_seconds, "names": list(names)}
        result: Transcription = self._speech.run(work, progress)
        return result

    def mask(
        self,
        paragraphs: Sequence[str],
        *,
        known: Sequence[Mapping[str, str]],
        keep: Sequence[str] = (),
        hide: Sequence[str] = (),
        memory: str | None = None,
    ) -> "Masked":
        """The paragraphs without what identifies; `known` are rows as in members.csv. The errors of bot/anonymise."""
        work = {"paragraphs": list(paragraphs), "known": [dict(row) for row in known], "keep": list(keep)}
        result: Masked = self._masking.run(work | {"hide": list(hide), "memory": memory}, lambda _: None)
        return result

    def assess(
        self,
        paragraphs: Sequence[str],
        *,
        speaker: str,
        members: Sequence[Mapping[str, str]],
        published: "Sequence[Published]" = (),
        k: int,
    ) -> "Assessment":
        """What in masked paragraphs could still tell who is speaking; `members` are rows as in members.csv."""
        work: dict[str, Any] = {"assess": list(paragraphs), "speaker": speaker, "published": list(published), "k": k}
        work |= {"members": [dict(row) for row in members], "year": system_clock().year}
        result: Assessment = self._masking.run(work, lambda _: None)
        return result

    def warm_up(self) -> None:
        """Starts the children, which load their models while nobody waits yet."""
        for pool in (self._speech, self._masking):
            for child in pool.children:
                child.start()

    def child_ids(self) -> list[int]:
        """Process ids of the children that live (a test kills one)."""
        return [pid for pool in (self._speech, self._masking) for child in pool.children if (pid := child.pid)]

    def close(self) -> None:
        """Ends the children for good; whoever waits for one of them gets EngineCrashed."""
        for pool in (self._speech, self._masking):
            for child in pool.children:
                child.end(for_good=True)


class _Pool:
    """Hands each job to a child that is free, and waits for one otherwise."""

    def __init__(self, children: list["_Child"]) -> None:
        self.children = children
        self._free: queue.SimpleQueue[_Child] = queue.SimpleQueue()
        for child in children:
            self._free.put(child)

    def run(self, work: dict[str, Any], progress: Progress) -> Any:
        with self._borrow() as child:
            return child.run(work, progress)

    @contextmanager
    def _borrow(self) -> Iterator["_Child"]:
        child = self._free.get()
        try:
            yield child
        finally:
            self._free.put(child)


class _Child:
    """One child process: started when first needed, and again after it died, until it is ended for good."""

    def __init__(self, target: Target, options: dict[str, Any], *, niceness: int) -> None:
        self._target, self._options, self._niceness = target, options, niceness
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._over = False
        self._lock = threading.RLock()  # one thread works with a child, while another may end it

    @property
    def pid(self) -> int | None:
        with self._lock:
            return self._process.pid if self._process and self._process.is_alive() else None

    def start(self) -> Connection:
        with self._lock:
            if self._over:
                raise EngineCrashed()
            if self._pipe is None or not self.pid:
                self.end()
                self._spawn()
            assert self._pipe is not None
            return self._pipe

    def _spawn(self) -> None:
        spawn = multiprocessing.get_context("spawn")  # a fork would inherit locks and sockets of our threads
        self._pipe, far_end = spawn.Pipe()
        self._process = spawn.Process(
            target=live, args=(self._target, self._options, far_end, self._niceness), daemon=True, name="engine"
        )
        self._process.start()
        far_end.close()

    def run(self, work: dict[str, Any], progress: Progress) -> Any:
        pipe = self.start()
        answered = False
        try:
            answer = _asked(pipe, work, progress)
            answered = True
        except EngineCrashed:
            if not self._over:  # ended for good is no accident
                log.error("an engine process died")
            raise
        finally:
            if not answered:  # also where `progress` broke: the rest of this answer would be the next one's
                self.end()
        if isinstance(answer, Told):
            raise answer.again()
        return answer

    def end(self, *, for_good: bool = False) -> None:
        with self._lock:
            self._over = self._over or for_good
            if self._process is not None:
                self._process.kill()
                self._process.join()
                self._process.close()
            if self._pipe is not None:
                self._pipe.close()
            self._process = self._pipe = None


def _asked(pipe: Connection, work: dict[str, Any], progress: Progress) -> Any:
    """The answer to a piece of work; EngineCrashed if the other end goes away."""
    try:
        pipe.send(work)
        kind, content = pipe.recv()
    except (EOFError, OSError) as error:
        raise EngineCrashed() from error
    while kind == "progress":
        progress(content)
        try:
            kind, content = pipe.recv()
        except (EOFError, OSError) as error:
            raise EngineCrashed() from error
    return content


def _masking_options(settings: Settings) -> dict[str, Any]:
    return {
        "gazetteer": str(settings.gazetteer),
        "model_url": settings.anonymise_model_url,
        "model": settings.anonymise_model,
    }


def _speech_options(settings: Settings) -> dict[str, Any]:
    return {
        "engine": settings.speech_engine,
        "model": settings.speech_model,
        "threads": settings.speech_threads,
        "weights_dir": str(settings.weights),
    }
