"""What `collaborate anonymise` does, without the command line: lines or plain text in, masked out."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.anonymise.lines import id_and_text
from bot.anonymise.models import Hidden, Known, Masked, MaskedParagraph
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.trouble import BadRoster


def masked_lines(lines: Iterable[str], anonymiser: Anonymiser, known: Known) -> Iterator[str]:
    """For each JSON line {"id", "text"} one line {"id", "masked", "spans"}, at once: each is a transcript of its own.

    Offsets are code points of the original text. Blank lines are passed over. BadLine at the first malformed one.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            name, text = id_and_text(line, number)
            paragraph = anonymiser.mask([text], known).paragraphs[0]
            yield json.dumps({"id": name, "masked": paragraph.text, "spans": spans(paragraph)}, ensure_ascii=False)


def masked_text(text: str, anonymiser: Anonymiser, known: Known) -> Masked:
    """Plain text as one transcript, a paragraph a line; join the paragraphs' texts with newlines to print it."""
    return anonymiser.mask(text.split("\n"), known)


def spans(paragraph: MaskedParagraph) -> list[dict[str, object]]:
    """The hidden stretches as JSON-able rows: start, end, label, replacement, source, score."""
    return [_row(hidden) for hidden in paragraph.hidden]


def _row(hidden: Hidden) -> dict[str, object]:
    span = hidden.span
    return {
        "start": span.start,
        "end": span.end,
        "label": span.label.value,
        "replacement": hidden.descriptor,
        "source": span.source,
        "score": round(span.score, 4),
    }


def read_roster(path: Path) -> Known:
    """The community's own names from a CSV file with members.csv's header. BadRoster says what is wrong with it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, strict=True))
    except FileNotFoundError:
        raise BadRoster(reason="there is no such file") from None
    except OSError:
        raise BadRoster(reason="the file can't be opened") from None
    except (UnicodeDecodeError, csv.Error):
        raise BadRoster(reason="it isn't a CSV file in UTF-8") from None
    _check(rows)
    return Known.from_members(rows)


def _check(rows: list[dict[str, str]]) -> None:
    if not rows:
        raise BadRoster(reason="it has no rows")
    missing = [column for column in ("id", "name") if column not in rows[0]]
    if missing:
        raise BadRoster(reason=f"it has no column {' and '.join(missing)}")
    for number, row in enumerate(rows, start=2):
        if None in row or not (row["name"] or "").strip():
            raise BadRoster(reason=f"line {number} has no name, or more cells than the header")
