"""A folder of interviews, masked: Markdown out, and apart from it a log that can undo, for whoever may see both.

Nothing is half written: a file is made under another name and put in its place when it is whole.
"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.anonymise.command import spans
from bot.anonymise.formats import ENDINGS, NotReadable, paragraphs_of
from bot.anonymise.models import Known, Label, Masked, MaskedParagraph
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.risk.assess import assess
from bot.anonymise.risk.models import Risk, Row
from bot.errors import Failure, Trouble

LOGS = "logs"


class NothingToRead(Trouble):
    """There is no interview in {folder}: text, Markdown, subtitles (.vtt, .srt) or transcriptions (.json)."""


class AlreadyThere(Trouble):
    """{file} is there already, so I left it alone. Name another folder, or say --force."""


class SameFolder(Trouble):
    """What comes out can't go into the folder that it comes from. Name another folder with --out."""


class CannotWrite(Failure):
    """I couldn't write {file}: {why}. What was done before it is whole."""


class LogDoesNotFit(Trouble):
    """{log} isn't the log of {file} as it stands now, so I changed nothing."""


@dataclass(frozen=True)
class Done:
    """One interview: the file written, how much was hidden by label, stretches in another language, and warnings."""

    source: Path
    out: Path
    words: int
    hidden: Counter[Label] = field(default_factory=Counter)
    risks: tuple[Risk, ...] = ()

    def line(self) -> str:
        """As a line for a person."""
        hidden = sum(self.hidden.values()) - self.hidden[Label.LANGUAGE]
        line = f"{self.out}: {self.words:,} words, {_many(hidden, 'thing')} hidden"
        if foreign := self.hidden[Label.LANGUAGE]:
            line += f", {_many(foreign, 'part')} not in English left out"
        if self.risks:
            line += f", {_many(len(self.risks), 'line')} that could still tell who speaks"
        return line

    def to_json(self) -> dict[str, Any]:
        """As plain JSON types."""
        return {
            "file": self.source.name,
            "out": str(self.out),
            "words": self.words,
            "hidden": {label.value: count for label, count in sorted(self.hidden.items())},
            "risks": [asdict(risk) for risk in self.risks],
        }


def interviews(source: Path) -> list[Path]:
    """The file itself, or every interview of a folder by name (not of folders inside it). NothingToRead if none."""
    if not is_folder(source):
        return [source]
    found = [path for path in _files(source) if path.suffix.lower() in ENDINGS]
    if not found:
        raise NothingToRead(folder=source)
    return found


def others(source: Path) -> list[Path]:
    """The files of a folder that are no interviews by their endings, to be named as left out; not the hidden ones."""
    files = _files(source) if is_folder(source) else []
    return [path for path in files if path.suffix.lower() not in ENDINGS and not path.name.startswith(".")]


def is_folder(path: Path) -> bool:
    """Whether it is a folder; what is too long for a path, as a whole text would be, is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _files(source: Path) -> list[Path]:
    try:
        return sorted(path for path in source.iterdir() if path.is_file())
    except OSError as error:
        raise NotReadable(file=source.name, why=(error.strerror or "it can't be opened").lower()) from None


def check_places(source: Path, out: Path, *, force: bool) -> None:
    """SameFolder or AlreadyThere before anything is loaded or written."""
    if out.resolve() == (source if is_folder(source) else source.parent).resolve():
        raise SameFolder()
    for path in interviews(source):
        if (place := _place(path, out)).exists() and not force:
            raise AlreadyThere(file=place)


def mask_file(
    path: Path, out: Path, anonymiser: Anonymiser, known: Known, *, log: bool, members: Sequence[Row] = ()
) -> Done:
    """Masks one interview as a transcript of its own; writes Markdown, and the log with the originals if wanted.

    With the rows of a roster it also looks for what could still tell who speaks, among those `members`.
    """
    masked = anonymiser.mask(paragraphs_of(path), known)
    texts = [paragraph.text for paragraph in masked.paragraphs]
    risks = assess(texts, speaker="", members=members).risks if members else ()
    hidden = Counter(each.span.label for paragraph in masked.paragraphs for each in paragraph.hidden)
    words = sum(len(paragraph.text.split()) for paragraph in masked.paragraphs)
    done = Done(path, _place(path, out), words, hidden, risks)
    if log:
        _write(out / LOGS / f"{done.out.stem}.log.json", _log(done, masked), private=True)
    _write(done.out, _markdown(done, masked))
    return done


def undo(file: Path, log: Path) -> str:
    """The interview as it was, from its Markdown and its log. LogDoesNotFit if either was changed since."""
    try:
        rows = json.loads(log.read_text(encoding="utf-8"))["paragraphs"]
        text = file.read_text(encoding="utf-8")
        shown = [str(row["masked"]) for row in rows]
        originals = [str(row["original"]) for row in rows]
    except (OSError, UnicodeDecodeError):
        raise NotReadable(file=file.name, why="it or its log can't be opened") from None
    except (ValueError, KeyError, TypeError):
        raise LogDoesNotFit(log=log.name, file=file.name) from None
    if _body(text) != "\n\n".join(filter(str.strip, shown)).strip():
        raise LogDoesNotFit(log=log.name, file=file.name)
    return "\n".join(originals)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _place(path: Path, out: Path) -> Path:
    """Files of one name and different endings keep apart: talk.md from talk.txt, talk.vtt.md from talk.vtt.

    Beside a talk.md, a talk.txt becomes talk.txt.md.
    """
    plain = path.suffix == ".md" or (path.suffix == ".txt" and not path.with_suffix(".md").exists())
    return out / (f"{path.stem}.md" if plain else f"{path.name}.md")


def _markdown(done: Done, masked: Masked) -> str:
    front = ["---", f"words: {done.words}"]
    front += [f"risks: {len(done.risks)}"] if done.risks else []
    front += [f"hidden_{label.value.lower()}: {count}" for label, count in sorted(done.hidden.items())]
    body = [paragraph.text.strip() for paragraph in masked.paragraphs if paragraph.text.strip()]
    return "\n".join([*front, "---", "", "\n\n".join(body), ""])


def _body(markdown: str) -> str:
    return markdown.split("\n---\n", 1)[-1].strip()


def _log(done: Done, masked: Masked) -> str:
    """For undoing and for questions: per paragraph both texts, and what stands for what."""
    rows = [{"masked": p.text.strip(), "original": p.original, "hidden": _logged(p)} for p in masked.paragraphs]
    return json.dumps(done.to_json() | {"paragraphs": rows}, ensure_ascii=False, indent=1)


def _logged(paragraph: MaskedParagraph) -> list[dict[str, object]]:
    return [row | {"original": each.original} for row, each in zip(spans(paragraph), paragraph.hidden, strict=True)]


def _write(place: Path, text: str, *, private: bool = False) -> None:
    waiting = place.with_name(f".{place.name}.new")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o666), "wb") as f:
            f.write(text.encode("utf-8"))
        waiting.replace(place)
    except UnicodeEncodeError:
        raise CannotWrite(file=place.name, why="it holds half a character") from None
    except OSError as error:
        raise CannotWrite(file=place.name, why=(error.strerror or "the disk would not take it").lower()) from None
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)  # half a log would hold originals
