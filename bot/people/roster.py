"""The operator's roster: a members.csv of people whose names must always be hidden, whether or not they joined."""

import csv
from pathlib import Path

from bot.people.errors import RosterUnusable

#: the columns of members.csv that identify somebody
COLUMNS = ("id", "name", "slack_name", "organisation", "organisation_kind", "place")


def read(path: Path) -> list[dict[str, str]]:
    """The roster's rows, with exactly `COLUMNS` as keys, in the file's order; RosterUnusable says what is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _rows(csv.DictReader(file, strict=True))
    except OSError as error:
        raise RosterUnusable(why="I can't open the file") from error
    except UnicodeDecodeError as error:
        raise RosterUnusable(why="it isn't UTF-8 text") from error
    except csv.Error as error:
        raise RosterUnusable(why="a line in it isn't proper CSV") from error


def _rows(reader: "csv.DictReader[str]") -> list[dict[str, str]]:
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        raise RosterUnusable(why=f"its first line lacks {', '.join(missing)}")
    rows = []
    for row in reader:
        if None in row:
            raise RosterUnusable(why=f"line {reader.line_num} has more cells than the first line")
        rows.append({column: (row[column] or "").strip() for column in COLUMNS})
    return rows
