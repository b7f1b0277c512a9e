"""What `collaborate transcribe` writes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import Trouble
from bot.voice.audio import Audio
from bot.voice.command import transcribe_files
from bot.voice.errors import NotAudio, WeightsMissing

from .sounds import file_of

SENTENCE = "The practice manager rang me about the rota on Tuesday."


@pytest.fixture
def notes(tmp_path: Path, say: Callable[[str], Audio]) -> list[Path]:
    good, bad, last = (tmp_path / name for name in ("first.ogg", "second.ogg", "third.ogg"))
    good.write_bytes(file_of(say(SENTENCE).samples, "ogg"))
    bad.write_text("<html>Sign in</html>")
    last.write_bytes(file_of(say(SENTENCE).samples, "webm"))
    return [good, bad, last]


def test_each_file_gives_an_answer_and_a_bad_one_does_not_stop_the_others(notes: list[Path], weights: Path) -> None:
    seen: list[tuple[Path, float]] = []
    troubles: list[tuple[Path, Trouble]] = []
    answers = list(
        transcribe_files(
            notes,
            engine="faster-whisper",
            model="tiny.en",
            threads=1,
            weights_dir=weights,
            progress=lambda path, fraction: seen.append((path, fraction)),
            on_trouble=lambda path, trouble: troubles.append((path, trouble)),
        )
    )

    assert [answer["file"] for answer in answers] == [str(notes[0]), str(notes[2])]
    assert [(path, type(trouble)) for path, trouble in troubles] == [(notes[1], NotAudio)]
    assert list(answers[0]) == ["file", "seconds", "engine", "model", "text", "segments", "elapsed"]
    assert list(answers[0]["segments"][0]) == ["start", "end", "text", "confidence", "flags"]
    assert "practice manager" in answers[0]["text"]
    assert json.loads(json.dumps(answers)) == answers
    assert seen[-1] == (notes[2], 1.0)


def test_a_bad_file_is_raised_where_nobody_asked_to_be_told(notes: list[Path], weights: Path) -> None:
    found = transcribe_files(notes[1:], engine="faster-whisper", model="tiny.en", threads=1, weights_dir=weights)
    with pytest.raises(NotAudio):
        next(found)


def test_missing_weights_stop_everything(notes: list[Path], tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere.pt")
    with pytest.raises(WeightsMissing):
        list(
            transcribe_files(
                notes, engine="whisper", model=nowhere, threads=1, weights_dir=tmp_path, on_trouble=lambda p, t: None
            )
        )
