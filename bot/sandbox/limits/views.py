"""What Slack refuses in a modal or on Home. Figures: docs.slack.dev/reference/views/modal-views and home-tab-views."""

import json
from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import Refused
from bot.sandbox.limits.objects import plain_text
from bot.sandbox.limits.rules import FLAG, AllOf, ByType, Json, String, typed
from bot.sandbox.limits.surfaces import blocks_on
from bot.sandbox.limits.together import problems as problems_between

#: bytes: docs.slack.dev/reference/methods/views.open, `view_too_large`
LARGEST_VIEW = 250_000

_ANY = {"private_metadata": String(most=3000), "callback_id": String(most=255), "external_id": String(most=255)}
MODAL = typed(
    "modal",
    {
        **_ANY,
        "title": plain_text(24),
        "submit": plain_text(24),
        "close": plain_text(24),
        "blocks": blocks_on("modal"),
        "clear_on_close": FLAG,
        "notify_on_close": FLAG,
    },
    ("title", "blocks"),
)
HOME = typed("home", {**_ANY, "blocks": blocks_on("home")}, ("blocks",))
VIEW = AllOf((ByType({"modal": MODAL, "home": HOME}),))


def check_view(view: Any) -> None:
    """Raises Refused: `invalid_arguments` with the places, or `view_too_large`."""
    found = list(VIEW.problems(view, "/view")) or list(_problems_between(view))
    if found:
        raise Refused("invalid_arguments", found)
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        raise Refused("view_too_large")


def _problems_between(view: Json) -> Iterator[str]:
    yield from problems_between(view["blocks"], view["type"], "/view/blocks")
    fields = [number for number, block in enumerate(view["blocks"]) if block["type"] == "input"]
    if fields and view["type"] == "modal" and "submit" not in view:
        place = f"/view/blocks/{fields[0]}/input"
        yield f"[ERROR] must define `submit` to use an `input` block in modals [json-pointer:{place}]"
