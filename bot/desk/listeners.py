"""What the transcriber clicks and types at the desk, and the leader's look at who opened their words.

Whatever arrives is asked at that moment: role, workspace, opening, time, consent. Somebody who may not gets a sentence,
and the audit log keeps that they tried.
"""

from collections.abc import Callable

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from sqlmodel import Session

from bot.clock import Clock
from bot.desk import service, views, windows
from bot.desk.clicks import Body, State, about, person, put, state, update, value, who, why
from bot.desk.errors import NothingLeft, PartMoved, SaidNothing, TimeOver
from bot.desk.ids import Act, Callback, PartRef, Ref
from bot.desk.raw import Part, stretches
from bot.desk.service import Work
from bot.desk.windows import TYPED, WORDS
from bot.desk.workflows import DeskWork
from bot.errors import Trouble
from bot.interviews.playback import Playback
from bot.people import service as people
from bot.people.house import Person
from bot.people.models import Member
from bot.roles import Action, NotAllowed, Role, may, require
from bot.settings import Settings
from bot.store.deliveries import first_time
from bot.store.engine import Store
from bot.words import Safe, plain, say


class TranscriberDesk:
    """The listeners of this room, with what they need. `show_home` brings somebody's Home up to date."""

    def __init__(
        self,
        *,
        store: Store,
        settings: Settings,
        clock: Clock,
        work: DeskWork,
        playback: Playback,
        show_home: Callable[[WebClient, Person], None],
    ) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._work, self._playback, self._show_home = work, playback, show_home

    def register(self, app: App) -> None:
        """Puts every listener of the room on the app."""
        for number in range(3):
            app.action(f"{Act.PAGE}.{number}")(self.turn_page)
        app.action(Act.OPEN)(self.ask_reason)
        app.action(Act.DONE)(self.done)
        app.action(Act.PLAY)(self.play)
        app.action(Act.CORRECT)(self.open_box)
        app.action(Act.WHY_OPENED)(self.show_why)
        app.view(Callback.REASON)(self.open_raw)
        app.view(Callback.CORRECT)(self.correct)

    # --- opening and leaving ---

    def ask_reason(self, ack: Ack, body: Body, client: WebClient) -> None:
        """What it is for; where it is open already, the words."""
        ack()
        self._answer(body, client, lambda session: self._reason_or_words(session, body))

    def open_raw(self, ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        """The reason was given: from now on it is open, for its time."""
        try:
            with self._store.session() as session:
                self._require(session, body)
                ref, reason = state(Ref, view["private_metadata"]), why(view)
                work = service.open_raw(
                    session,
                    **who(body),
                    transcript_id=ref.t,
                    why=reason,
                    words=WORDS.text(view),
                    settings=self._settings,
                    now=self._clock(),
                )
                self._work.start_telling(session, work.opening)
                opened = self._words(session, body, work)
        except SaidNothing:
            ack(response_action="errors", errors={WORDS.block: plain("desk.reason_missing")})
            return
        except Trouble as trouble:
            ack(response_action="update", view=self._refusal(body, trouble))
            return
        ack(response_action="update", view=opened)
        self._show_home(client, person(body))

    def turn_page(self, ack: Ack, body: Body, client: WebClient) -> None:
        """Another page of the words."""
        ack()

        def page(session: Session) -> View:
            work, ref = self._at_work(session, body, Ref)
            return self._words(session, body, work, page=ref.p)

        self._answer(body, client, page)

    def done(self, ack: Ack, body: Body, client: WebClient) -> None:
        """The transcriber is through before the time is."""
        ack()

        def close(session: Session) -> View:
            self._require(session, body)
            ref, whoever = state(Ref, value(body)), person(body)
            opening = service.standing_opening(session, transcript_id=ref.t, by=whoever.slack_id, now=self._clock())
            if opening is not None and opening.workspace == whoever.workspace:
                service.close(session, opening, now=self._clock(), how="done")
            return windows.done_modal()

        self._answer(body, client, close)
        self._show_home(client, person(body))

    # --- hearing and correcting ---

    def play(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A part of the recording, into the transcriber's own chat for a while."""
        ack()
        try:
            with self._store.session() as session:
                work, ref = self._at_work(session, body, PartRef)
                part = service.part_of(work, start=ref.s, end=ref.e)
                service.note_play(session, work)
        except Trouble as trouble:
            put(body, client, self._refusal(body, trouble))
            return
        note = say("desk.played" if self._played(work, part) else "desk.not_played")
        with self._store.session() as session:
            view = self._words(session, body, work, page=ref.p, note=note)
        put(body, client, view)

    def open_box(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A box with what was heard in a part, on top of the words."""
        ack()
        try:
            with self._store.session() as session:
                work, ref = self._at_work(session, body, PartRef)
                part = service.part_of(work, start=ref.s, end=ref.e)
        except Trouble as trouble:
            put(body, client, self._refusal(body, trouble))
            return
        client.views_push(trigger_id=body["trigger_id"], view=windows.correct_modal(ref, part.text))

    def correct(self, ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        """What is really said in a part. What can't be saved stays in its box, to be copied."""
        try:
            with self._store.session() as session:
                work, ref = self._at_work(session, body, PartRef, view["private_metadata"])
                if first_time(session, workspace=work.opening.workspace, key=f"view:{view['id']}"):
                    changed = service.save(session, work, start=ref.s, end=ref.e, typed=TYPED.text(view))
                    if changed:
                        self._work.start_correcting(session, work.transcript, key=view["id"])
                below = self._words(session, body, work, page=ref.p, note=say("desk.saved"))
        except (TimeOver, NothingLeft, PartMoved) as trouble:
            sentence = plain("desk.over_unsaved") if isinstance(trouble, TimeOver) else trouble.sentence
            ack(response_action="errors", errors={TYPED.block: sentence})
            return
        except Trouble as trouble:
            ack(response_action="update", view=self._refusal(body, trouble))
            return
        ack()
        update(client, view.get("previous_view_id"), below)

    def _played(self, work: Work, part: Part) -> bool:
        """Puts a part into the transcriber's chat, a long one in several stretches; False if that didn't work."""
        recording, by = work.recording.id, work.opening.by
        try:
            return all(
                self._playback.play(recording, *times, by, line=say("desk.stretch")) for times in stretches(part)
            )
        except Trouble:
            return False

    # --- Home, and the leader ---

    def home_section(self, session: Session, workspace: str, member: Member, roles: frozenset[Role]) -> list[Block]:
        """Who opened this member's words; and for the transcriber, what waits for their ear."""
        zone = member.time_zone or self._settings.time_zone
        openings = service.openings_for(session, workspace=workspace, member_id=member.id)
        blocks = views.openings_section(openings, time_zone=zone)
        if may(roles, Action.OPEN_RAW):
            now = self._clock()
            waiting = service.waiting(session, workspace=workspace, now=now, by=member.slack_id)
            blocks += views.desk_section(waiting, now=now, time_zone=zone)
        return blocks

    def show_why(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A leader looks up when and why their own words were opened."""
        ack()

        def window(session: Session) -> View:
            return windows.why_modal(service.own_openings(session, **who(body)), time_zone=self._zone(session, body))

        self._answer(body, client, window)

    # --- helpers ---

    def _answer(self, body: Body, client: WebClient, make: Callable[[Session], View]) -> None:
        """Shows what `make` gives, or why it may not be: in the window where it was clicked, or in a new one."""
        try:
            with self._store.session() as session:
                view = make(session)
        except Trouble as trouble:
            view = self._refusal(body, trouble)
        put(body, client, view)

    def _reason_or_words(self, session: Session, body: Body) -> View:
        self._require(session, body)
        ref, whoever, now = state(Ref, value(body)), person(body), self._clock()
        transcript, _ = service.openable(session, workspace=whoever.workspace, transcript_id=ref.t)
        standing = service.standing_opening(session, transcript_id=transcript.id, by=whoever.slack_id, now=now)
        if standing is None:
            asked = service.was_asked(session, transcript_id=transcript.id)
            return windows.reason_modal(Ref(transcript.id), minutes=self._settings.desk_minutes, asked=asked)
        work = service.at_work(session, **who(body), opening_id=standing.id, settings=self._settings, now=now)
        return self._words(session, body, work)

    def _at_work(
        self, session: Session, body: Body, kind: type[State], carried: str | None = None
    ) -> tuple[Work, State]:
        self._require(session, body)
        ref = state(kind, value(body) if carried is None else carried)
        return service.at_work(session, **who(body), opening_id=ref.o, settings=self._settings, now=self._clock()), ref

    def _words(self, session: Session, body: Body, work: Work, *, page: int = 0, note: Safe | None = None) -> View:
        ref = Ref(work.transcript.id, work.opening.id, page)
        zone = self._zone(session, body)
        return windows.raw_modal(ref, work.parts, until=work.opening.until, time_zone=zone, note=note)

    def _require(self, session: Session, body: Body) -> None:
        require(people.roles_of(session, **who(body), settings=self._settings), Action.OPEN_RAW)

    def _refusal(self, body: Body, trouble: Trouble) -> View:
        """The window that says so. That somebody who may not tried is kept."""
        if isinstance(trouble, NotAllowed):
            with self._store.session() as session:
                service.refused(session, **who(body), about=about(body))
        if isinstance(trouble, TimeOver):
            return windows.over_modal(str(trouble.facts["transcript"]))
        return windows.trouble_modal(trouble)

    def _zone(self, session: Session, body: Body) -> str:
        member = people.find(session, **who(body))
        return (member.time_zone if member else "") or self._settings.time_zone
