"""Any container becomes samples; anything else becomes a clear sentence."""

import io
import struct
import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest

from bot.errors import Trouble
from bot.voice.audio import RATE, Samples, decode
from bot.voice.errors import Corrupt, Empty, NoSuchFile, NotAudio, TooLong, Truncated
from bot.voice.snippet import snippet

from .sounds import file_of, film_without_sound, silence, tone, write_file

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>" + b"<p>words</p>" * 200


@pytest.mark.parametrize("container", ["ogg", "mp4", "ipod", "webm", "mp3", "wav"])
def test_every_container_gives_the_same_sound(container: str) -> None:
    audio = decode(file_of(tone(3.0), container), max_seconds=60)

    assert audio.samples.dtype == np.float32
    assert audio.seconds == pytest.approx(3.0, abs=0.15)
    assert audio.seconds == len(audio.samples) / 16_000
    heard = np.abs(np.fft.rfft(audio.samples[8_000:24_000])).argmax()
    assert heard == pytest.approx(440, abs=2)


def test_a_fragmented_mp4_as_a_browser_records_it_is_read() -> None:
    data = file_of(tone(3.0), "mp4", movflags="frag_keyframe+empty_moov")
    assert decode(data, max_seconds=60).seconds == pytest.approx(3.0, abs=0.15)


def test_a_live_webm_that_does_not_know_its_length_is_read() -> None:
    data = file_of(tone(3.0), "webm", live="1")
    assert decode(data, max_seconds=60).seconds == pytest.approx(3.0, abs=0.15)


def test_another_rate_is_brought_to_sixteen_thousand() -> None:
    audio = decode(file_of(tone(2.0, 44_100), "wav", 44_100), max_seconds=60)
    assert audio.seconds == pytest.approx(2.0, abs=0.05)


def test_two_channels_become_one() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((2, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.repeat((tone(1.0) * 32767).astype("<i2"), 2).tobytes())
    assert len(decode(out.getvalue(), max_seconds=60).samples) == 16_000


def test_a_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    misnamed = tmp_path / "holiday.jpg"
    misnamed.write_bytes(file_of(tone(2.0), "ogg"))
    assert decode(misnamed, max_seconds=60).seconds == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", Empty, id="nothing at all"),
        pytest.param(LOGIN_PAGE, NotAudio, id="a login page"),
        pytest.param(b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n" * 50, NotAudio, id="a pdf"),
        pytest.param(b"We met on Tuesday.\n" * 100, NotAudio, id="plain text"),
        pytest.param(bytes(5_000), NotAudio, id="zeros"),
        pytest.param(np.random.default_rng(3).bytes(50_000), NotAudio, id="random bytes"),
        pytest.param(film_without_sound(), NotAudio, id="a film without sound"),
        pytest.param(b"#EXTM3U\n#EXTINF:9,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n", NotAudio, id="a playlist"),
        pytest.param(b"ffconcat version 1.0\nfile /etc/hostname\n", NotAudio, id="a list of files"),
        pytest.param(b"OggS" + bytes(5_000), Corrupt, id="an ogg with nothing behind its first letters"),
        pytest.param(file_of(tone(5.0), "mp4")[:8_000], Corrupt, id="an mp4 without its index"),
        pytest.param(file_of(tone(1.0), "wav")[:78], Corrupt, id="a wav without a sample"),
    ],
)
def test_what_is_not_a_recording_is_said_in_a_sentence(data: bytes, error: type[Trouble]) -> None:
    with pytest.raises(error) as raised:
        decode(data, max_seconds=60)
    assert raised.value.sentence.endswith(".")
    assert "{" not in raised.value.sentence


def test_a_recording_with_its_middle_destroyed_is_damaged() -> None:
    data = bytearray(file_of(tone(20.0), "mp3"))
    data[2_000:-2_000] = np.random.default_rng(5).bytes(len(data) - 4_000)
    with pytest.raises((Corrupt, Truncated)):
        decode(bytes(data), max_seconds=60, expected_seconds=20.0)


def test_a_recording_over_the_limit_names_the_limit() -> None:
    with pytest.raises(TooLong, match="longer than 1 minute"):
        decode(file_of(tone(61.0), "ogg"), max_seconds=60)


def test_a_huge_recording_is_refused_before_it_fills_the_memory() -> None:
    small = file_of(silence(180.0), "ogg")
    assert len(small) < 300_000
    tracemalloc.start()
    with pytest.raises(TooLong):
        decode(small, max_seconds=20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000  # what is allowed is 1.3 MB, the whole would be 11.5


def test_half_a_download_is_noticed_by_the_length_that_the_sender_gave() -> None:
    data = file_of(tone(20.0), "ogg")
    assert decode(data, max_seconds=60, expected_seconds=20.0).seconds == pytest.approx(20.0, abs=0.2)
    with pytest.raises(Truncated, match="of 20 seconds"):
        decode(data[: len(data) // 2], max_seconds=60, expected_seconds=20.0)


def test_half_an_mp4_is_noticed_by_its_own_index(tmp_path: Path) -> None:
    write_file(tmp_path / "note.m4a", tone(20.0), "mp4", movflags="faststart")
    data = (tmp_path / "note.m4a").read_bytes()
    with pytest.raises(Truncated):
        decode(data[: len(data) // 2], max_seconds=60)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"nowhere\.ogg"):
        decode(tmp_path / "nowhere.ogg", max_seconds=60)
    with pytest.raises(NoSuchFile):
        decode(tmp_path, max_seconds=60)


def a_float_file(samples: Samples) -> bytes:
    """A .wav file of 32-bit floats, which may hold what is no sound."""
    data = samples.astype("<f4").tobytes()
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 3, 1, RATE, RATE * 4, 4, 32)
    return head + struct.pack("<4sI", b"data", len(data)) + data


def test_a_stretch_with_numbers_that_are_no_sound_can_be_heard_all_the_same() -> None:
    samples = tone(3).copy()
    samples[RATE : RATE + 500] = np.nan
    samples[2 * RATE : 2 * RATE + 50] = np.inf
    heard = decode(snippet(a_float_file(samples), start=0.5, end=2.5), max_seconds=20)
    assert heard.seconds == pytest.approx(3, abs=0.2) and float(np.abs(heard.samples).max()) > 0.1
