"""What the page is told when something can't be done: Slack's own name for it, and a sentence for the person."""

from typing import Any

from bot.errors import Trouble
from bot.sandbox.errors import NobodyConnected, NotAnswered, Refused, SwitchedOff, Uninstalled

Json = dict[str, Any]


class Misunderstood(Trouble):
    """That can't be done here: {what}."""


_NAMES: tuple[tuple[type[Trouble], str], ...] = (
    (NobodyConnected, "nobody_connected"),
    (NotAnswered, "not_answered"),
    (SwitchedOff, "switched_off"),
    (Uninstalled, "app_uninstalled"),
    (Misunderstood, "invalid_arguments"),
)

_WORDS = {
    "nobody_connected": "The app isn't connected just now, so nobody could answer. Please try again in a moment.",
    "not_answered": "The app didn't answer in time. It may still be busy; please try again in a moment.",
    "switched_off": "The app has this switched off.",
    "app_uninstalled": "The app was taken out of this workspace.",
    "shortcut_not_found": "The app has no such shortcut here.",
    "user_is_restricted": "Guests can't do this. A member of the workspace would have to do it for you.",
    "method_not_supported_for_channel_type": "That doesn't work in a direct message.",
    "invalid_name_maxlength": "That name is too long: a channel's name has at most 80 letters.",
    "invalid_name_specials": "A channel's name has small letters, digits, - and _ only.",
    "not_authed": "Please choose who you are first.",
    "channel_not_found": "That conversation isn't there, or isn't open to you.",
    "not_in_channel": "You haven't joined this channel yet.",
    "is_archived": "This channel is archived: it can be read, and nothing more can be said in it.",
    "user_not_found": "That person isn't here, or isn't known to you.",
    "message_not_found": "That message is no longer there.",
    "thread_not_found": "That thread is no longer there.",
    "cant_update_message": "Only your own messages can be changed.",
    "cant_delete_message": "Only your own messages can be deleted.",
    "cant_delete_file": "Only your own files can be deleted.",
    "file_not_found": "That file isn't there any more, or isn't open to you.",
    "no_text": "There is nothing to send yet.",
    "msg_too_long": "That's too long for one message. Please send it in parts.",
    "invalid_name": "There is no such emoji.",
    "already_in_channel": "They are in this channel already.",
    "cant_invite_self": "You are in this channel already.",
    "ura_max_channels": "This guest may be in one channel only, and is in another.",
    "unknown_command": "That isn't a command of any app here.",
    "no_commands_in_threads": "Commands don't work inside a thread. Please use it in the conversation itself.",
    "view_not_found": "That window has been closed meanwhile.",
    "not_found": "That isn't open any more.",
    "element_not_found": "That button or field has changed meanwhile. Please look again.",
    "not_an_option": "That choice isn't offered any more. Please choose again.",
    "too_large": "That file is over 200 MB, which is more than this workspace takes.",
    "empty_file": "That file is empty, so there was nothing to send.",
    "not_a_recording": "There is no sound in that recording. Please check the microphone and try again.",
    "sample_not_found": "That sample recording isn't here.",
    "clock_stands": "This workspace runs on the machine's own clock, which can't be moved.",
    "name_taken": "There is a channel of that name already.",
}  # fmt: skip

_STATUS = {"not_authed": 403, "not_in_channel": 403, "too_large": 413,
           "channel_not_found": 404, "message_not_found": 404, "thread_not_found": 404,
           "file_not_found": 404}  # fmt: skip


def refusal(trouble: Trouble) -> Json:
    """`{"ok": false, "error": a name for the page, "words": a sentence for the person}`."""
    name = trouble.error if isinstance(trouble, Refused) else _name_of(trouble)
    words = _WORDS.get(name) or (f"Slack would refuse this ({name})." if isinstance(trouble, Refused) else str(trouble))
    return {"ok": False, "error": name, "words": words}


def status_of(trouble: Trouble) -> int:
    """The HTTP status for a page that only looks: 403 for what is not theirs, 404 for what is not there, else 400."""
    return _STATUS.get(refusal(trouble)["error"], 400)


def _name_of(trouble: Trouble) -> str:
    return next((name for kind, name in _NAMES if isinstance(trouble, kind)), "failed")
