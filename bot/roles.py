"""Who may do what: one table of action by role. What is not in the table is not allowed."""

from collections.abc import Iterable
from enum import StrEnum

from bot.errors import Trouble


class NotAllowed(Trouble):
    """That isn't something you can do here. If you think it should be, ask one of the facilitators."""


class Role(StrEnum):
    """What a member is to the community; somebody can be several things."""

    LEADER = "leader"
    INTERVIEWER = "interviewer"
    FACILITATOR = "facilitator"
    TRANSCRIBER = "transcriber"
    OPERATOR = "operator"


class Action(StrEnum):
    """Everything that somebody might want to do."""

    SEND_VOICE = "send a voice note"
    DECIDE_OWN_DRAFT = "read, edit, hide, approve or withdraw one's own draft"
    CHANGE_OWN_CONSENT = "read and change one's own permissions"
    SEE_WHAT_WAITS = "see how many drafts wait"
    APPOINT_HOST = "appoint an interviewer or facilitator"
    OPEN_RAW = "open raw audio and raw text"
    RUN_SERVICE = "install, check and upgrade"


ALLOWED: dict[Action, frozenset[Role]] = {
    Action.SEND_VOICE: frozenset({Role.LEADER}),
    Action.DECIDE_OWN_DRAFT: frozenset({Role.LEADER}),
    Action.CHANGE_OWN_CONSENT: frozenset({Role.LEADER}),
    Action.SEE_WHAT_WAITS: frozenset({Role.FACILITATOR}),
    Action.APPOINT_HOST: frozenset({Role.FACILITATOR, Role.OPERATOR}),
    Action.OPEN_RAW: frozenset({Role.TRANSCRIBER}),
    Action.RUN_SERVICE: frozenset({Role.OPERATOR}),
}


def may(roles: Iterable[Role], action: Action) -> bool:
    """Whether one of the roles allows the action."""
    return not ALLOWED.get(action, frozenset()).isdisjoint(roles)


def require(roles: Iterable[Role], action: Action) -> None:
    """NotAllowed unless one of the roles allows the action."""
    if not may(roles, action):
        raise NotAllowed()
