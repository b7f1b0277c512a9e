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
from bot.stories.errors import StillOut
from bot.stories.ids import Ref
from bot.stories.models import Change, State, Transcript
from bot.stories.sharing import showing
from bot.stories.sharing import views as story_views
from bot.stories.sharing.exports import Exports
from bot.stories.sharing.publishing import Publisher
from bot.stories.sharing.recall import Recall

QUEUE = "quick"
CHANGE, PUBLISH, RETELL, WITHDRAW = "change", "publish", "retell", "withdraw"
AGAIN_AFTER = timedelta(minutes=10)
#: Slack may be away for a minute or two (0.5 s, doubled each time); after that a due row tries again
PATIENTLY = 7
TAG_LINE_EVERY = timedelta(days=1)
#: the part of a withdrawal before which its leader is told how far it is: from here on it may take a while
FIRST_IN_SLACK = "story"


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
        exports: Exports,
        elsewhere: Elsewhere,
    ) -> None:
        self._store, self._jobs, self._settings, self._clock = store, jobs, settings, clock
        self._drafts, self._publisher, self._exports, self._elsewhere = drafts, publisher, exports, elsewhere
        self._recall = Recall(store=store, clock=clock, publisher=publisher, exports=exports, elsewhere=elsewhere)
        jobs.workflow(CHANGE, on_failure=drafts.leave_as_it_was)(self._change)
        jobs.workflow(PUBLISH, on_failure=self._publish_later)(self._publish)
        jobs.workflow(RETELL, on_failure=self._retell_later)(self._retell)
        jobs.workflow(WITHDRAW, on_failure=self._withdraw_later)(self._withdraw)

    @property
    def pulled_back(self) -> tuple[str, ...]:
        """What a withdrawal reaches, part by part; the walk for a planted phrase reads it too."""
        return self._recall.names

    def start_change(self, session: Session, change: Change) -> None:
        """Puts a change on the queue."""
        self._jobs.enqueue(session, queue=QUEUE, workflow=CHANGE, job_id=f"change:{change.id}", subject=change.id)

    def start_publishing(self, session: Session, transcript: Transcript) -> None:
        """Puts publishing on the queue."""
        self._start(session, PUBLISH, transcript)

    def start_withdrawing(self, session: Session, transcript: Transcript) -> None:
        """Puts pulling back on the queue."""
        self._start(session, WITHDRAW, transcript)

    def start_retelling(self, session: Session, transcript: Transcript) -> None:
        """Puts on the queue that what is printed beside a story is brought up to date."""
        self._start(session, RETELL, transcript)

    def _start(self, session: Session, workflow: str, transcript: Transcript) -> None:
        job = f"{workflow}:{transcript.id}:{transcript.version}:{self._clock():%Y%m%d%H%M%S}"
        self._jobs.enqueue(session, queue=QUEUE, workflow=workflow, job_id=job, subject=transcript.id)

    # --- a change ---

    def _change(self, change_id: str) -> None:
        transcript_id = self._jobs.step(self._drafts.work_in, change_id, attempts=3)
        if transcript_id:
            self._jobs.step(self._drafts.refresh, transcript_id, attempts=PATIENTLY)
            self._jobs.step(self._drafts.answer_window, transcript_id, attempts=3)

    # --- going out ---

    def _publish(self, transcript_id: str) -> None:
        self._jobs.step(self._say_sharing, transcript_id, attempts=PATIENTLY)
        self._jobs.record(self._publisher.choose_tag_line, transcript_id)
        if self._jobs.step(self._publisher.put_out, transcript_id, attempts=PATIENTLY):
            self._jobs.record(self._note_published, transcript_id)
            self._jobs.record(self._look_at_its_kin, transcript_id)
            self._jobs.step(self._settle_raw, transcript_id, attempts=3)
            self._jobs.step(self._say_shared, transcript_id, attempts=PATIENTLY)
        else:
            self._jobs.step(self._keep_private, transcript_id, attempts=PATIENTLY)

    def _say_sharing(self, transcript_id: str) -> None:
        self._drafts.show(transcript_id, story_views.sharing_message(self._ref(transcript_id)))

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
            message = story_views.shared_message(transcript, channel_id=where, clip_link=clip, raw_goes=raw_goes)
            self._drafts.show(transcript_id, message)

    def _keep_private(self, transcript_id: str) -> None:
        with self._store.session() as session:
            transcript = session.get_one(Transcript, transcript_id)
            if transcript.state is not State.APPROVED:
                return  # withdrawn meanwhile: that work tells the leader itself
            version = transcript.version
            service.back_to_draft(session, transcript, keep_days=self._settings.keep_unsigned_days)
        self._drafts.tell(transcript_id, f"private:{transcript_id}:{version}", story_views.no_longer_message())
        self._drafts.refresh(transcript_id)

    def _publish_later(self, transcript_id: str) -> None:
        if self._again(transcript_id, Kind.PUBLISH_AGAIN, State.APPROVED):
            # A part of it may be out already: it is taken back before the leader is told that nobody can read it.
            self._publisher.take_from_shelf(transcript_id)
            self._publisher.take_from_channel(transcript_id)
            self._drafts.show(transcript_id, story_views.waiting_to_share_message(self._ref(transcript_id)))

    # --- what stands beside it ---

    def _retell(self, transcript_id: str) -> None:
        self._jobs.step(self._publisher.retell, transcript_id, attempts=PATIENTLY)
        self._jobs.step(self._exports.refresh, transcript_id, attempts=3)
        self._jobs.record(self._plan_next_look, transcript_id)

    def _plan_next_look(self, session: Session, transcript_id: str) -> None:
        """A tag line is looked at every day: who leaves or takes a story back may make it say too much."""
        self._look_again(session, transcript_id, lambda other, _: other == transcript_id, TAG_LINE_EVERY)

    def _look_at_its_kin(self, session: Session, transcript_id: str) -> None:
        """One tag line a person: what this story tells may make it coarser beside their earlier ones."""
        leader = session.get_one(Transcript, transcript_id).member_id
        self._plan_next_look(session, transcript_id)
        self._look_again(session, transcript_id, lambda other, whose: whose == leader and other != transcript_id)

    def _retell_later(self, transcript_id: str) -> None:
        with self._store.session() as session:
            self._look_again(session, transcript_id, lambda other, _: other == transcript_id, AGAIN_AFTER)

    def _look_again(
        self, session: Session, near: str, which: Callable[[str, str], bool], after: timedelta = timedelta()
    ) -> None:
        """Plans a look at tag lines in the workspace of a transcript, `which` by transcript and leader (ids)."""
        workspace, now = session.get_one(Transcript, near).workspace, self._clock()
        for transcript_id, leader in showing.with_tag_line(session, workspace=workspace):
            whose = {"workspace": workspace, "subject": transcript_id}
            if which(transcript_id, leader):
                due = schedule.date_of(session, **whose, kind=Kind.RETELL, after=now)
                if due is None or due > now + after:
                    schedule.plan(session, **whose, kind=Kind.RETELL, due_at=now + after)

    # --- pulling back ---

    def _withdraw(self, transcript_id: str) -> None:
        """Every part is pulled back whatever becomes of the others; if one is left, all of it is tried again."""
        self._jobs.step(self._recall.look, transcript_id, attempts=3)
        done = [self._jobs.tried(self._forget_raw, transcript_id, attempts=3)]
        for name in self._recall.names:
            if name == FIRST_IN_SLACK:
                self._jobs.step(self._say_withdrawing, transcript_id)
            done.append(self._jobs.tried(self._recall.pull, transcript_id, name, attempts=PATIENTLY))
        if not all(done):
            raise StillOut()
        self._jobs.step(self._say_withdrawn, transcript_id, attempts=PATIENTLY)
        self._jobs.record(self._close, transcript_id)

    def _ref(self, transcript_id: str) -> Ref:
        with self._store.session() as session:
            return Ref(transcript_id, session.get_one(Transcript, transcript_id).version)

    def _close(self, session: Session, transcript_id: str) -> None:
        """Nothing is out any more. One story fewer may make what stands beside the others say too much."""
        self._recall.forget(session, transcript_id)
        self._look_again(session, transcript_id, lambda other, leader: True)

    def _say_withdrawing(self, transcript_id: str) -> None:
        with suppress(SlackAway, SlackRefused):  # talk never keeps the taking back waiting
            self._drafts.show(transcript_id, story_views.withdrawing_message(*self._recall.told(transcript_id)))

    def _say_withdrawn(self, transcript_id: str) -> None:
        with self._store.session() as session:
            recording_id = session.get_one(Transcript, transcript_id).recording_id
        done, _ = self._recall.told(transcript_id)
        clip_link = self._elsewhere.clip_link(recording_id)
        self._drafts.show(transcript_id, story_views.withdrawn_message(done, clip_link=clip_link))

    def _withdraw_later(self, transcript_id: str) -> None:
        if self._again(transcript_id, Kind.WITHDRAW_AGAIN, State.WITHDRAWN):
            message = story_views.withdraw_later_message(*self._recall.told(transcript_id))
            self._drafts.show(transcript_id, message)

    # --- what is due ---

    def publish_again(self, due: Due) -> None:
        """Tries once more to share what its leader signed off."""
        self._start_again(due, State.APPROVED, self.start_publishing)

    def withdraw_again(self, due: Due) -> None:
        """Tries once more to pull back; this never gives up."""
        self._start_again(due, State.WITHDRAWN, self.start_withdrawing)

    def retell_again(self, due: Due) -> None:
        """Looks whether what is printed beside a story may still stand there."""
        self._start_again(due, State.PUBLISHED, self.start_retelling)

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
