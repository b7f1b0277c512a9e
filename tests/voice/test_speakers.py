"""One voice or two, told apart by the sound: on real weights and voices, and on vectors that are made up."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.voice import speaker_weights
from bot.voice.audio import RATE, Audio, Samples
from bot.voice.errors import WeightsDamaged, WeightsMissing
from bot.voice.models import Segment, Transcription
from bot.voice.speaker_encoder import SIZE, WINDOW, Encoder, Matrix, spectra, window_of
from bot.voice.speakers import Speakers, with_voices
from bot.voice.speech import Stretch, speech_stretches
from bot.voice.transcribe import Transcriber, load
from bot.voice.windows import gaps, windows

from .conftest import Scripted, words
from .dialogue import MAN, SAMPLES, WOMAN, dialogue, note, sentences
from .sounds import joined, noise, silence, tone


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def speakers(encoder: Encoder) -> Speakers:
    return Speakers(encoder.embed)


def tell_apart(speakers: Speakers, audio: Audio) -> tuple[int, list[Stretch]]:
    return speakers.tell_apart(audio.samples, speech_stretches(audio.samples))


def wrong_and_doubtful(found: Sequence[Stretch], said: Sequence[tuple[int, Stretch]]) -> tuple[float, float]:
    """The share of what was said that was given to the wrong one, and to nobody."""
    whole = sum(turn.seconds for _, turn in said)
    shared = [(who, each.voice, each.shared(turn)) for who, turn in said for each in found]
    wrong = sum(seconds for who, voice, seconds in shared if voice not in (who, None))
    return wrong / whole, sum(seconds for _, voice, seconds in shared if voice is None) / whole


# two voices


@pytest.mark.parametrize("names", [(WOMAN, MAN), (MAN, WOMAN), ("number-nine", WOMAN), ("to-the-sheep", MAN)])
def test_two_voices_are_told_apart_and_the_one_heard_first_is_the_first(
    names: tuple[str, str], speakers: Speakers
) -> None:
    audio, said = dialogue(*names)
    voices, found = tell_apart(speakers, audio)
    wrong, doubtful = wrong_and_doubtful(found, said)
    assert voices == 2
    assert wrong < 0.02 and doubtful < 0.1


def test_a_change_of_voice_without_a_pause_is_nobodys_rather_than_the_wrong_ones(speakers: Speakers) -> None:
    hers, his = sentences(WOMAN, 3), sentences(MAN, 3)
    pieces = [part for pair in zip(hers, his, strict=True) for part in pair]
    edges = np.cumsum([0, *map(len, pieces)]) / RATE
    said = [(n % 2, Stretch(edges[n], edges[n + 1])) for n in range(len(pieces))]
    voices, found = tell_apart(speakers, joined(*pieces))
    assert voices == 2
    assert wrong_and_doubtful(found, said)[0] < 0.06


# one voice


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.ogg")))
def test_one_person_is_one_voice_and_their_speech_stays_as_it_was(name: str, speakers: Speakers) -> None:
    speech = speech_stretches(note(name))
    voices, found = speakers.tell_apart(note(name), speech)
    if name == "saved-message":  # a second, synthetic voice speaks its second paragraph
        assert voices == 2
    else:
        assert (voices, found) == (1, speech)


@pytest.mark.parametrize("change", ["higher", "lower", "louder", "noisier", "duller"])
def test_a_voice_that_changes_half_way_is_still_one(change: str, speakers: Speakers) -> None:
    sound = note(WOMAN)
    half = len(sound) // 2
    changed: dict[str, Samples] = {
        "higher": resampled(sound[half:], 1.08),
        "lower": resampled(sound[half:], 0.93),
        "louder": np.clip(sound[half:] * 3, -1, 1),
        "noisier": sound[half:] + noise((len(sound) - half) / RATE + 1, 0.004)[: len(sound) - half],
        "duller": np.convolve(sound[half:], np.ones(4) / 4, "same"),
    }
    assert tell_apart(speakers, joined(sound[:half], changed[change]))[0] == 1


def resampled(samples: Samples, factor: float) -> Samples:
    places = np.arange(0, len(samples) - 1, factor)
    return np.interp(places, np.arange(len(samples)), samples).astype(np.float32)


@pytest.mark.parametrize("sound", [silence(3), tone(3), noise(5), silence(0.1)])
def test_where_nobody_speaks_there_are_no_two_voices(sound: Samples, speakers: Speakers) -> None:
    assert tell_apart(speakers, joined(sound)) == (1, speech_stretches(sound))


# the parts, with made-up vectors


def seeming(*voices: int) -> Speakers:
    """Tells apart pieces of two seconds, whose voices are given: 0 and 1, 2 for one between them."""
    likes = np.zeros((3, SIZE), np.float32)
    likes[0, 0] = likes[1, 1] = 1
    likes[2, :2] = np.sqrt(0.5)
    turns = [Stretch(n * 3.0, n * 3.0 + 2.0) for n in range(len(voices))]
    return Speakers(lambda windows: likes[list(voices)], lambda samples, pause: turns)


def told(*voices: int) -> list[int | None]:
    speech = [Stretch(0.0, 3.0 * len(voices))]
    return [each.voice for each in seeming(*voices).tell_apart(np.zeros(RATE * 3 * len(voices), np.float32), speech)[1]]


def test_what_is_between_two_voices_belongs_to_nobody() -> None:
    assert told(0, 1, 0, 2, 1) in ([0, 1, 0, None, 1], [0, 1, 0, 0, 1], [0, 1, 0, 1, 1])
    assert told(1, 0, 1, 0) == [0, 1, 0, 1], "the first to speak is voice 0, whatever the vectors say"


def test_a_cough_of_another_voice_is_no_second_voice() -> None:
    assert told(0, 0, 0, 1) == [None]


def test_a_segment_has_a_voice_only_if_one_alone_speaks_in_it() -> None:
    speech = [Stretch(0, 2, 0), Stretch(2, 4, 1), Stretch(4, 5, None)]
    made = [Segment(*times, "x", 0.9) for times in ((0, 2), (2.1, 3.9), (1, 3), (4, 5), (9, 10))]
    assert [segment.voice for segment in with_voices(made, speech)] == [0, 1, None, None, None]


def test_a_window_never_holds_two_voices() -> None:
    speech = [Stretch(0, 2, 0), Stretch(2.2, 4, 0), Stretch(4.1, 6, 1), Stretch(6.1, 7, None), Stretch(7.1, 9, 0)]
    assert windows(speech) == [Stretch(0, 4, 0), Stretch(4.1, 6, 1), Stretch(6.1, 7, None), Stretch(7.1, 9, 0)]
    assert {part.voice for part in gaps([], speech)[0]} == {0, 1, None}


def test_a_transcription_carries_its_voices_and_reads_what_was_kept_before_there_were_any() -> None:
    segment = Segment(0, 2, "Hello", 0.9, voice=1)
    whole = Transcription(2.0, "whisper", "base", "Hello", (segment,), 1.0, voices=2)
    assert Transcription.from_json(whole.to_json()) == whole
    old = {**whole.to_json(), "segments": [{**segment.to_json()}]}
    del old["voices"], old["segments"][0]["voice"]
    assert Transcription.from_json(old).voices is None


def test_two_voices_are_heard_turn_by_turn() -> None:
    engine = Scripted(
        [words(0, 2, "Hers.")], [words(0, 2, "His.")], [words(0, 2, "Hers again.")], [words(0, 2, "His.")]
    )
    apart = seeming(0, 1, 0, 1)
    transcriber = Transcriber(engine, "tiny.en", lambda samples: [Stretch(0, 11)], speakers=apart)
    found = transcriber.transcribe(Audio(np.zeros(RATE * 12, np.float32), 12.0))
    assert found.voices == 2
    assert [(segment.text, segment.voice) for segment in found.segments] == [
        ("Hers.", 0), ("His.", 1), ("Hers again.", 0), ("His.", 1),
    ]  # fmt: skip


# the encoder and its weights


def test_a_vector_has_length_one_and_is_the_same_whatever_the_loudness(encoder: Encoder) -> None:
    spoken = note(WOMAN)[RATE : RATE + WINDOW]
    loud, quiet = encoder.embed(np.stack([window_of(spoken), window_of(spoken * 0.05)]))
    assert np.linalg.norm(loud) == pytest.approx(1, abs=1e-5)
    assert loud @ quiet > 0.9999
    assert encoder.embed(np.zeros((0, WINDOW), np.float32)).shape == (0, SIZE)


def test_a_tone_lights_up_the_band_that_it_lies_in() -> None:
    def loudest(hertz: float) -> int:
        wave = np.sin(2 * np.pi * hertz * np.arange(WINDOW) / RATE).astype(np.float32)
        spectrum: Matrix = spectra(wave[None])
        assert spectrum.shape == (1, 160, 40)
        return int(spectrum[0, 20:140].mean(axis=0).argmax())

    bands = [loudest(hertz) for hertz in (200, 1000, 4000, 7500)]
    assert bands == sorted(set(bands)) and bands[0] <= 3 and bands[-1] >= 38


def test_weights_that_are_missing_or_not_the_ones_expected_are_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    forged = tmp_path / "pretrained.pt"
    forged.write_bytes(b"something else")
    monkeypatch.setattr(speaker_weights, "inside", lambda package, file: forged)
    with pytest.raises(WeightsDamaged, match="--force-reinstall resemblyzer"):
        speaker_weights.load()
    monkeypatch.setattr(speaker_weights, "inside", lambda package, file: None)
    with pytest.raises(WeightsMissing, match=r"pip install --no-deps resemblyzer==0\.1\.4"):
        speaker_weights.load()


def test_without_the_weights_speech_is_heard_all_the_same_and_nobody_claims_to_have_looked(
    monkeypatch: pytest.MonkeyPatch, weights: Path, say: object, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(speaker_weights, "inside", lambda package, file: None)
    transcriber = load("faster-whisper", "tiny.en", threads=1, weights_dir=weights, tell_voices=True)
    found = transcriber.transcribe(say("We shared the rota."))  # type: ignore[operator]
    assert found.text and found.voices is None
    assert "voices can't be told apart: WeightsMissing" in caplog.text
