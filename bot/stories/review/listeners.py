"""What a leader taps while looking at one line after the other: record it, and show the next."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View
from sqlmodel import Session

from bot.errors import Trouble
from bot.settings import Settings
from bot.slack.blocks import unpack
from bot.slack.calls import called
from bot.store.engine import Store
from bot.stories import windows
from bot.stories.clicks import Body, line_of, open_draft, ref_of
from bot.stories.drafting import Drafts
from bot.stories.elsewhere import Elsewhere
from bot.stories.errors import StillChanging
from bot.stories.ids import Act, Callback, LineRef
from bot.stories.models import Transcript
from bot.stories.review import sitting
from bot.stories.review import views as review_views
from bot.stories.review.looking import Choice, Sitting
from bot.stories.signing import service as signing
from bot.stories.signing import views as signing_views
from bot.stories.workflows import StoryWork
from bot.words import say

CHOICES = {
    Act.KEEP_LINE: Choice.KEEP,
    Act.HIDE_LINE: Choice.HIDE,
    Act.SOFTEN_LINE: Choice.SOFTEN,
    Act.PUT_LINE_BACK: Choice.PUT_BACK,
}
#: a window that the leader has closed meanwhile
CLOSED = frozenset({"not_found"})


class ReviewDesk:
    """The listeners of the window for looking through a draft, with what they need."""

    def __init__(
        self, *, store: Store, settings: Settings, work: StoryWork, drafts: Drafts, elsewhere: Elsewhere
    ) -> None:
        self._store, self._settings = store, settings
        self._work, self._drafts, self._elsewhere = work, drafts, elsewhere

    def register(self, app: App) -> None:
        """Puts these listeners on the app."""
        app.action(Act.REVIEW)(self.open)
        for act in CHOICES:
            app.action(act)(self.choose)
        app.action(Act.CHANGE_LINE)(self.open_change)
        app.view(Callback.CHANGE_LINE)(self.changed)
        app.action(Act.PLAY_LINE)(self.play)
        app.action(Act.ASK_FOR_EAR)(self.ask_for_ear)
        app.action(Act.LINE_BEFORE)(self.step)
        app.action(Act.LINE_BEHIND)(self.step)
        app.action(Act.APPROVE_LOOKED)(self.approve)
        app.view_closed(Callback.REVIEW)(self.closed)

    def open(self, ack: Ack, body: Body, client: WebClient) -> None:
        """The first line that wants an eye."""
        ack()
        view = self._view(body, ref_of(body).t, lambda session, transcript: _next(session, transcript, ""))
        client.views_open(trigger_id=body["trigger_id"], view=view)

    def choose(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A choice for a line; then the next one."""
        ack()
        choice = CHOICES[Act(body["actions"][0]["action_id"])]
        self._decide(body, client, line_of(body), choice, window=body["view"]["id"])

    def open_change(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A box with the line, on top."""
        ack()
        ref = line_of(body)

        def box(session: Session, transcript: Transcript) -> View:
            here = sitting.sit(session, transcript)
            line = here.line(ref.line)
            return review_views.change_modal(transcript, line, here.shown(line)) if line else _end(transcript, here)

        client.views_push(trigger_id=body["trigger_id"], view=self._view(body, ref.t, box))

    def changed(self, ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        """The line in other words; then the next one, in the window below."""
        ack()
        ref, typed = unpack(LineRef, view["private_metadata"]), review_views.TYPED.text(view)
        self._decide(body, client, ref, Choice.CHANGE, window=view["root_view_id"], typed=typed)

    def step(self, ack: Ack, body: Body, client: WebClient) -> None:
        """The line before, or the one behind, whatever was decided on it."""
        ack()
        ref = line_of(body)
        way = -1 if body["actions"][0]["action_id"] == Act.LINE_BEFORE else 1

        def beside(session: Session, transcript: Transcript) -> View:
            here = sitting.sit(session, transcript)
            line = here.beside(ref.line, way)
            return review_views.line_modal(transcript, here, line) if line else _end(transcript, here)

        _show(client, body["view"]["id"], self._view(body, ref.t, beside))

    def play(self, ack: Ack, body: Body, client: WebClient) -> None:
        """The stretch of the recording, in the leader's own chat for a while."""
        ack()
        ref = line_of(body)
        try:
            note = say("stories.playing" if self._played(body, ref) else "stories.play_gone")
        except Trouble as trouble:
            note = say("slack.trouble", sentence=trouble.sentence)
        _show(client, body["view"]["id"], self._view(body, ref.t, lambda s, t: _same(s, t, ref.line, note)))

    def ask_for_ear(self, ack: Ack, body: Body, client: WebClient) -> None:
        """The one named transcriber is asked to listen to the recording."""
        ack()
        ref = line_of(body)

        def asked(session: Session, transcript: Transcript) -> View:
            heard = self._elsewhere.ask_for_ear(session, transcript.id)
            return _same(session, transcript, ref.line, say("stories.ear_asked" if heard else "stories.no_ear"))

        _show(client, body["view"]["id"], self._view(body, ref.t, asked))

    def approve(self, ack: Ack, body: Body, client: WebClient) -> None:
        """From the end of the row to the question whether to share."""
        ack()
        window, waiting = body["view"]["id"], signing_views.waiting_modal()
        _show(client, window, waiting)  # before the work begins, as its answer must not be overwritten
        view = self._view(body, line_of(body).t, lambda s, t: self._on_to_signing(s, t, window) or waiting)
        if view is not waiting:
            _show(client, window, view)

    def _on_to_signing(self, session: Session, transcript: Transcript, window: str) -> View | None:
        """The question whether to share; None while what was decided is put in place: the window hears of it then."""
        if transcript.changing:
            raise StillChanging()
        if sitting.sit(session, transcript).undecided:  # what was chosen went with words that were changed meanwhile
            return _next(session, transcript, "")
        change = sitting.settle(session, transcript, window=window)
        if change is not None:
            self._work.start_change(session, change)
            return None
        asked = signing.asked(session, transcript, self._settings)
        return signing_views.signing_modal(signing.ref_of(transcript, asked), asked)

    def closed(self, ack: Ack, body: Body) -> None:
        """The window was closed: what was decided so far is put in place, and the first page counts what is left."""
        ack()
        ref = unpack(LineRef, body["view"]["private_metadata"])
        try:
            with self._store.session() as session:
                transcript, _ = open_draft(session, body, ref.t, self._settings)
                change = sitting.settle(session, transcript)
                if change is not None:
                    self._work.start_change(session, change)
        except Trouble:
            return  # decided or taken back meanwhile, which the message says
        self._drafts.refresh(ref.t)

    def _decide(
        self, body: Body, client: WebClient, ref: LineRef, choice: Choice, *, window: str, typed: str = ""
    ) -> None:
        def following(session: Session, transcript: Transcript) -> View:
            sitting.decide(session, transcript, line_id=ref.line, choice=choice, typed=typed)
            return _next(session, transcript, ref.line)

        _show(client, window, self._view(body, ref.t, following))

    def _played(self, body: Body, ref: LineRef) -> bool:
        with self._store.session() as session:
            transcript, leader = open_draft(session, body, ref.t, self._settings)
            line = sitting.sit(session, transcript).line(ref.line)
        if line is None or line.start is None or line.end is None:
            return False
        return self._elsewhere.play(transcript.recording_id, line.start, line.end, leader.slack_id)

    def _view(self, body: Body, transcript_id: str, made: Callable[[Session, Transcript], View]) -> View:
        """A view of the leader's own draft, made in one transaction; a sentence where that can't be."""
        try:
            with self._store.session() as session:
                transcript, _ = open_draft(session, body, transcript_id, self._settings)
                return made(session, transcript)
        except Trouble as trouble:
            return windows.trouble_modal(trouble)


def _next(session: Session, transcript: Transcript, line_id: str) -> View:
    """The next line that wants an eye, or the end of the row."""
    here = sitting.sit(session, transcript)
    line = here.after(line_id)
    return review_views.line_modal(transcript, here, line) if line else _end(transcript, here)


def _same(session: Session, transcript: Transcript, line_id: str, note: str) -> View:
    """The same line once more, with a note on top."""
    here = sitting.sit(session, transcript)
    line = here.line(line_id)
    return review_views.line_modal(transcript, here, line, note=note) if line else _end(transcript, here)


def _end(transcript: Transcript, here: Sitting) -> View:
    return review_views.all_looked_modal(transcript, here)


def _show(client: WebClient, window: str, view: View) -> Any:
    return called(client, "views_update", forgiving=CLOSED, view_id=window, view=view.to_dict())
