"""Who is a member, and whether the app still is: people change and leave, the app's token is revoked."""

from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import events
from bot.sandbox.workspace.state import User


def change(engine: Engine, user: User, **facts: Any) -> None:
    """Other facts of a member (fields of `User`), with `user_change`."""
    with engine.workspace.changing():
        for name, value in facts.items():
            setattr(user, name, value)
        engine.workspace.tell("person", person=user.id)
        events.user_changed(engine, user)


def uninstall(engine: Engine) -> None:
    """The app is taken out of the workspace: its token is dead from now on, and it is told so.

    docs.slack.dev/reference/events/app_uninstalled: both events come, in no promised order.
    """
    with engine.workspace.changing():
        if engine.refuses_token:
            raise Refused("account_inactive")
        events.tokens_revoked(engine)
        events.app_uninstalled(engine)
        engine.refuses_token = "account_inactive"
        engine.is_installed = False
        for channel in engine.workspace.channels.values():
            if engine.workspace.bot.id in channel.members and not channel.is_direct:
                channel.members.remove(engine.workspace.bot.id)
                engine.workspace.tell("channel", channel.id)


def revoke(engine: Engine) -> None:
    """The bot token alone is dead from now on (auth.revoke); the app stays in the workspace."""
    with engine.workspace.changing():
        events.tokens_revoked(engine)
        engine.refuses_token = "token_revoked"
