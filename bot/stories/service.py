"""Verification, sign-off and withdrawal: decides and records. Whoever calls commits; nothing here speaks to Slack."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from bot.people import service as people
from bot.people.models import Member, Scope
from bot.schedule import service as schedule
from bot.schedule.models import Kind
from bot.schedule.working_time import after_working_days, next_working_moment
from bot.settings import Settings
from bot.store import audit
from bot.store.base import new_id
from bot.stories.errors import (
    AlreadyDecided,
    NoShareConsent,
    NothingThere,
    NotYours,
    OldDraft,
    StillChanging,
)
from bot.stories.models import Change, Draft, HiddenWords, Log, Self, State, Story, Transcript
from bot.stories.review.looking import Looked

#: working days after which an unsigned draft is mentioned again (programme.md, table of reminders)
FIRST_REMINDER_DAYS, LAST_REMINDER_DAYS = 3, 10
REMINDERS = (Kind.DRAFT_REMINDER, Kind.DRAFT_LAST_REMINDER)


def plan_dates(
    session: Session, transcript: Transcript, member: Member, settings: Settings, *, after: datetime | None = None
) -> datetime:
    """Plans the two reminders and the day on which recording and raw text go; says that day.

    Reminders that would have been before `after` are left out: their leader had them while something else was asked.
    """
    moments = reminder_moments(transcript.made_at, member, settings)
    for kind, moment in zip(REMINDERS, moments, strict=True):
        if after is None or moment > after:
            schedule.plan(session, workspace=transcript.workspace, kind=kind, subject=transcript.id, due_at=moment)
    deletion = transcript.made_at + timedelta(days=settings.keep_unsigned_days)
    _plan_raw_deletion(session, transcript, deletion)
    return deletion


def reminder_moments(since: datetime, member: Member, settings: Settings) -> list[datetime]:
    """When the first and the last reminder of something that waits for its leader since then are due."""
    zone = member.time_zone or settings.time_zone
    days = (FIRST_REMINDER_DAYS, LAST_REMINDER_DAYS)
    moments = (after_working_days(since, day, time_zone=zone, nation=member.nation.value) for day in days)
    return [kind_moment(moment, member, settings) for moment in moments]


def kind_moment(moment: datetime, member: Member, settings: Settings) -> datetime:
    """The moment itself, or the first after it on a working day of the member's, outside quiet hours."""
    return next_working_moment(
        moment,
        time_zone=member.time_zone or settings.time_zone,
        nation=member.nation.value,
        quiet_from=settings.quiet_from,
        quiet_until=settings.quiet_until,
    )


def may_share(session: Session, *, workspace: str, transcript_id: str) -> bool:
    """Whether these words may be shown to anybody but their leader, now. Every path that shows words asks this.

    Only what its leader signed off and has not taken back, and only while they consent to sharing and are a member.
    """
    transcript = session.get(Transcript, transcript_id)
    if transcript is None or transcript.workspace != workspace:
        return False
    signed_off = transcript.state in (State.APPROVED, State.PUBLISHED)
    return signed_off and people.has_consent(
        session, workspace=workspace, member_id=transcript.member_id, scope=Scope.SHARE
    )


def new_draft(
    session: Session,
    *,
    workspace: str,
    member_id: str,
    recording_id: str,
    draft: Draft,
    log: Log,
    now: datetime,
    risks: str | None = None,
) -> Transcript:
    """Keeps a recording's draft and its risks; done again after a crash it replaces the first try."""
    transcript = of_recording(session, workspace=workspace, recording_id=recording_id)
    if transcript is None:
        transcript = Transcript(workspace=workspace, member_id=member_id, recording_id=recording_id, made_at=now)
    transcript.draft, transcript.risks = draft.to_json(), risks
    session.add(transcript)
    session.flush()
    keep_log(session, transcript, log)
    return transcript


def of_recording(session: Session, *, workspace: str, recording_id: str) -> Transcript | None:
    """The transcript of a recording, if it has come so far."""
    wanted = select(Transcript).where(Transcript.workspace == workspace, Transcript.recording_id == recording_id)
    return session.exec(wanted).first()


def open_own(session: Session, *, workspace: str, slack_id: str, transcript_id: str) -> tuple[Transcript, Member]:
    """A leader's own transcript. NotYours for anybody else's, NothingThere if it is gone."""
    member = people.find(session, workspace=workspace, slack_id=slack_id)
    transcript = session.get(Transcript, transcript_id)
    if transcript is None or transcript.workspace != workspace:
        raise NothingThere()
    if member is None or transcript.member_id != member.id:
        raise NotYours()
    return transcript, member


def open_version(
    session: Session, *, workspace: str, slack_id: str, transcript_id: str, version: int
) -> tuple[Transcript, Member]:
    """The same, for changing or deciding: it must be the newest version, at rest and not yet decided on."""
    transcript, member = open_own(session, workspace=workspace, slack_id=slack_id, transcript_id=transcript_id)
    if transcript.state is State.WITHDRAWN:
        raise NothingThere()
    if transcript.state is not State.DRAFT:
        raise AlreadyDecided()
    if transcript.version != version:
        raise OldDraft()
    if transcript.changing:
        raise StillChanging()
    return transcript, member


def draft_of(transcript: Transcript) -> Draft:
    """The words as they stand; NothingThere once they were wiped."""
    if transcript.draft is None:
        raise NothingThere()
    return Draft.from_json(transcript.draft)


def log_of(session: Session, transcript: Transcript) -> Log:
    """What was hidden; empty once the raw words were deleted."""
    kept = _hidden_words(session, transcript)
    return Log.from_json(kept.words) if kept else Log()


def keeps_log(session: Session, transcript: Transcript) -> bool:
    """Whether what was hidden is still kept."""
    return _hidden_words(session, transcript) is not None


def self_of(member: Member) -> Self:
    """What of the community's identifiers is the leader's own."""
    return Self(name=member.name, organisation=member.organisation or "", place=member.place or "")


def looked_of(transcript: Transcript) -> Looked:
    """How far the leader has come in looking through their words."""
    return Looked.from_json(transcript.looked) if transcript.looked else Looked()


def approve(session: Session, transcript: Transcript, *, now: datetime) -> Story:
    """The leader's yes. NoShareConsent without their permission to share; raw words go by the rules of keeping."""
    if not people.has_consent(
        session, workspace=transcript.workspace, member_id=transcript.member_id, scope=Scope.SHARE
    ):
        raise NoShareConsent()
    if looked_of(transcript).decisions:
        raise StillChanging()
    transcript.state = State.APPROVED
    transcript.decided_at = now
    schedule.cancel(session, workspace=transcript.workspace, subject=transcript.id, kinds=REMINDERS)
    audit.note(
        session, workspace=transcript.workspace, actor=transcript.member_id, action="approved", subject=transcript.id
    )
    _hush(session, transcript, now=now)
    text = "\n\n".join(paragraph.text for paragraph in draft_of(transcript).paragraphs)
    story = Story(workspace=transcript.workspace, transcript_id=transcript.id, name=new_id(), text=text)
    session.add(story)
    return story


def published(session: Session, *, transcript_id: str, now: datetime, keep_raw_days: int) -> None:
    """Notes that the story is out. Its raw words are due to go now, or on their day if they are kept for a while."""
    transcript = session.get_one(Transcript, transcript_id)
    story = story_of(session, transcript)
    if story is None or transcript.state is State.WITHDRAWN:
        return
    transcript.state = State.PUBLISHED
    story.published_at = story.published_at or now
    audit.note(session, workspace=transcript.workspace, actor="bot", action="published", subject=transcript.id)
    schedule.cancel(session, workspace=transcript.workspace, subject=transcript_id, kinds=(Kind.RAW_DELETION,))
    kept_until = (transcript.decided_at or now) + timedelta(days=keep_raw_days)
    _plan_raw_deletion(session, transcript, kept_until)


def withdraw(session: Session, transcript: Transcript, *, by: str, now: datetime) -> bool:
    """The leader's no, at any time: from this moment `may_share` says no; the pulling back follows as durable work.

    False if it was said before.
    """
    if transcript.state is State.WITHDRAWN:
        return False
    transcript.state = State.WITHDRAWN
    transcript.decided_at = now
    schedule.cancel(session, workspace=transcript.workspace, subject=transcript.id)
    _hush(session, transcript, now=now)
    audit.note(session, workspace=transcript.workspace, actor=by, action="withdrawn", subject=transcript.id)
    return True


def _hush(session: Session, transcript: Transcript, *, now: datetime) -> None:
    """What was decided on needs no second hearing: stretches of the recording in a chat are due to go."""
    kind, recording = Kind.SNIPPET_DELETION, transcript.recording_id
    schedule.plan(session, workspace=transcript.workspace, kind=kind, subject=recording, due_at=now)


def back_to_draft(session: Session, transcript: Transcript, *, keep_days: int) -> None:
    """Undoes a yes that could not be carried out because the permission to share is gone."""
    transcript.state = State.DRAFT
    transcript.version += 1
    _plan_raw_deletion(session, transcript, transcript.made_at + timedelta(days=keep_days))
    story = story_of(session, transcript)
    if story is not None:
        session.delete(story)


def wipe(session: Session, transcript: Transcript) -> None:
    """Deletes every word of a transcript from the database; that it was withdrawn stays known."""
    transcript.draft = transcript.risks = transcript.looked = None
    transcript.changing = False
    forget_hidden(session, transcript)
    for change in session.exec(select(Change).where(Change.transcript_id == transcript.id)):
        session.delete(change)
    story = story_of(session, transcript)
    if story is not None:
        story.text = ""


def forget_draft(session: Session, transcript: Transcript) -> None:
    """Deletes a draft altogether, so that another can be made of the same recording; no trace but the audit log's."""
    schedule.cancel(session, workspace=transcript.workspace, subject=transcript.id)
    wipe(session, transcript)
    audit.note(session, workspace=transcript.workspace, actor="bot", action="draft discarded", subject=transcript.id)
    session.delete(transcript)
    session.flush()


def forget_story(session: Session, transcript: Transcript) -> None:
    """Deletes the name under which a story was out, once nothing is out any more."""
    story = story_of(session, transcript)
    if story is not None:
        session.delete(story)


def forget_hidden(session: Session, transcript: Transcript) -> None:
    """Deletes the words that were hidden."""
    kept = _hidden_words(session, transcript)
    if kept is not None:
        session.delete(kept)


def story_of(session: Session, transcript: Transcript) -> Story | None:
    """The story that a transcript became."""
    return session.exec(select(Story).where(Story.transcript_id == transcript.id)).first()


def shared_by(session: Session, *, workspace: str, member_id: str) -> list[Transcript]:
    """What a leader has signed off and not taken back."""
    wanted = select(Transcript).where(
        Transcript.workspace == workspace,
        Transcript.member_id == member_id,
        col(Transcript.state).in_([State.APPROVED, State.PUBLISHED]),
    )
    return list(session.exec(wanted))


def own_transcripts(session: Session, *, workspace: str, member_id: str) -> list[Transcript]:
    """Everything a leader has here that was not withdrawn, oldest first."""
    wanted = select(Transcript).where(
        Transcript.workspace == workspace, Transcript.member_id == member_id, Transcript.state != State.WITHDRAWN
    )
    return list(session.exec(wanted.order_by(col(Transcript.made_at))))


def waiting_since(session: Session, *, workspace: str, before: datetime) -> int:
    """How many drafts have waited for a decision since before a moment (all a facilitator is told)."""
    wanted = select(func.count()).select_from(Transcript)
    conditions = (Transcript.workspace == workspace, Transcript.state == State.DRAFT, Transcript.made_at <= before)
    return session.exec(wanted.where(*conditions)).one()


def _plan_raw_deletion(session: Session, transcript: Transcript, moment: datetime) -> None:
    kind = Kind.RAW_DELETION
    schedule.plan(session, workspace=transcript.workspace, kind=kind, subject=transcript.id, due_at=moment)


def _hidden_words(session: Session, transcript: Transcript) -> HiddenWords | None:
    return session.exec(select(HiddenWords).where(HiddenWords.transcript_id == transcript.id)).first()


def keep_log(session: Session, transcript: Transcript, log: Log) -> None:
    """Keeps what was hidden, apart from the words."""
    kept = _hidden_words(session, transcript)
    if kept is None:
        kept = HiddenWords(workspace=transcript.workspace, transcript_id=transcript.id, words=log.to_json())
    kept.words = log.to_json()
    session.add(kept)
