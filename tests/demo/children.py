"""Engines for tests, run in child processes: one that hears nobody, one that has lost its weights."""

from multiprocessing.connection import Connection
from typing import Any

from bot.engine_child import serve
from bot.voice.audio import decode
from bot.voice.errors import NoSpeech, WeightsMissing


def attentive(pipe: Connection, **_: Any) -> None:
    """Decodes what it is given, as the real one does, and finds nobody speaking in it."""

    def listen(job: dict[str, Any]) -> Any:
        if "sound" not in job:
            return job["paragraphs"]
        audio = decode(job["sound"], max_seconds=job["max_seconds"], expected_seconds=job["expected_seconds"])
        assert not audio.samples.any()
        raise NoSpeech()

    serve(pipe, listen)


def without_weights(pipe: Connection, **_: Any) -> None:
    """Can't work."""

    def listen(_job: dict[str, Any]) -> Any:
        raise WeightsMissing(model="base", mend="Connect to a network once.")

    serve(pipe, listen)
