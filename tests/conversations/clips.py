"""Short recordings for plays: a synthetic voice, silence, and files that only look like sound."""

import io
from functools import cache

import av
import numpy as np

from tests.voice.sounds import file_of

SENTENCE = "We shared the rota, and then the whole team went home on time."


@cache
def spoken(sentence: str = SENTENCE, container: str = "ogg") -> bytes:
    """The sentence said aloud (a few seconds), the same bytes each time."""
    from hibari import SAMPLE_RATE, Hibari

    return file_of(np.asarray(Hibari()(sentence, seed=1), np.float32), container, SAMPLE_RATE)


def spoken_in_a_file_of(size: int, sentence: str = SENTENCE) -> bytes:
    """The sentence, then silence until the file has at least so many bytes."""
    from hibari import SAMPLE_RATE, Hibari

    voice = np.asarray(Hibari()(sentence, seed=1), np.float32)
    return file_of(np.concatenate([voice, np.zeros(size // 2, np.float32)]), "wav", SAMPLE_RATE)


def film(sentence: str = SENTENCE) -> bytes:
    """A small mp4 with a picture, and the sentence as its sound."""
    out = io.BytesIO()
    with av.open(io.BytesIO(spoken(sentence)), "r") as voice, av.open(out, "w", format="mp4") as film_file:
        picture = film_file.add_stream("mpeg4", rate=10)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        sound = film_file.add_stream("aac", rate=48_000)
        for _ in range(10):
            film_file.mux(picture.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        film_file.mux(picture.encode(None))
        for frame in voice.decode(audio=0):
            film_file.mux(sound.encode(frame))
        film_file.mux(sound.encode(None))
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000100ffff03000006000557bfabd40000000049454e44ae426082"
)
WEB_PAGE = b"<!DOCTYPE html><html><h1>Minutes of the board</h1><p>Present: the chair.</p></html>" * 20
