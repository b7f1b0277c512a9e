"""What a leader's click brings along: whose it is, what it is about, and whether they may."""

from typing import Any

from sqlmodel import Session

from bot.people import service as people
from bot.people.models import Member
from bot.roles import Action, require
from bot.settings import Settings
from bot.slack.blocks import unpack
from bot.stories import service
from bot.stories.ids import LineRef, Ref
from bot.stories.models import Transcript
from bot.stories.review import sitting

Body = dict[str, Any]


def ref_of(body: Body) -> Ref:
    """What the button that was clicked is about."""
    return unpack(Ref, body["actions"][0]["value"])


def line_of(body: Body) -> LineRef:
    """The line that the button in the window for looking through is about."""
    return unpack(LineRef, body["actions"][0]["value"])


def whose(body: Body) -> dict[str, str]:
    """Who clicked, and where."""
    return {"workspace": body["team"]["id"], "slack_id": body["user"]["id"]}


def open_version(session: Session, body: Body, ref: Ref, settings: Settings) -> tuple[Transcript, Member]:
    """The draft in the version that was on the screen, for its own leader; the errors of `service.open_version`."""
    require(people.roles_of(session, **whose(body), settings=settings), Action.DECIDE_OWN_DRAFT)
    return service.open_version(session, **whose(body), transcript_id=ref.t, version=ref.v)


def open_draft(session: Session, body: Body, transcript_id: str, settings: Settings) -> tuple[Transcript, Member]:
    """The draft in whatever version, for its own leader; the errors of `sitting.open_draft`."""
    require(people.roles_of(session, **whose(body), settings=settings), Action.DECIDE_OWN_DRAFT)
    return sitting.open_draft(session, **whose(body), transcript_id=transcript_id)
