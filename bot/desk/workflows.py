"""Durable work of the desk: a correction reaches the draft, masked anew; openings end; leaders see that there was one.

What was corrected is in the raw words already (one transaction with putting this on its queue). If masking fails,
nothing of it comes out: the draft stays as it was, and it is tried again.
"""

import json
from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.desk import raw as raws
from bot.desk import service, views
from bot.desk.errors import LeaderAtWork
from bot.desk.merging import Correction, with_correction
from bot.desk.models import Opening
from bot.engine_room import EngineRoom
from bot.interviews.models import Recording
from bot.jobs import PATIENTLY, Jobs
from bot.people import service as people
from bot.schedule import service as schedule
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.store import audit
from bot.store.engine import Store
from bot.stories import service as stories
from bot.stories.drafting import Drafts, merged
from bot.stories.elsewhere import Recalled
from bot.stories.models import Draft, Log, Transcript
from bot.words import Safe

QUEUE = "quick"
CORRECT, TELL = "correct draft", "tell of opening"
AGAIN_AFTER = timedelta(minutes=10)


class DeskWork:
    """The workflows of this room: registers them, and starts them inside a listener's transaction."""

    def __init__(
        self,
        *,
        store: Store,
        jobs: Jobs,
        engines: EngineRoom,
        drafts: Drafts,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._store, self._jobs, self._engines, self._drafts = store, jobs, engines, drafts
        self._settings, self._clock = settings, clock
        jobs.workflow(CORRECT, on_failure=self._correct_later)(self._correct)
        jobs.workflow(TELL, on_failure=self._untold)(self._tell)

    def start_correcting(self, session: Session, transcript: Transcript, *, key: str) -> None:
        """Has what was corrected reach the draft; `key` is that of the click."""
        job_id = f"{CORRECT}:{transcript.id}:{key}"
        self._jobs.enqueue(session, queue=QUEUE, workflow=CORRECT, job_id=job_id, subject=transcript.id)

    def start_telling(self, session: Session, opening: Opening) -> None:
        """Has the leader see an opening, where their draft stands: no message of its own, as that would nag."""
        job_id, subject = f"{TELL}:{opening.id}", opening.transcript_id
        self._jobs.enqueue(session, queue=QUEUE, workflow=TELL, job_id=job_id, subject=subject)

    # --- a correction ---

    def _correct(self, transcript_id: str) -> None:
        if self._jobs.step(self._mask_anew, transcript_id, attempts=5):
            self._jobs.step(self._drafts.refresh, transcript_id, attempts=PATIENTLY)

    def _mask_anew(self, transcript_id: str) -> bool:
        """Masks the draft with all that was corrected; False if nothing waits (any more). LeaderAtWork: again."""
        found = self._waiting(transcript_id)
        if found is None:
            return False
        transcript, recording = found
        with self._store.session() as session:
            before = stories.draft_of(transcript), stories.log_of(session, transcript)
            known = people.identifiers(session, workspace=transcript.workspace, roster=self._settings.roster)
        draft, log = with_correction(*before, _correction(recording))
        texts = [paragraph.text for paragraph in draft.paragraphs]
        masked = self._engines.mask(texts, known=known, keep=log.keep, hide=log.hide, memory=log.memory)
        draft, log = merged(draft, log, masked)
        risks = self._drafts.assess(transcript, draft) if draft.paragraphs else ""
        with self._store.session() as session:
            return self._keep(session, transcript, recording, draft, log, risks)

    def _waiting(self, transcript_id: str) -> tuple[Transcript, Recording] | None:
        """A draft with a correction that has not reached it, at rest and undecided."""
        with self._store.session() as session:
            transcript = session.get(Transcript, transcript_id)
            if transcript is None:  # it was made of the wrong voice: another draft takes its place
                return None
            recording = session.get_one(Recording, transcript.recording_id)
            allowed = service.may_open(session, transcript, recording)
        if not allowed or not raws.waits(raws.read(recording.raw or "")):
            return None
        if transcript.changing:
            raise LeaderAtWork()
        return transcript, recording

    def _keep(self, session: Session, then: Transcript, heard: Recording, draft: Draft, log: Log, risks: str) -> bool:
        """Makes it the newest version, unless draft or raw words are not any more what it was made from."""
        transcript = session.get_one(Transcript, then.id, with_for_update=True)
        recording = session.get_one(Recording, heard.id, with_for_update=True)
        if not service.may_open(session, transcript, recording):
            return False
        if transcript.changing or transcript.version != then.version or recording.raw != heard.raw:
            raise LeaderAtWork()
        recording.raw = json.dumps(raws.settled(raws.read(recording.raw or "")))
        if not draft.paragraphs or draft == stories.draft_of(transcript):
            return False
        whose = {"workspace": then.workspace, "member_id": then.member_id, "recording_id": heard.id}
        stories.new_draft(session, **whose, draft=draft, log=log, now=self._clock(), risks=risks)
        transcript.version += 1
        audit.note(session, workspace=then.workspace, actor="bot", action="draft corrected", subject=then.id)
        return True

    def _correct_later(self, transcript_id: str) -> None:
        with self._store.session() as session:
            workspace, now = session.get_one(Transcript, transcript_id).workspace, self._clock()
            whose = {"workspace": workspace, "subject": transcript_id}
            kind = Kind.DESK_CATCHES_UP
            if schedule.date_of(session, **whose, kind=kind, after=now) is None:
                schedule.plan(session, **whose, kind=kind, due_at=now + AGAIN_AFTER)

    def catch_up(self, due: Due) -> None:
        """Tries once more to have a correction reach its draft."""
        with self._store.session() as session:
            transcript = session.get(Transcript, due.subject)
            if transcript is not None:
                self.start_correcting(session, transcript, key=due.id)

    # --- openings ---

    def _tell(self, transcript_id: str) -> None:
        self._jobs.step(self._drafts.refresh, transcript_id, attempts=PATIENTLY)

    def _untold(self, transcript_id: str) -> None:
        """Slack would not take the edit: the line is there with the draft's next one, and on Home at once."""

    def close_due(self, due: Due) -> None:
        """The time of an opening is over: it ends."""
        with self._store.session() as session:
            opening = session.get(Opening, due.subject)
            if opening is not None:
                service.close(session, opening, now=self._clock(), how="time over")

    def may_hear(self, session: Session, recording: Recording, slack_id: str) -> bool:
        """A rule of playback: the transcriber hears what is open to them."""
        return service.may_hear(session, recording, slack_id, settings=self._settings, now=self._clock())

    def notes(self, recording_id: str) -> Sequence[Safe]:
        """The lines for the first page of a draft."""
        with self._store.session() as session:
            openings = service.openings_of(session, recording_id=recording_id)
            recording = session.get_one(Recording, recording_id)
            zone = people.get(session, workspace=recording.workspace, member_id=recording.member_id).time_zone
        return views.opened_notes(openings, time_zone=zone or self._settings.time_zone)

    def pull_back(self, recording_id: str) -> Recalled:
        """The words were taken back: nothing of them is open any more, and what was noted of them goes."""
        with self._store.session() as session:
            service.forget(session, recording_id=recording_id, now=self._clock())
        return Recalled()

    def ask_for_ear(self, session: Session, transcript_id: str) -> bool:
        """Puts a draft on top of the desk's list; False where nobody is named who could listen, or nothing is left."""
        transcript = session.get(Transcript, transcript_id)
        recording = session.get(Recording, transcript.recording_id) if transcript else None
        if transcript is None or recording is None or not self._settings.transcriber:
            return False
        if not service.may_open(session, transcript, recording):
            return False
        service.ask_for_ear(session, transcript, now=self._clock())
        return True


def _correction(recording: Recording) -> Correction:
    raw = raws.read(recording.raw or "")
    before, after = (raws.heard(raw[name], recording.whose) for name in ("before", "segments"))
    return Correction(tuple(before), tuple(after))
