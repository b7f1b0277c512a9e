"""Opening, correcting and closing raw words: decides and records. Whoever calls commits; nothing here speaks to Slack.

Every use asks everything again: is this still the one named person, is the opening theirs and its time not over, is the
draft undecided, are the raw words here, and does their leader still permit recording and transcribing?
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from bot.desk import raw as raws
from bot.desk.errors import NothingLeft, NothingToOpen, PartMoved, SaidNothing, TimeOver
from bot.desk.models import EarAsked, Opening, Waiting, Why
from bot.interviews import service as interviews
from bot.interviews.models import Recording, Stage
from bot.people import service as people
from bot.roles import Action, may, require
from bot.schedule import service as schedule
from bot.schedule.models import Kind
from bot.settings import Settings
from bot.store import audit
from bot.stories.errors import NotYours
from bot.stories.models import State, Transcript
from bot.stories.wordage import tidied


@dataclass(frozen=True)
class Work:
    """Raw words that are open: every part of it was asked for just now."""

    opening: Opening
    transcript: Transcript
    recording: Recording

    @property
    def parts(self) -> list[raws.Part]:
        """What was heard, part by part."""
        return raws.parts(raws.read(self.recording.raw or ""), self.recording.whose)


def waiting(session: Session, *, workspace: str, now: datetime, by: str) -> list[Waiting]:
    """The drafts that `by` may open now: those whose leader asked first, then the longest unclear."""
    found = select(Transcript, Recording).join(Recording, col(Recording.id) == Transcript.recording_id)
    rows = session.exec(found.where(Transcript.workspace == workspace, Transcript.state == State.DRAFT))
    waiting = [_waiting(session, *row, by, now) for row in rows if may_open(session, *row)]
    return sorted(waiting, key=lambda each: (not each.asked, -each.unclear_seconds, each.made_at))


def openable(session: Session, *, workspace: str, transcript_id: str) -> tuple[Transcript, Recording]:
    """An undecided draft with its raw words; NothingToOpen if it is decided, withdrawn, gone, or not permitted."""
    transcript = session.get(Transcript, transcript_id)
    recording = session.get(Recording, transcript.recording_id) if transcript else None
    if transcript is None or recording is None or transcript.workspace != workspace:
        raise NothingToOpen()
    if not may_open(session, transcript, recording):
        raise NothingToOpen()
    return transcript, recording


def may_open(session: Session, transcript: Transcript, recording: Recording) -> bool:
    """Whether raw words may be opened now: undecided, all there, and permitted by their leader at this moment."""
    if transcript.state is not State.DRAFT or recording.stage is not Stage.DRAFTED or not recording.raw:
        return False
    return interviews.may_listen(session, workspace=recording.workspace, member_id=recording.member_id)


def open_raw(
    session: Session,
    *,
    workspace: str,
    slack_id: str,
    transcript_id: str,
    why: Why,
    words: str,
    settings: Settings,
    now: datetime,
) -> Work:
    """Opens raw words for `settings.desk_minutes`, for a reason. While they are open already, it is that opening.

    NotAllowed for everybody but the transcriber; NothingToOpen; SaidNothing where words are wanted and there are none.
    """
    require(people.roles_of(session, workspace=workspace, slack_id=slack_id, settings=settings), Action.OPEN_RAW)
    transcript, recording = openable(session, workspace=workspace, transcript_id=transcript_id)
    standing = standing_opening(session, transcript_id=transcript_id, by=slack_id, now=now)
    if standing is not None:
        return Work(standing, transcript, recording)
    if why is Why.OTHER and not words.strip():
        raise SaidNothing()
    if why is Why.ASKED and not was_asked(session, transcript_id=transcript.id):
        why = Why.UNCLEAR  # its leader will read why, so it must be true
    until = now + timedelta(minutes=settings.desk_minutes)
    opening = Opening(
        workspace=workspace, transcript_id=transcript.id, recording_id=recording.id, by=slack_id, turn=0, why=why,
        words=tidied(words), made_at=now, opened_at=now, until=until,
    )  # fmt: skip
    claimed = _claim(session, opening)
    if claimed is not opening:
        return Work(claimed, transcript, recording)
    kind = Kind.DESK_CLOSES
    schedule.plan(session, workspace=workspace, kind=kind, subject=opening.id, due_at=opening.until)
    _note(session, opening, "raw opened", why.value)
    return Work(opening, transcript, recording)


def at_work(
    session: Session, *, workspace: str, slack_id: str, opening_id: str, settings: Settings, now: datetime
) -> Work:
    """What an opening opens, now. NotAllowed, NothingToOpen, or TimeOver (with the transcript's id as `transcript`)."""
    require(people.roles_of(session, workspace=workspace, slack_id=slack_id, settings=settings), Action.OPEN_RAW)
    opening = session.get(Opening, opening_id)
    if opening is None or (opening.workspace, opening.by) != (workspace, slack_id):
        raise NothingToOpen()
    transcript, recording = openable(session, workspace=workspace, transcript_id=opening.transcript_id)
    if not opening.is_open(now):
        raise TimeOver(transcript=transcript.id)
    return Work(opening, transcript, recording)


def standing_opening(session: Session, *, transcript_id: str, by: str, now: datetime) -> Opening | None:
    """Somebody's opening of a transcript, as long as it is open."""
    theirs = select(Opening).where(Opening.transcript_id == transcript_id, Opening.by == by)
    latest = session.exec(theirs.order_by(col(Opening.turn).desc())).first()
    return latest if latest is not None and latest.is_open(now) else None


def part_of(work: Work, *, start: float, end: float) -> raws.Part:
    """The part from `start` to `end` (seconds); PartMoved if there is none such any more."""
    for part in work.parts:
        if (part.start, part.end) == (start, end):
            return part
    raise PartMoved()


def note_play(session: Session, work: Work) -> None:
    """A part is about to be heard."""
    _note(session, work.opening, "raw played")


def save(session: Session, work: Work, *, start: float, end: float, typed: str) -> bool:
    """Corrects the part from `start` to `end` (seconds; empty strikes it out); False if nothing is different.

    The raw words are new at once, the draft once they are masked. NothingLeft, PartMoved.
    """
    recording = work.recording
    session.refresh(recording, with_for_update=True)  # another part may be saved at this moment
    before = raws.read(recording.raw or "")
    part_of(work, start=start, end=end)
    after = raws.corrected(before, recording.whose, start=start, end=end, typed=typed)
    if after["segments"] == before["segments"]:
        return False
    if not any(each.words for each in raws.heard(after["segments"], recording.whose)):
        raise NothingLeft()
    recording.raw = json.dumps(after)
    session.add(recording)
    _note(session, work.opening, "raw corrected")
    return True


def close(session: Session, opening: Opening, *, now: datetime, how: str) -> bool:
    """Ends an opening (`how`: done, or time over), and with it what was played; False if it was ended before."""
    if opening.closed_at is not None:
        return False
    opening.closed_at = now
    session.add(opening)
    interviews.hush(session, session.get_one(Recording, opening.recording_id), now=now)
    _note(session, opening, "raw closed", how)
    return True


def refused(session: Session, *, workspace: str, slack_id: str, about: str = "") -> None:
    """Somebody who may not tried to open raw words; `about` is the id of a transcript or an opening, or anything."""
    known = session.get(Transcript, about) or session.get(Opening, about)
    subject = known.id if known is not None and known.workspace == workspace else ""
    actor = _actor(session, workspace, slack_id)
    audit.note(session, workspace=workspace, actor=actor, action="raw refused", subject=subject)


def ask_for_ear(session: Session, transcript: Transcript, *, now: datetime) -> None:
    """A leader would like somebody to listen to what was unclear: their draft comes first at the desk."""
    asked = _asked(session, transcript.id)
    if asked is None:
        asked = EarAsked(workspace=transcript.workspace, transcript_id=transcript.id, asked_at=now)
    asked.asked_at = now
    session.add(asked)
    audit.note(
        session, workspace=transcript.workspace, actor=transcript.member_id, action="ear asked", subject=transcript.id
    )


def was_asked(session: Session, *, transcript_id: str) -> bool:
    """Whether its leader ever asked for the transcriber's ear."""
    return _asked(session, transcript_id) is not None


def may_hear(session: Session, recording: Recording, slack_id: str, *, settings: Settings, now: datetime) -> bool:
    """Whether somebody may have stretches of a recording played because its raw words are open to them."""
    roles = people.roles_of(session, workspace=recording.workspace, slack_id=slack_id, settings=settings)
    if not may(roles, Action.OPEN_RAW):
        return False
    theirs = select(Opening).where(Opening.recording_id == recording.id, Opening.by == slack_id)
    return any(opening.is_open(now) for opening in session.exec(theirs))


def openings_of(session: Session, *, recording_id: str) -> list[Opening]:
    """Every time that the words of a recording were opened, oldest first."""
    wanted = select(Opening).where(Opening.recording_id == recording_id)
    return list(session.exec(wanted.order_by(col(Opening.opened_at))))


def openings_for(session: Session, *, workspace: str, member_id: str) -> list[Opening]:
    """Every time that somebody opened a leader's words, newest first; of what was taken back nothing is left to say."""
    wanted = select(Opening).join(Transcript, col(Transcript.recording_id) == Opening.recording_id)
    theirs = wanted.where(Transcript.workspace == workspace, Transcript.member_id == member_id)
    kept = theirs.where(Transcript.state != State.WITHDRAWN).order_by(col(Opening.opened_at).desc())
    return list(session.exec(kept))


def own_openings(session: Session, *, workspace: str, slack_id: str) -> list[Opening]:
    """The same for whoever asks; NotYours for somebody who never joined."""
    member = people.find(session, workspace=workspace, slack_id=slack_id)
    if member is None:
        raise NotYours()
    return openings_for(session, workspace=workspace, member_id=member.id)


def forget(session: Session, *, recording_id: str, now: datetime) -> None:
    """Words were taken back: openings end, and why they were opened goes; that they were stays in the audit log."""
    for opening in openings_of(session, recording_id=recording_id):
        close(session, opening, now=now, how="taken back")
        opening.words = ""
        session.add(opening)


def _waiting(session: Session, transcript: Transcript, recording: Recording, by: str, now: datetime) -> Waiting:
    unclear = [part for part in raws.parts(raws.read(recording.raw or ""), recording.whose) if part.unclear]
    asked = _asked(session, transcript.id)
    openings = openings_of(session, recording_id=recording.id)
    standing = standing_opening(session, transcript_id=transcript.id, by=by, now=now)
    return Waiting(
        transcript_id=transcript.id,
        made_at=recording.made_at,
        seconds=recording.seconds or 0.0,
        unclear=len(unclear),
        unclear_seconds=sum(part.end - part.start for part in unclear),
        asked=asked is not None and all(opening.opened_at <= asked.asked_at for opening in openings),
        open_until=standing.until if standing else None,
    )


def _claim(session: Session, opening: Opening) -> Opening:
    """Stores an opening as the next of this person; gives the one that another click made at the same moment."""
    theirs = (Opening.transcript_id == opening.transcript_id, Opening.by == opening.by)
    opening.turn = session.exec(select(func.count()).select_from(Opening).where(*theirs)).one()
    try:
        with session.begin_nested():
            session.add(opening)
    except IntegrityError:
        return session.exec(select(Opening).where(*theirs, Opening.turn == opening.turn)).one()
    return opening


def _asked(session: Session, transcript_id: str) -> EarAsked | None:
    return session.exec(select(EarAsked).where(EarAsked.transcript_id == transcript_id)).first()


def _note(session: Session, opening: Opening, action: str, detail: str = "") -> None:
    actor = _actor(session, opening.workspace, opening.by)
    subject = opening.transcript_id
    audit.note(session, workspace=opening.workspace, actor=actor, action=action, subject=subject, detail=detail)


def _actor(session: Session, workspace: str, slack_id: str) -> str:
    member = people.find(session, workspace=workspace, slack_id=slack_id)
    return member.id if member else slack_id
