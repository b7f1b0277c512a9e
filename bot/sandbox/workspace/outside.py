"""What comes in from outside, read so that nothing inside can be something that cannot be sent on again."""

import json
import re
from typing import Any, NoReturn

#: half of a character: JSON may write it out alone, and UTF-8 can say it nowhere
_HALF = re.compile("[\ud800-\udfff]")


def json_from(written: str | bytes | bytearray) -> Any:
    """What the JSON says, with U+FFFD for every half of a character.

    ValueError for what can't be read: no JSON, numbers that are none or endless, lists within lists without end."""
    try:
        return _whole(json.loads(written, parse_constant=_no_number, parse_float=_finite))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _whole(thing: Any) -> Any:
    if isinstance(thing, str):
        return _HALF.sub("\ufffd", thing)
    if isinstance(thing, dict):
        return {_whole(key): _whole(value) for key, value in thing.items()}
    return [_whole(value) for value in thing] if isinstance(thing, list) else thing


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number without end")
    return number
