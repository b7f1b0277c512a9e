"""What a leader sees while the bot listens: one message, edited in place."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from slack_sdk.models.blocks import Block, ButtonElement

from bot.interviews.models import Answer, Whose
from bot.interviews.turns import LeftOut
from bot.people.ids import Act as PeopleAct
from bot.slack.blocks import actions, button, confirm, context, pack, section
from bot.slack.models import Message
from bot.stories.views import day
from bot.words import Safe, plain, say

BAR = 10
#: share of the bar at which listening starts and hiding starts
LISTENING_FROM, HIDING_FROM = 0.1, 0.85
#: seconds of work for a second of sound: only for "about a minute"
WORK_PER_SECOND = 0.6


class Act(StrEnum):
    """Ids of the buttons."""

    STOP = "interviews.stop"
    TRY_AGAIN = "interviews.try_again"
    VOICE_FIRST = "interviews.voice_first"
    VOICE_SECOND = "interviews.voice_second"
    VOICE_BOTH = "interviews.voice_both"
    PLAY_MORE = "interviews.play_more"
    WRONG_VOICE = "interviews.wrong_voice"


#: which answer each button gives
ANSWERS = {Act.VOICE_FIRST: Whose.FIRST, Act.VOICE_SECOND: Whose.SECOND, Act.VOICE_BOTH: Whose.BOTH}


@dataclass(frozen=True)
class Ref:
    """Which recording a button is about."""

    r: str


@dataclass(frozen=True)
class Turn:
    """Which recording a button is about, and which stretches it plays."""

    r: str
    n: int


def at_once(answer: Answer) -> Message | None:
    """What is said about a clip before anything is fetched; None where work begins, as that shows itself."""
    if answer is Answer.TAKEN:
        return None
    text = say(f"interviews.{answer.value}")
    join = button(plain("people.join_button"), PeopleAct.JOIN, style="primary")
    return Message(text, (section(text), *((actions(join),) if answer is Answer.NOT_JOINED else ())))


def received(recording_id: str, *, waiting: bool) -> Message:
    """The clip is taken."""
    return _with_stop(say("interviews.received_waiting" if waiting else "interviews.received"), recording_id)


def listening(recording_id: str, part: float, seconds: float | None) -> Message:
    """Speech becomes text; `part` 0 to 1 of it."""
    bar = progress_bar(LISTENING_FROM + part * (HIDING_FROM - LISTENING_FROM))
    return _with_stop(say("interviews.listening", bar=bar, about=_about(part, seconds)), recording_id)


def hiding(recording_id: str) -> Message:
    """Names and places are taken out."""
    return _with_stop(say("interviews.hiding", bar=progress_bar(HIDING_FROM)), recording_id)


def which_voice(recording_id: str, *, goes_at: datetime, turn: int = 1, played: bool = True) -> Message:
    """Two voices: which one is the leader's? `turn` is what is played next if they can't tell."""
    ref = pack(Ref(recording_id))
    choose = [
        button(plain("interviews.the_first"), Act.VOICE_FIRST, ref),
        button(plain("interviews.the_second"), Act.VOICE_SECOND, ref),
        button(plain("interviews.both_me"), Act.VOICE_BOTH, ref),
        button(plain("interviews.play_more"), Act.PLAY_MORE, pack(Turn(recording_id, turn))),
    ]
    text = say("interviews.which_voice" if played else "interviews.which_voice_unplayed")
    until = say("interviews.which_voice_until", date=day(goes_at))
    return Message(text, (section(text), actions(*choose, _stop(recording_id)), context(until)))


def voice_line(voice: int) -> str:
    """What stands beside a stretch of a voice (0 or 1)."""
    return say("interviews.voice_first" if voice == 0 else "interviews.voice_second")


def voices_reminder(*, last: bool, goes_at: datetime) -> Message:
    """The question still waits."""
    name = "interviews.voices_last_reminder" if last else "interviews.voices_reminder"
    return _only(say(name, date=day(goes_at)))


def ready(recording_id: str, whose: Whose | None) -> Message:
    """The draft follows as a message of its own, which rings (an edit does not). Who chose a voice may choose again."""
    text = say("interviews.ready")
    if whose is None:
        return _only(text)
    sure = confirm(
        plain("interviews.wrong_title"),
        plain("interviews.wrong_text"),
        plain("interviews.wrong_yes"),
        plain("interviews.wrong_no"),
    )
    label = plain("interviews.not_both" if whose is Whose.BOTH else "interviews.wrong_voice")
    wrong = button(label, Act.WRONG_VOICE, pack(Ref(recording_id)), confirm=sure)
    return Message(text, (section(text), actions(wrong)))


def notes(out: LeftOut, *, unknown: bool) -> list[Safe]:
    """What the draft's first page says about voices: that another may be in it (`unknown`), or what was left out."""
    if unknown:
        return [say("interviews.voices_unknown")]
    lines = [say("interviews.left_out", minutes=round(out.seconds / 60), seconds=ceil(out.seconds))]
    return lines * bool(out.seconds) + [say("interviews.left_out_parts", parts=out.parts)] * bool(out.parts)


def refused(sentence: str) -> Message:
    """Why the file can't be used, and that nothing was kept."""
    return _only(say("interviews.refused", sentence=sentence))


def consent_gone() -> Message:
    """Permission was taken back while the bot was at work."""
    return _only(say("interviews.consent_gone"))


def expired(*, asked: bool) -> Message:
    """A recording that failed and was not tried again until its day came, or whose voice it is was never said."""
    return _only(say("interviews.voices_expired" if asked else "interviews.expired"))


def withdrawn() -> Message:
    """Stopped, or taken back."""
    return _only(say("interviews.withdrawn"))


def fetch_later(recording_id: str) -> Message:
    """Slack would not give the file; it is tried again by itself."""
    return _with_stop(say("interviews.fetch_later"), recording_id)


def broke(name: str, recording_id: str) -> Message:
    """Something failed on our side; `name` says at what, and the leader may have it tried again."""
    text = say(f"interviews.{name}")
    again = button(plain("interviews.try_again"), Act.TRY_AGAIN, pack(Ref(recording_id)))
    return Message(text, (section(text), actions(again, _stop(recording_id))))


def clip_gone() -> Message:
    """The leader deleted the clip in Slack."""
    return _only(say("interviews.clip_gone"))


def progress_bar(part: float) -> str:
    """Ten places, filled from the left; `part` 0 to 1."""
    full = max(0, min(BAR, round(part * BAR)))
    return "▓" * full + "░" * (BAR - full)


def _about(part: float, seconds: float | None) -> str:
    left = (seconds or 60) * WORK_PER_SECOND * (1 - part)
    if left < 20:
        return plain("interviews.about_soon")
    return plain("interviews.about_minutes", minutes=ceil(left / 60))


def _with_stop(text: str, recording_id: str) -> Message:
    blocks: tuple[Block, ...] = (section(text), actions(_stop(recording_id)))
    return Message(text, blocks)


def _stop(recording_id: str) -> ButtonElement:
    sure = confirm(
        plain("interviews.stop_title"),
        plain("interviews.stop_text"),
        plain("interviews.stop_yes"),
        plain("interviews.stop_no"),
    )
    return button(plain("interviews.stop"), Act.STOP, pack(Ref(recording_id)), confirm=sure)


def _only(text: str) -> Message:
    return Message(text, (section(text),))
