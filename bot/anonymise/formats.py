"""Interviews as they lie in a researcher's folder: plain text, Markdown, subtitles, and transcriptions as JSON."""

import json
import re
from pathlib import Path

from bot.errors import Trouble

#: endings that are read
ENDINGS = frozenset({".txt", ".md", ".vtt", ".srt", ".json"})
_TIMES = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}\s*-->")
_TAG = re.compile(r"</?[^<>]{1,40}>")
#: a cue's number in .srt; headers and comments in .vtt
_NO_WORDS = re.compile(r"^(?:\d+|WEBVTT\b.*|NOTE\b.*|STYLE|REGION)$")


class NotAnInterview(Trouble):
    """I can't read a file such as {file}, only text, Markdown, subtitles (.vtt, .srt) and transcriptions (.json)."""


class NotReadable(Trouble):
    """I can't read {file}: {why}."""


class NoWords(Trouble):
    """There are no words in {file}."""


def paragraphs_of(path: Path) -> list[str]:
    """The paragraphs of an interview. NotAnInterview, NotReadable or NoWords."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise NotAnInterview(file=path.name)
    text = _text(path)
    read = {".vtt": _of_subtitles, ".srt": _of_subtitles, ".json": _of_json}.get(ending)
    found = read(path, text) if read else text.split("\n")
    if not any(paragraph.strip() for paragraph in found):
        raise NoWords(file=path.name)
    return found


def _text(path: Path) -> str:
    try:
        return _lines(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotReadable(file=path.name, why="it isn't text in UTF-8") from None
    except OSError as error:
        raise NotReadable(file=path.name, why=(error.strerror or "it can't be opened").lower()) from None


def _lines(text: str) -> str:
    """With line ends of one sort."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _of_subtitles(path: Path, text: str) -> list[str]:
    """One paragraph a cue; times, numbers and markup left out."""
    cues: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.split("\n")]
        words = [_TAG.sub("", line) for line in lines if not _TIMES.match(line) and not _NO_WORDS.match(line)]
        cues += [" ".join(words).strip()] if any(words) else []
    return cues


def _of_json(path: Path, text: str) -> list[str]:
    """What `collaborate transcribe --json` writes, or Whisper's own: an object, or a list of them, with segments."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise NotReadable(file=path.name, why="it isn't JSON") from None
    whole = content if isinstance(content, list) else [content]
    try:
        return [_lines(str(part["text"])).strip() for each in whole for part in each.get("segments") or [each]]
    except (AttributeError, KeyError, TypeError):
        raise NotReadable(file=path.name, why="it isn't a transcription with segments or a text") from None
