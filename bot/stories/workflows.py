"""Durable work on a leader's words: a change is worked in, a story goes out, or everything is pulled back.

Here are the orders of the steps; the steps themselves are in drafting.py and publishing.py.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.jobs import Jobs
from bot.schedule import service as schedule
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.slack.errors import SlackAway, SlackRefused
from bot.store.engine import Store
from bot.stories import service, views
from bot.stories.drafting import Drafts
from bot.stories.elsewhere import Elsewhere
from bot.stories.ids import Ref
from bot.stories.models import Change, State, Transcript
from bot.stories.publishing import Publisher

QUEUE = "quick"
CHANGE, PUBLISH, WITHDRAW = "change", "publish", "withdraw"
AGAIN_AFTER = timedelta(minutes=10)
#: Slack may be away for a minute or two (0.5 s, doubled each time); after that a due row tries again
PATIENTLY = 7


class StoryWork:
    """The workflows of this room: registers them, and starts them inside a listener's transaction."""

    def __init__(
        self,
        *,
        store: Store,
        jobs: Jobs,
        settings: Settings,
        clock: Clock,
        drafts: Drafts,
        publisher: Publisher,
        elsewhere: Elsewhere,
    ) -> None:
        self._store, self._jobs, self._settings, self._clock = store, jobs, settings, clock
        self._drafts, self._publisher, self._elsewhere = drafts, publisher, elsewhere
        jobs.workflow(CHANGE, on_failure=drafts.leave_as_it_was)(self._change)
        jobs.workflow(PUBLISH, on_failure=self._publish_later)(self._publish)
        jobs.workflow(WITHDRAW, on_failure=self._withdraw_later)(self._withdraw)

    def start_change(self, session: Session, change: Change) -> None:
        """Puts a change on the queue."""
        self._jobs.enqueue(session, queue=QUEUE, workflow=CHANGE, job_id=f"change:{change.id}", subject=change.id)

    def start_publishing(self, session: Session, transcript: Transcript) -> None:
        """Puts publishing on the queue."""
        self._start(session, PUBLISH, transcript)

    def start_withdrawing(self, session: Session, transcript: Transcript) -> None:
        """Puts pulling back on the queue."""
        self._start(session, WITHDRAW, transcript)

    def _start(self, session: Session, workflow: str, transcript: Transcript) -> None:
        job = f"{workflow}:{transcript.id}:{transcript.version}:{self._clock():%Y%m%d%H%M%S}"
        self._jobs.enqueue(session, queue=QUEUE, workflow=workflow, job_id=job, subject=transcript.id)

    # --- a change ---

    def _change(self, change_id: str) -> None:
        transcript_id = self._jobs.step(self._drafts.work_in, change_id, attempts=3)
        if transcript_id:
            self._jobs.step(self._drafts.refresh, transcript_id, attempts=PATIENTLY)

    # --- going out ---

    def _publish(self, transcript_id: str) -> None:
        self._jobs.step(self._say_sharing, transcript_id, attempts=PATIENTLY)
        if self._jobs.step(self._publisher.put_out, transcript_id, attempts=PATIENTLY):
            self._jobs.record(self._note_published, transcript_id)
            self._jobs.step(self._settle_raw, transcript_id, attempts=3)
            self._jobs.step(self._say_shared, transcript_id, attempts=PATIENTLY)
        else:
            self._jobs.step(self._keep_private, transcript_id, attempts=PATIENTLY)

    def _say_sharing(self, transcript_id: str) -> None:
        self._drafts.show(transcript_id, views.sharing_message(self._ref(transcript_id)))

    def _note_published(self, session: Session, transcript_id: str) -> None:
        service.published(
            session, transcript_id=transcript_id, now=self._clock(), keep_raw_days=self._settings.keep_raw_days
        )

    def _settle_raw(self, transcript_id: str) -> None:
        if self._settings.keep_raw_days == 0:
            self._forget_raw(transcript_id)

    def _forget_raw(self, transcript_id: str) -> None:
        with self._store.session() as session:
            transcript = session.get_one(Transcript, transcript_id)
            service.forget_hidden(session, transcript)
        self._elsewhere.forget_raw(transcript.recording_id)

    def _say_shared(self, transcript_id: str) -> None:
        with self._store.session() as session:
            transcript = session.get_one(Transcript, transcript_id)
            raw_goes = schedule.date_of(
                session,
                workspace=transcript.workspace,
                kind=Kind.RAW_DELETION,
                subject=transcript_id,
                after=self._clock(),
            )
        if transcript.state is State.PUBLISHED:
            where = self._publisher.channel_id()
            clip = self._elsewhere.clip_link(transcript.recording_id)
            message = views.shared_message(transcript, channel_id=where, clip_link=clip, raw_goes=raw_goes)
            self._drafts.show(transcript_id, message)

    def _keep_private(self, transcript_id: str) -> None:
        with self._store.session() as session:
            transcript = session.get_one(Transcript, transcript_id)
            if transcript.state is not State.APPROVED:
                return  # withdrawn meanwhile: that work tells the leader itself
            version = transcript.version
            service.back_to_draft(session, transcript, keep_days=self._settings.keep_unsigned_days)
        self._drafts.tell(transcript_id, f"private:{transcript_id}:{version}", views.no_longer_message())
        self._drafts.refresh(transcript_id)

    def _publish_later(self, transcript_id: str) -> None:
        if self._again(transcript_id, Kind.PUBLISH_AGAIN, State.APPROVED):
            # A part of it may be out already: it is taken back before the leader is told that nobody can read it.
            self._publisher.take_from_shelf(transcript_id)
            self._publisher.take_from_channel(transcript_id)
            self._drafts.show(transcript_id, views.waiting_to_share_message(self._ref(transcript_id)))

    # --- pulling back ---

    def _withdraw(self, transcript_id: str) -> None:
        """What lies on our own disk goes first, as that can't be refused; then what is in Slack."""
        was_shared = self._jobs.step(self._publisher.take_from_shelf, transcript_id, attempts=3)
        recording_id = self._jobs.step(self._recording_of, transcript_id)
        self._jobs.step(self._elsewhere.forget_raw, recording_id, attempts=3)
        self._jobs.record(self._wipe, transcript_id)
        self._jobs.step(self._say_withdrawing, transcript_id)
        self._jobs.step(self._publisher.take_from_channel, transcript_id, attempts=PATIENTLY)
        for pull_back in self._elsewhere.pull_back:
            self._jobs.step(pull_back, recording_id, attempts=PATIENTLY)
        self._jobs.step(self._say_withdrawn, transcript_id, int(was_shared), attempts=PATIENTLY)
        self._jobs.record(self._forget_story, transcript_id)

    def _ref(self, transcript_id: str) -> Ref:
        with self._store.session() as session:
            return Ref(transcript_id, session.get_one(Transcript, transcript_id).version)

    def _recording_of(self, transcript_id: str) -> str:
        with self._store.session() as session:
            return session.get_one(Transcript, transcript_id).recording_id

    def _wipe(self, session: Session, transcript_id: str) -> None:
        service.wipe(session, session.get_one(Transcript, transcript_id))

    def _forget_story(self, session: Session, transcript_id: str) -> None:
        service.forget_story(session, session.get_one(Transcript, transcript_id))

    def _say_withdrawing(self, transcript_id: str) -> None:
        with suppress(SlackAway, SlackRefused):  # talk never keeps the taking back waiting
            self._drafts.show(transcript_id, views.withdrawing_message())

    def _say_withdrawn(self, transcript_id: str, was_shared: int) -> None:
        self._drafts.show(transcript_id, views.withdrawn_message(was_shared=bool(was_shared)))

    def _withdraw_later(self, transcript_id: str) -> None:
        if self._again(transcript_id, Kind.WITHDRAW_AGAIN, State.WITHDRAWN):
            self._drafts.show(transcript_id, views.withdraw_later_message())

    # --- what is due ---

    def publish_again(self, due: Due) -> None:
        """Tries once more to share what its leader signed off."""
        self._start_again(due, State.APPROVED, self.start_publishing)

    def withdraw_again(self, due: Due) -> None:
        """Tries once more to pull back; this never gives up."""
        self._start_again(due, State.WITHDRAWN, self.start_withdrawing)

    def delete_raw(self, due: Due) -> None:
        """The stated day: recording, raw text and hidden words go, whatever became of the draft."""
        with self._store.session() as session:
            transcript = session.get(Transcript, due.subject)
        if transcript is None or transcript.state is State.WITHDRAWN:
            return
        self._forget_raw(due.subject)
        if transcript.state is State.PUBLISHED:
            self._say_shared(due.subject)
        elif not self._drafts.waits_for_morning(due, transcript):
            self._drafts.refresh(due.subject)
            self._drafts.tell(due.subject, f"raw-gone:{due.id}", views.raw_gone_message())

    def _again(self, transcript_id: str, kind: Kind, state: State) -> bool:
        with self._store.session() as session:
            transcript = session.get_one(Transcript, transcript_id)
            if transcript.state is not state:
                return False
            workspace, now = transcript.workspace, self._clock()
            if schedule.date_of(session, workspace=workspace, kind=kind, subject=transcript_id, after=now) is None:
                due_at = now + AGAIN_AFTER
                schedule.plan(session, workspace=workspace, kind=kind, subject=transcript_id, due_at=due_at)
            return True

    def _start_again(self, due: Due, state: State, start: Callable[[Session, Transcript], None]) -> None:
        with self._store.session() as session:
            transcript = session.get(Transcript, due.subject)
            if transcript is not None and transcript.state is state:
                start(session, transcript)
