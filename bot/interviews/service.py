"""What becomes of a voice note: taken, fetched, heard, drafted, or let go. Decides and records; never commits."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from bot.errors import Trouble
from bot.interviews.models import OVER, Answer, Played, Recording, Stage, Whose
from bot.interviews.turns import has_both
from bot.people import service as people
from bot.people.models import Member, Scope
from bot.roles import Action, require
from bot.schedule import service as schedule
from bot.schedule.models import Kind
from bot.settings import Settings
from bot.store import audit
from bot.store.blobs import Blob, BlobStore
from bot.stories import service as stories
from bot.stories.models import State
from bot.voice.models import Transcription

#: the question whose voice it is counts as the draft's: the same two reminders, at the same distance
REMINDERS = (Kind.VOICES_REMINDER, Kind.VOICES_LAST_REMINDER)


class NotYourFile(Trouble):
    """That file belongs to somebody else, so I left it alone. I only listen to what you recorded yourself."""


class NoLongerWanted(Trouble):
    """You stopped this one, so I've kept nothing of it."""


class TooLate(Trouble):
    """You've decided on those words already, or they are gone, so I can't change whose they are any more."""


class SameWords(Trouble):
    """That is the same recording as one you sent before, so I've kept just the first."""


@dataclass(frozen=True)
class Taken:
    """The answer, and the recording if there is one to work on."""

    answer: Answer
    recording: Recording | None = None


def take(
    session: Session,
    *,
    workspace: str,
    slack_id: str,
    file_id: str,
    channel: str,
    settings: Settings,
    now: datetime,
) -> Taken:
    """Decides about a clip that a person sent. Nothing is fetched here, and without permission nothing ever is."""
    member = people.find(session, workspace=workspace, slack_id=slack_id)
    if member is None:
        return Taken(Answer.NOT_JOINED)
    require(people.roles_of(session, workspace=workspace, slack_id=slack_id, settings=settings), Action.SEND_VOICE)
    if not may_listen(session, workspace=workspace, member_id=member.id):
        return Taken(Answer.NO_CONSENT)
    before = _of_file(session, workspace, file_id)
    if any(recording.member_id == member.id and recording.stage not in OVER for recording in before):
        return Taken(Answer.AGAIN)  # somebody else's try at the same file says nothing about this one
    recording = Recording(
        workspace=workspace, member_id=member.id, file_id=file_id, channel=channel, turn=len(before), made_at=now
    )
    session.add(recording)
    audit.note(session, workspace=workspace, actor=member.id, action="voice note taken", subject=recording.id)
    return Taken(Answer.TAKEN, recording)


def may_listen(session: Session, *, workspace: str, member_id: str) -> bool:
    """Whether the member permits recording and turning into text, at this moment."""
    who = {"workspace": workspace, "member_id": member_id}
    return all(people.has_consent(session, **who, scope=scope) for scope in (Scope.RECORD, Scope.TRANSCRIBE))


def fetched(session: Session, recording: Recording, *, blob: Blob, fingerprint: str, clip_link: str) -> None:
    """The sound is here, encrypted. SameWords if the member already has a recording with the same sound."""
    same = select(Recording).where(
        Recording.workspace == recording.workspace,
        Recording.member_id == recording.member_id,
        Recording.fingerprint == fingerprint,
        Recording.id != recording.id,
        col(Recording.stage).not_in(list(OVER)),
    )
    if session.exec(same).first() is not None:
        raise SameWords()
    recording.blob_id, recording.fingerprint, recording.clip_link = blob.id, fingerprint, clip_link
    recording.stage = Stage.FETCHED
    session.add(recording)


def heard(session: Session, recording: Recording, *, transcription: dict[str, Any]) -> None:
    """The raw text is here, encrypted. Where there are two voices, its leader is asked before it goes on."""
    recording.raw = json.dumps(transcription)
    recording.seconds = transcription["seconds"]
    recording.stage = Stage.VOICES if has_both(Transcription.from_json(transcription)) else Stage.HEARD
    session.add(recording)


def asked(session: Session, recording: Recording, leader: Member, *, settings: Settings, now: datetime) -> datetime:
    """Notes that the leader was asked whose voice is theirs, with the two reminders that a draft would have.

    Gives the day on which the recording goes if they never say.
    """
    if recording.asked_at is None:
        recording.asked_at = now
        for kind, moment in zip(REMINDERS, stories.reminder_moments(now, leader, settings), strict=True):
            schedule.plan(session, workspace=recording.workspace, kind=kind, subject=recording.id, due_at=moment)
    over, kind = goes_at(recording, settings), Kind.FAILED_DELETION
    schedule.plan(session, workspace=recording.workspace, kind=kind, subject=recording.id, due_at=over)
    return over


def goes_at(recording: Recording, settings: Settings) -> datetime:
    """The day on which a recording that never becomes a draft goes."""
    return recording.made_at + timedelta(days=settings.keep_unsigned_days)


def choose(session: Session, recording: Recording, whose: Whose) -> bool:
    """The leader's answer; False if it was given before, or isn't asked for any more."""
    if recording.stage is not Stage.VOICES:
        return False
    _answer(session, recording, whose, Stage.HEARD)
    schedule.cancel(session, workspace=recording.workspace, subject=recording.id, kinds=REMINDERS)
    return True


def wrong_voice(session: Session, recording: Recording, *, settings: Settings, now: datetime) -> str:
    """Takes the answer back with the draft that was made of it; gives the draft's id, as its message is to go too.

    Of two voices it is then the other one; who said both is asked again. TooLate once the words were decided on, or the
    recording's own day has come (nothing would see to it that it goes).
    """
    transcript = stories.of_recording(session, workspace=recording.workspace, recording_id=recording.id)
    undecided = transcript is not None and transcript.state is State.DRAFT
    if recording.stage is not Stage.DRAFTED or recording.raw is None or recording.whose is None or not undecided:
        raise TooLate()
    if goes_at(recording, settings) <= now:
        raise TooLate()
    assert transcript is not None
    stories.forget_draft(session, transcript)
    other = {Whose.FIRST: Whose.SECOND, Whose.SECOND: Whose.FIRST}.get(recording.whose)
    _answer(session, recording, other, Stage.HEARD if other else Stage.VOICES)
    return transcript.id


def _answer(session: Session, recording: Recording, whose: Whose | None, stage: Stage) -> None:
    recording.whose, recording.stage = whose, stage
    recording.answers += 1
    session.add(recording)
    audit.note(
        session, workspace=recording.workspace, actor=recording.member_id, action="voice chosen", subject=recording.id
    )


def let_go(session: Session, recording: Recording, *, stage: Stage, blobs: BlobStore, now: datetime) -> None:
    """Deletes sound and raw text; the row stays to say that there was a recording."""
    forget_raw(session, recording, blobs=blobs, now=now)
    recording.stage = stage
    session.add(recording)
    audit.note(
        session, workspace=recording.workspace, actor="bot", action=f"recording {stage.value}", subject=recording.id
    )


def forget_raw(session: Session, recording: Recording, *, blobs: BlobStore, now: datetime) -> None:
    """Deletes the sound with its key, and the raw text; stretches in a chat are due to go. May be called twice."""
    blob = session.get(Blob, recording.blob_id) if recording.blob_id else None
    if blob is not None:
        blobs.delete(session, blob)
        audit.note(session, workspace=recording.workspace, actor="bot", action="audio deleted", subject=recording.id)
    recording.blob_id = recording.raw = recording.fingerprint = None
    session.add(recording)
    hush(session, recording, now=now)


def hush(session: Session, recording: Recording, *, now: datetime) -> None:
    """Has the stretches of a recording that are in somebody's chat looked at, and deleted if they may not stay."""
    if session.exec(select(Played).where(Played.recording_id == recording.id)).first() is not None:
        kind = Kind.SNIPPET_DELETION
        schedule.plan(session, workspace=recording.workspace, kind=kind, subject=recording.id, due_at=now)


def open_own(session: Session, *, workspace: str, slack_id: str, recording_id: str) -> tuple[Recording, Member] | None:
    """A leader's own recording; None for anybody else's."""
    member = people.find(session, workspace=workspace, slack_id=slack_id)
    recording = session.get(Recording, recording_id)
    if member is None or recording is None or (recording.workspace, recording.member_id) != (workspace, member.id):
        return None
    return recording, member


def kept_of(session: Session, *, workspace: str, member_id: str) -> list[Recording]:
    """A member's recordings that are here, at whatever stage."""
    wanted = select(Recording).where(Recording.workspace == workspace, Recording.member_id == member_id)
    return list(session.exec(wanted.where(col(Recording.stage).not_in(list(OVER)))))


def try_again(session: Session, recording: Recording) -> bool:
    """Makes a recording that failed ready for another try; False if it did not fail, or is at work again."""
    if not recording.failed or recording.stage in OVER:
        return False
    recording.failed = False
    session.add(recording)
    return True


def ahead_of(session: Session, recording: Recording) -> int:
    """How many recordings are worked on, or wait, before this one (in every workspace: they share the engines)."""
    at_work = (Stage.RECEIVED, Stage.FETCHED, Stage.HEARD)
    wanted = select(func.count()).select_from(Recording)
    conditions = (col(Recording.stage).in_(at_work), col(Recording.failed).is_(False), Recording.id != recording.id)
    return session.exec(wanted.where(*conditions, Recording.made_at <= recording.made_at)).one()


def clip_gone(session: Session, *, workspace: str, file_id: str) -> list[Recording]:
    """The recordings whose clip in Slack is known to be gone only now."""
    return [recording for recording in _of_file(session, workspace, file_id) if recording.clip_gone_at is None]


def _of_file(session: Session, workspace: str, file_id: str) -> list[Recording]:
    wanted = select(Recording).where(Recording.workspace == workspace, Recording.file_id == file_id)
    return list(session.exec(wanted))
