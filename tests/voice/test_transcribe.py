"""The way from samples to a transcription, with an engine that says what it is told."""

from collections.abc import Sequence

import pytest

from bot.voice.audio import Samples
from bot.voice.errors import EngineBroke, NoSpeech
from bot.voice.models import Flag, Transcription
from bot.voice.port import Heard
from bot.voice.prompt import build_prompt
from bot.voice.speech import Stretch
from bot.voice.transcribe import Transcriber

from .conftest import Scripted, words
from .sounds import joined, noise, silence, tone


def transcribe(engine: Scripted, *speech: Stretch, seconds: float = 60.0, **options: object) -> Transcription:
    transcriber = Transcriber(engine, "base", detector=lambda samples: list(speech), timer=iter([10.0, 12.5]).__next__)
    return transcriber.transcribe(joined(silence(seconds)), **options)  # type: ignore[arg-type]


def test_windows_are_heard_one_by_one_and_put_together() -> None:
    engine = Scripted([words(0, 5, "We met.")], [words(0.2, 4, "Then it was quiet.")])
    found = transcribe(engine, Stretch(1, 6), Stretch(16, 20.5))

    assert found.text == "We met. Then it was quiet."
    assert [(each.start, each.end) for each in found.segments] == [(1, 6), (16.2, 20)]
    assert found.segments[1].flags == (Flag.LONG_SILENCE,)
    assert engine.lengths == [5.0, 4.5]
    assert (found.seconds, found.engine, found.model, found.elapsed) == (60.0, "whisper", "base", 2.5)


def test_the_engine_is_told_the_vocabulary_and_the_names() -> None:
    engine = Scripted([words(0, 5, "We met.")])
    transcribe(engine, Stretch(1, 6), names=["Amina Rahman"])
    assert engine.prompts == [build_prompt(["Amina Rahman"])]


def test_a_gap_with_speech_in_it_is_heard_again_without_the_prompt() -> None:
    engine = Scripted(
        [words(0, 5, "We met."), words(12, 20, "And so it ended.")],
        [words(0.5, 6, "There were five of us.")],
    )
    found = transcribe(engine, Stretch(0, 20))

    assert found.text == "We met. There were five of us. And so it ended."
    assert (found.segments[1].start, found.segments[1].end) == (5.5, 11)
    assert engine.prompts[1] is None
    assert engine.lengths[1] == 7.0


def test_words_that_a_neighbour_already_holds_are_not_said_twice() -> None:
    engine = Scripted(
        [words(0, 5, "We met at the town hall."), words(8, 20, "And so it ended.")], [words(0, 2, "the town hall")]
    )
    found = transcribe(engine, Stretch(0, 20))
    assert found.text == "We met at the town hall. And so it ended."


def test_speech_that_stays_without_words_is_shown_as_such() -> None:
    found = transcribe(Scripted([words(0, 5, "We met.")], []), Stretch(0, 12))
    assert [(each.start, each.end, each.text, each.flags) for each in found.segments] == [
        (0, 5, "We met.", ()),
        (5, 12, "", (Flag.HEARD_BUT_EMPTY,)),
    ]
    assert found.text == "We met."


def test_a_prompt_that_is_read_back_is_dropped_and_the_window_heard_again() -> None:
    engine = Scripted([words(0, 4, "PCN, ICB, ICS, LMC.")], [words(0, 4, "We met.")])
    assert transcribe(engine, Stretch(0, 4)).text == "We met."
    assert engine.prompts[1] is None


def test_a_loop_is_tried_again_without_the_prompt_and_flagged_if_it_stays() -> None:
    stuck = [words(0, 4, "I think " * 30, squeeze=9.0)]
    assert transcribe(Scripted(stuck, [words(0, 4, "I think so.")]), Stretch(0, 4)).segments[0].flags == ()
    assert transcribe(Scripted(stuck, stuck), Stretch(0, 4)).segments[0].flags == (Flag.LOOPED,)


def test_doubtful_words_are_kept_and_flagged() -> None:
    found = transcribe(Scripted([words(0, 4, "Mumble mumble.", logprob=-1.4)]), Stretch(0, 4))
    assert found.text == "Mumble mumble."
    assert found.segments[0].flags == (Flag.UNSURE,)
    assert found.segments[0].confidence == pytest.approx(0.247, abs=0.001)


def test_progress_only_goes_forward_and_ends_at_one() -> None:
    seen: list[float] = []
    engine = Scripted(*([words(0, 10, "We met.")] for _ in range(4)))
    transcribe(engine, *(Stretch(at, at + 10) for at in (0, 15, 30, 45)), progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) == 5
    assert seen[0] > 0
    assert seen[-1] == 1.0


@pytest.mark.parametrize(
    "nothing",
    [
        pytest.param(silence(10), id="silence"),
        pytest.param(noise(10), id="hiss"),
        pytest.param(noise(10, level=0.4), id="loud noise"),
        pytest.param(tone(10), id="a tone"),
        pytest.param(silence(0.05), id="a blink"),
    ],
)
def test_a_recording_without_speech_never_reaches_the_engine(nothing: Samples) -> None:
    engine = Scripted()
    with pytest.raises(NoSpeech):
        Transcriber(engine, "base").transcribe(joined(nothing), names=["Amina Rahman"])
    assert engine.prompts == []


class Broken:
    name = "whisper"

    def hear(self, samples: Samples, prompt: str | None) -> Sequence[Heard]:
        raise EngineBroke()


def test_an_engine_that_stops_is_a_failure_of_ours() -> None:
    with pytest.raises(EngineBroke) as raised:
        Transcriber(Broken(), "base", detector=lambda samples: [Stretch(0, 5)]).transcribe(joined(silence(5)))
    assert raised.value.exit_code == 1
