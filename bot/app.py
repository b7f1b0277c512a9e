"""The composition root: settings -> store -> engines -> Slack listeners -> schedule -> workers."""

import logging
from contextlib import suppress
from types import TracebackType

from slack_bolt.adapter.socket_mode import SocketModeHandler
from sqlmodel import Session

from bot.clock import Clock, system_clock
from bot.desk.listeners import TranscriberDesk
from bot.desk.workflows import DeskWork
from bot.engine_room import EngineRoom
from bot.errors import Trouble
from bot.interviews.facts import Facts
from bot.interviews.listeners import VoiceDesk
from bot.interviews.playback import Playback
from bot.interviews.two_voices import TwoVoices
from bot.interviews.workflows import RecordingWork
from bot.jobs import Jobs
from bot.people import home
from bot.people import listeners as people
from bot.people.models import Member, Scope
from bot.schedule.models import Kind
from bot.schedule.ticks import Handler, Ticker
from bot.settings import Settings
from bot.slack.app import NoTokens, connect, make_app, make_client
from bot.slack.download import Downloader
from bot.slack.gateway import Gateway
from bot.slack.uploads import Uploads
from bot.store.base import new_id
from bot.store.blobs import BlobStore
from bot.store.engine import Store
from bot.store.lock import OnlyOne
from bot.store.migrate import upgrade
from bot.stories.drafting import Drafts
from bot.stories.elsewhere import Elsewhere, PullBack
from bot.stories.listeners import StoryDesk
from bot.stories.review.listeners import ReviewDesk
from bot.stories.sharing import tag_lines
from bot.stories.sharing.exports import Exports
from bot.stories.sharing.publishing import Publisher
from bot.stories.signing.listeners import SigningDesk
from bot.stories.workflows import StoryWork

log = logging.getLogger("collaborate")


class Bot:
    """The whole program, put together. `start` returns once Slack is connected; `stop` leaves nothing half done."""

    def __init__(self, settings: Settings, *, clock: Clock = system_clock, engines: EngineRoom | None = None) -> None:
        if settings.slack_bot_token is None or settings.slack_app_token is None:
            raise NoTokens()
        client = make_client(settings)
        self.app = make_app(client)  # first, as a wrong token should leave nothing behind
        self._only_one = OnlyOne(settings.data_dir)
        self.settings, self.clock = settings, clock
        self.store = Store.open(settings)
        self.blobs = BlobStore(settings.data_dir / "audio", self.store.keyring)
        upgrade(self.store)
        self.engines = engines or EngineRoom(settings)
        self._own_engines = engines is None
        self.gateway = Gateway(client, self.store, clock)
        queues = {"recordings": settings.engine_processes, "quick": 8}
        self.jobs = Jobs(self.store, executor_id=executor_id(settings), queues=queues)
        self._put_together(settings.slack_bot_token.get_secret_value())
        self._socket = SocketModeHandler(
            self.app, settings.slack_app_token.get_secret_value(), web_client=client, ping_interval=5, concurrency=20
        )

    def _put_together(self, token: str) -> None:
        """Rooms from left to right; what one needs of a room to its right is handed in."""
        self._hire_workers(token)
        self._hire_tellers()
        self.ticker = Ticker(self.store, self.jobs, self.clock, self._what_is_due())
        self._open_desks()

    def _hire_workers(self, token: str) -> None:
        """What works on words and recordings until there is a draft."""
        store, settings, clock, jobs = self.store, self.settings, self.clock, self.jobs
        downloader = Downloader(token=token, api_url=settings.slack_api_url, max_megabytes=settings.max_audio_mb)
        self._drafts = Drafts(store=store, engines=self.engines, gateway=self.gateway, settings=settings, clock=clock)
        uploads = Uploads(self.app.client, downloader)
        self._raw_work = DeskWork(
            store=store, jobs=jobs, engines=self.engines, drafts=self._drafts, settings=settings, clock=clock
        )
        self._drafts.add_notes(self._raw_work.notes)
        self._playback = Playback(store=store, uploads=uploads, gateway=self.gateway, blobs=self.blobs, clock=clock)
        self._playback.allow(self._raw_work.may_hear)
        self._voices = TwoVoices(
            store=store, jobs=jobs, gateway=self.gateway, play=self._playback.play, settings=settings, clock=clock
        )
        self._recordings = RecordingWork(
            store=store,
            jobs=jobs,
            engines=self.engines,
            gateway=self.gateway,
            downloader=downloader,
            blobs=self.blobs,
            drafts=self._drafts,
            voices=self._voices,
            settings=settings,
            clock=clock,
        )

    def _hire_tellers(self) -> None:
        """What puts stories out, and takes them back from every room that registers."""
        store, settings, clock, jobs = self.store, self.settings, self.clock, self.jobs
        self._exports = Exports(store, clock)
        self._publisher = Publisher(
            store=store,
            gateway=self.gateway,
            settings=settings,
            clock=clock,
            tag_line=lambda session, transcript: tag_lines.current(session, transcript, settings),
        )
        facts = Facts(store)
        self._drafts.add_notes(facts.notes)
        self._elsewhere = Elsewhere(
            pull_back=(
                PullBack("stretches", self._playback.pull_back, self._playback.recalls),
                PullBack("recording", self._recordings.pull_back, facts.recalls),
                PullBack("desk", self._raw_work.pull_back),
            ),
            forget_raw=self._recordings.forget_raw,
            clip_link=facts.clip_link,
            play=self._playback.play,
            ask_for_ear=self._raw_work.ask_for_ear,
        )
        self._stories = StoryWork(
            store=store,
            jobs=jobs,
            settings=settings,
            clock=clock,
            drafts=self._drafts,
            publisher=self._publisher,
            exports=self._exports,
            elsewhere=self._elsewhere,
        )
        self.pulled_back = self._stories.pulled_back

    def _what_is_due(self) -> dict[Kind, Handler]:
        """Who is asked when a due row's time has come."""
        return {
            Kind.FETCH_AGAIN: self._recordings.fetch_again,
            Kind.FAILED_DELETION: self._recordings.give_up,
            Kind.DRAFT_REMINDER: self._drafts.remind,
            Kind.DRAFT_LAST_REMINDER: self._drafts.remind,
            Kind.SNIPPET_DELETION: self._playback.clear,
            Kind.VOICES_REMINDER: self._voices.remind,
            Kind.VOICES_LAST_REMINDER: self._voices.remind,
            Kind.DRAFT_CLEARING: self._voices.clear_again,
            Kind.RAW_DELETION: self._stories.delete_raw,
            Kind.PUBLISH_AGAIN: self._stories.publish_again,
            Kind.WITHDRAW_AGAIN: self._stories.withdraw_again,
            Kind.RETELL: self._stories.retell_again,
            Kind.DESK_CLOSES: self._raw_work.close_due,
            Kind.DESK_CATCHES_UP: self._raw_work.catch_up,
        }

    def _open_desks(self) -> None:
        """Who listens to Slack."""
        store, settings, clock = self.store, self.settings, self.clock
        desk = StoryDesk(store=store, settings=settings, clock=clock, work=self._stories, drafts=self._drafts)
        voice = VoiceDesk(
            store=store,
            settings=settings,
            clock=clock,
            work=self._recordings,
            voices=self._voices,
            story_work=self._stories,
        )
        voice.register(self.app)
        desk.register(self.app)

        def withdrawn(session: Session, leader: Member, scopes: frozenset[Scope]) -> None:
            voice.on_consent_withdrawn(session, leader, scopes)
            desk.on_consent_withdrawn(session, leader, scopes)

        review = ReviewDesk(
            store=store, settings=settings, work=self._stories, drafts=self._drafts, elsewhere=self._elsewhere
        )
        signing = SigningDesk(
            store=store,
            settings=settings,
            clock=clock,
            work=self._stories,
            drafts=self._drafts,
            on_consent_withdrawn=withdrawn,
        )
        review.register(self.app)
        signing.register(self.app)
        raw_desk = TranscriberDesk(
            store=store,
            settings=settings,
            clock=clock,
            work=self._raw_work,
            playback=self._playback,
            show_home=lambda client, person: home.publish(client, house, person),
        )
        raw_desk.register(self.app)
        house = people.House(
            store=store,
            settings=settings,
            clock=clock,
            on_consent_withdrawn=withdrawn,
            home_sections=(desk.home_section, raw_desk.home_section),
        )
        people.register(self.app, house)

    def start(self) -> None:
        """Takes up what was left, then listens to Slack."""
        with self.store.session() as session:
            self.blobs.sweep(session)
        self._publisher.set_in_order()
        self._exports.set_in_order()
        self.engines.warm_up()
        self.jobs.start()
        self.ticker.start()
        try:
            connect(self.app.client, self._socket)
        except Trouble:
            self.stop()
            raise
        log.info("ready")

    def stop(self) -> None:
        """Stops listening, then working; what is unfinished goes on at the next start."""
        self._disconnect()
        self.ticker.stop()
        self.jobs.interrupt()
        if self._own_engines:
            self.engines.close()
        self.jobs.stop()
        self.app.listener_runner.listener_executor.shutdown(wait=True)
        self.store.close()
        self._only_one.release()

    def _disconnect(self) -> None:
        """Takes nothing more, sees that what was taken gets its ack, and only then hangs up.

        Left to itself, slack_sdk hangs up first, and every answer still under way becomes an error in the log.
        """
        client = self._socket.client
        client.auto_reconnect_enabled, client.closed = False, True
        client.message_queue.put(None)  # wakes the thread that hands envelopes out, which then sees that it is over
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        client.message_workers.shutdown(wait=True)
        with suppress(AttributeError):  # slack_sdk's own thread may close the same socket at this moment
            self._socket.close()  # type: ignore[no-untyped-call]

    def __enter__(self) -> "Bot":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def executor_id(settings: Settings) -> str:
    """The name under which jobs are taken up again: the data folder's own, wherever it is moved (OnlyOne guards it)."""
    file = settings.data_dir / "executor.id"
    if not file.exists():
        file.write_text(new_id(), encoding="ascii")
    return file.read_text(encoding="ascii").strip()
