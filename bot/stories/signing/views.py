"""What a leader is asked before their words are shared. Pure: facts in, Block Kit out."""

from collections.abc import Iterable
from typing import Any

from slack_sdk.models.blocks import Block, CheckboxesElement, ConfirmObject, InputBlock, Option, PlainTextObject
from slack_sdk.models.views import View

from bot.people import wording
from bot.people.models import Scope
from bot.slack.blocks import Field, confirm, context, pack, section
from bot.stories.ids import Callback, Ref
from bot.stories.signing.permissions import BEHIND_SHARING, Asked
from bot.words import Safe, plain, say

PERMITTED = Field("permitted")
#: the most characters that Slack takes in the text of a confirmation
CONFIRM_LIMIT = 300


def signing_modal(ref: Ref, asked: Asked) -> View:
    """Where the words go and how others will see them, then the permissions one by one, as they stand."""
    words = wording.wording(asked.version)
    options = [
        Option(
            value=scope.value,
            text=PlainTextObject(text=words.scopes[scope].label),
            description=PlainTextObject(text=words.scopes[scope].sentence),
        )
        for scope in BEHIND_SHARING
    ]
    standing = [option for option in options if option.value in asked.given]
    ticks = CheckboxesElement(action_id=PERMITTED.action, options=options, initial_options=standing or None)
    label = plain("stories.sign_label")
    return View(
        type="modal",
        title=plain("stories.sign_title"),
        callback_id=Callback.CONSENT.value,
        private_metadata=pack(ref),
        submit=plain("stories.approve_yes"),
        close=plain("stories.approve_no"),
        blocks=[
            *_preview(asked),
            InputBlock(block_id=PERMITTED.block, label=label, optional=True, element=ticks),
            context(say("stories.sign_rest")),
        ],
    )


def nothing_shared_modal() -> View:
    """Without permission to share nothing goes anywhere, and that is all right."""
    return _told("sign_title", say("stories.nothing_shared"))


def waiting_modal() -> View:
    """While what was decided line by line is put in place: the question follows in the same window."""
    return _told("sign_title", say("stories.sign_waits"))


def kept_as_was_modal() -> View:
    """What was decided could not be put in place."""
    return _told("sign_title", say("stories.kept_as_was"))


def short_confirmation(asked: Asked) -> ConfirmObject | None:
    """Asked once, where nothing changed since the leader last decided on their permissions; None if it won't fit."""
    labels = wording.wording(asked.version).scopes
    permitted = _listed(f"“{labels[scope].label}”" for scope in asked.given)
    beside = plain("stories.beside", tag_line=asked.beside) if asked.beside else ""
    text = plain("stories.approve_text", channel=f"#{asked.channel}", beside=beside, permitted=permitted)
    if len(text) > CONFIRM_LIMIT:
        return None
    return confirm(plain("stories.approve_title"), text, plain("stories.approve_yes"), plain("stories.approve_no"))


def ticked(view: dict[str, Any]) -> frozenset[Scope]:
    """The permissions that were left ticked."""
    return frozenset(Scope(value) for value in PERMITTED.ticked(view)) & frozenset(BEHIND_SHARING)


def _preview(asked: Asked) -> list[Block]:
    return [section(say("stories.sign_where", channel=Safe(f"#{asked.channel}"))), section(_facts_beside(asked))]


def _facts_beside(asked: Asked) -> Safe:
    if asked.beside:
        return say("stories.sign_beside", tag_line=asked.beside)
    if asked.tag_line:
        label = wording.wording(asked.version).scopes[Scope.TAG_LINE].label
        return say("stories.sign_could_be_beside", permission=label, tag_line=asked.tag_line)
    return say("stories.sign_no_tag_line")


def _told(title: str, sentence: str) -> View:
    return View(
        type="modal",
        title=plain(f"stories.{title}"),
        callback_id=Callback.NOTHING.value,
        close=plain("stories.close"),
        blocks=[section(sentence)],
    )


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)
