"""Somebody new comes into the workspace."""

import re

from bot.sandbox.engine import Engine
from bot.sandbox.happenings.events import team_joined
from bot.sandbox.workspace.state import User


def arrive(engine: Engine, user: User) -> None:
    """A member from now on, with a direct message with the app and no channel yet; the app hears of it.

    Whoever belongs to another workspace (`team_id`) is met in a shared channel first, and the app hears nothing."""
    workspace = engine.workspace
    with workspace.changing():
        workspace.users[user.id] = user
        if not user.team_id:
            workspace.direct([user.id, workspace.bot.id])
        workspace.tell("person", person=user.id)
        team_joined(engine, user)


def handle_of(name: str) -> str:
    """The short name under which Slack knows somebody, of letters, digits, `.`, `_` and `-`: `Amina Okafor` is
    `amina.okafor`. Where nothing of the name can stay it is `member`."""
    kept = re.sub(r"[^\w.-]", "", ".".join(name.lower().split()))
    return re.sub(r"\.{2,}", ".", kept).strip(".") or "member"
