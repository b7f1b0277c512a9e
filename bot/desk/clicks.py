"""What a click or a window of the desk carries, and where its answer goes."""

import json
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.desk.errors import NothingToOpen
from bot.desk.ids import PartRef, Ref
from bot.desk.models import Why
from bot.desk.windows import WHY
from bot.people.house import Person
from bot.slack.blocks import unpack

Body = dict[str, Any]
State = TypeVar("State", Ref, PartRef)


def put(body: Body, client: WebClient, view: View) -> None:
    """In the window where it was clicked, or in a new one."""
    here = body.get("view") or {}
    if here.get("type") == "modal":
        update(client, here["id"], view)
    else:
        client.views_open(trigger_id=body["trigger_id"], view=view)


def update(client: WebClient, view_id: str | None, view: View) -> None:
    """Replaces what an open window says; one that was closed stays closed."""
    if view_id is None:
        return
    try:
        client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if error.response.get("error") != "not_found":
            raise


def state(kind: type[State], carried: str) -> State:
    """What a button or window carries; NothingToOpen for what isn't ours."""
    try:
        return unpack(kind, carried)
    except (ValueError, TypeError) as error:
        raise NothingToOpen() from error


def why(view: Body) -> Why:
    """What was chosen as the reason; NothingToOpen for what isn't ours."""
    try:
        return Why(view["state"]["values"][WHY.block][WHY.action]["selected_option"]["value"])
    except (KeyError, TypeError, ValueError) as error:
        raise NothingToOpen() from error


def value(body: Body) -> str:
    """What a button carries."""
    return str(body["actions"][0].get("value") or "")


def about(body: Body) -> str:
    """The id of the transcript or opening that was meant, as far as it can be told."""
    text = value(body) if body.get("actions") else (body.get("view") or {}).get("private_metadata", "")
    try:
        carried = json.loads(text)
    except ValueError:
        return ""
    return str(carried.get("o") or carried.get("t") or "") if isinstance(carried, dict) else ""


def who(body: Body) -> dict[str, str]:
    """Workspace and Slack id of whoever clicked, for the service."""
    return {"workspace": body["team"]["id"], "slack_id": body["user"]["id"]}


def person(body: Body) -> Person:
    """The same, for Home."""
    return Person(body["team"]["id"], body["user"]["id"])
