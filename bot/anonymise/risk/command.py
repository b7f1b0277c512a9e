"""What `collaborate rehearse` does, without the command line: lines and a roster in, guesses and softer words out."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.anonymise.lines import id_and_text
from bot.anonymise.risk.models import Row
from bot.anonymise.risk.rehearsal import Intruder, Rehearsed, rehearse
from bot.anonymise.trouble import BadRoster


def read_members(path: Path) -> list[dict[str, str]]:
    """The rows of a members.csv, whatever columns it has besides `id`. BadRoster says what is wrong with it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = [{column: value or "" for column, value in row.items() if column} for row in csv.DictReader(lines)]
    except FileNotFoundError:
        raise BadRoster(reason="there is no such file") from None
    except OSError:
        raise BadRoster(reason="the file can't be opened") from None
    except (UnicodeDecodeError, csv.Error):
        raise BadRoster(reason="it isn't a CSV file in UTF-8") from None
    if not rows:
        raise BadRoster(reason="it has no rows")
    if not all(row.get("id", "").strip() for row in rows):
        raise BadRoster(reason="it has no column id, or a row without one")
    return rows


def rehearsed_lines(lines: Iterable[str], members: Iterable[Row], *, year: int) -> Iterator[dict[str, object]]:
    """For each JSON line {"id", "text"} a row {"id", "ranking", "clues", "softened"}; BadLine at a malformed one.

    `ranking` holds the ids of all members, best fit first; `clues` the phrases that tell something and what.
    """
    intruder = Intruder(list(members), year=year)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            name, text = id_and_text(line, number)
            yield {"id": name} | _row(rehearse(text, intruder))


def _row(found: Rehearsed) -> dict[str, object]:
    fits: dict[str, list[str]] = {}
    for clue in found.clues:
        terms = (f"{column}: {' or '.join(sorted(values))}" for column, values in clue.facts)
        fits.setdefault(clue.phrase, []).extend(terms)
    clues = [{"phrase": phrase, "fits": list(dict.fromkeys(terms))} for phrase, terms in fits.items()]
    return {"ranking": list(found.ranking), "clues": clues, "softened": found.softened}
