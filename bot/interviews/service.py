"""What becomes of a voice note: taken, fetched, heard, drafted, or let go. Decides and records; never commits."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from bot.errors import Trouble
from bot.interviews.models import OVER, Answer, Recording, Stage
from bot.people import service as people
from bot.people.models import Member, Scope
from bot.roles import Action, require
from bot.settings import Settings
from bot.store import audit
from bot.store.blobs import Blob, BlobStore


class NotYourFile(Trouble):
    """That file belongs to somebody else, so I left it alone. I only listen to what you recorded yourself."""


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
    """The raw text is here, encrypted."""
    recording.raw = json.dumps(transcription)
    recording.seconds = transcription["seconds"]
    recording.stage = Stage.HEARD
    session.add(recording)


def let_go(session: Session, recording: Recording, *, stage: Stage, blobs: BlobStore) -> None:
    """Deletes sound and raw text; the row stays to say that there was a recording."""
    forget_raw(session, recording, blobs=blobs)
    recording.stage = stage
    session.add(recording)
    audit.note(
        session, workspace=recording.workspace, actor="bot", action=f"recording {stage.value}", subject=recording.id
    )


def forget_raw(session: Session, recording: Recording, *, blobs: BlobStore) -> None:
    """Deletes the sound with its key, and the raw text. May be called twice."""
    blob = session.get(Blob, recording.blob_id) if recording.blob_id else None
    if blob is not None:
        blobs.delete(session, blob)
        audit.note(session, workspace=recording.workspace, actor="bot", action="audio deleted", subject=recording.id)
    recording.blob_id = recording.raw = recording.fingerprint = None
    session.add(recording)


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
