"""What a person may put into a field: only what its form offers, in the shape of `state.values`.

A wrong shape is refused, for no form could send it. What a form lets one type and then complains about is a complaint.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import Refused
from bot.sandbox.page.errors import Misunderstood
from bot.sandbox.page.rights import knows_of, sees_person
from bot.sandbox.workspace.fields import FIELDS, Element
from bot.sandbox.workspace.state import User, Workspace
from bot.sandbox.workspace.texts import words_of

Json = dict[str, Any]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR = re.compile(r"\d{2}:\d{2}")
#: characters of a field that sets no limit of its own
_LONGEST = 3000


@dataclass(frozen=True)
class Chooser:
    """Who fills in, and what an app's own list (an external select) offered them last."""

    workspace: Workspace
    me: User
    suggested: tuple[Json, ...] = ()


def state_value(found: Element, given: Json | None, chooser: Chooser) -> Json:
    """The field's entry in `state.values`. Refused: `not_an_option`. Misunderstood for a wrong shape."""
    key, _ = FIELDS[found.kind]
    shape = _SHAPES.get(key)
    if shape is None:
        raise Misunderstood(what=f"a {found.kind} can't be filled in here")
    return {"type": found.kind, key: shape(found, (given or {}).get(key), chooser)}


def offered(found: Element, chooser: Chooser) -> list[Json]:
    """Every option that stands to choose in a field."""
    element = found.element
    groups = [option for group in element.get("option_groups") or [] for option in group.get("options", [])]
    initial = [element["initial_option"]] if element.get("initial_option") else element.get("initial_options") or []
    return [*(element.get("options") or []), *groups, *chooser.suggested, *initial]


def _option(found: Element, given: Any, chooser: Chooser) -> Json | None:
    if given is None:
        return None
    wanted = given.get("value") if isinstance(given, dict) else None
    for option in offered(found, chooser):
        if option.get("value") == wanted:
            return dict(option)
    raise Refused("not_an_option")


def _options(found: Element, given: Any, chooser: Chooser) -> list[Json]:
    chosen = [_option(found, one, chooser) for one in _listed(given)]
    return list({one["value"]: one for one in chosen if one}.values())


def _person(found: Element, given: Any, chooser: Chooser) -> str | None:
    user = chooser.workspace.users.get(str(given))
    if given is None or (user and not user.deleted and sees_person(chooser.workspace, chooser.me, user)):
        return user.id if user else None
    raise Refused("not_an_option")


def _place(found: Element, given: Any, chooser: Chooser) -> str | None:
    channel = chooser.workspace.channels.get(str(given))
    if given is None or (channel and knows_of(chooser.me, channel)):
        return channel.id if channel else None
    raise Refused("not_an_option")


def _several(one: Callable[[Element, Any, Chooser], str | None]) -> Callable[[Element, Any, Chooser], list[str]]:
    return lambda found, given, chooser: [
        chosen for each in dict.fromkeys(map(str, _listed(given))) if (chosen := one(found, each, chooser))
    ]


def _listed(given: Any) -> list[Any]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise Misunderstood(what="a list is expected")
    return given


def _text(found: Element, given: Any, chooser: Chooser) -> str | None:
    if not isinstance(given, str | None):
        raise Misunderstood(what="a text is expected")
    return given or None


def _day(found: Element, given: Any, chooser: Chooser) -> str | None:
    return _parsed(given, _DAY, date.fromisoformat)


def _hour(found: Element, given: Any, chooser: Chooser) -> str | None:
    return _parsed(given, _HOUR, time.fromisoformat)


def _parsed(given: Any, form: re.Pattern[str], parse: Callable[[str], object]) -> str | None:
    if given in (None, ""):
        return None
    try:
        if isinstance(given, str) and form.fullmatch(given):
            parse(given)
            return given
    except ValueError:
        pass
    raise Misunderstood(what="a date or time is expected")


def _moment(found: Element, given: Any, chooser: Chooser) -> int | None:
    """Whole seconds since 1970, ten digits as Slack asks of them."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 10**9 <= given < 10**10:
        raise Misunderstood(what="a moment is expected, in seconds since 1970")
    return given


def _rich_text(found: Element, given: Any, chooser: Chooser) -> Json | None:
    if given is None:
        return None
    if not isinstance(given, dict) or given.get("type") != "rich_text" or not isinstance(given.get("elements"), list):
        raise Misunderstood(what="rich text is expected")
    return given if words_of(given).strip() else None


_SHAPES: dict[str, Callable[[Element, Any, Chooser], Any]] = {
    "value": _text,
    "selected_option": _option,
    "selected_options": _options,
    "selected_user": _person,
    "selected_users": _several(_person),
    "selected_channel": _place,
    "selected_channels": _several(_place),
    "selected_conversation": _place,
    "selected_conversations": _several(_place),
    "selected_date": _day,
    "selected_time": _hour,
    "selected_date_time": _moment,
    "rich_text_value": _rich_text,
}


def complaint(found: Element, value: Json) -> str:
    """What the form says under a filled-in field before it asks the app; "" if all is well."""
    key, _ = FIELDS[found.kind]
    filled = value.get(key)
    if not filled:
        return ""
    if isinstance(filled, list):
        most = found.element.get("max_selected_items")
        return f"Please choose at most {most}." if most and len(filled) > most else ""
    return _complaint_about(found, filled) if key == "value" else ""


def _complaint_about(found: Element, text: str) -> str:
    least, most = found.element.get("min_length") or 0, found.element.get("max_length") or _LONGEST
    if len(text) < least:
        return f"Please write at least {least} characters."
    if len(text) > most:
        return f"Please write at most {most} characters."
    if found.kind == "email_text_input":
        return "" if _EMAIL.fullmatch(text) else "Please give an email address, such as name@example.com."
    if found.kind == "url_text_input":
        return "" if _is_web_address(text) else "Please give a web address that begins with https://."
    return _about_number(found, text) if found.kind == "number_input" else ""


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))


def _about_number(found: Element, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please give a number."
    least, most = found.element.get("min_value"), found.element.get("max_value")
    if not number.is_finite():
        return "Please give a number."
    if number != number.to_integral_value() and not found.element.get("is_decimal_allowed"):
        return "Please give a whole number."
    if least is not None and number < Decimal(str(least)):
        return f"Please give at least {least}."
    return f"Please give at most {most}." if most is not None and number > Decimal(str(most)) else ""
