"""A line of JSON that carries a text: what the command line takes many of."""

import json

from bot.anonymise.trouble import BadLine


def id_and_text(line: str, number: int) -> tuple[str | int, str]:
    """What a line {"id", "text"} holds; BadLine, with its `number`, for anything else."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine(number=number) from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("id"), str | int):
        raise BadLine(number=number)
    return row["id"], row["text"]
