"""The leader's yes: asked for once, with each permission where something changed; nothing else approves."""

from collections.abc import Callable

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import Trouble
from bot.people.models import Member, Scope
from bot.settings import Settings
from bot.slack.blocks import unpack
from bot.slack.calls import called
from bot.store.deliveries import first_time
from bot.store.engine import Store
from bot.stories import service, windows
from bot.stories.clicks import Body, open_version, ref_of
from bot.stories.drafting import Drafts
from bot.stories.errors import OldDraft
from bot.stories.ids import Act, Callback, Ref
from bot.stories.models import Transcript
from bot.stories.review import sitting
from bot.stories.signing import service as signing
from bot.stories.signing import views as signing_views
from bot.stories.workflows import StoryWork

ConsentWithdrawn = Callable[[Session, Member, frozenset[Scope]], None]


class SigningDesk:
    """The listeners of the decision to share; `on_consent_withdrawn` tells every room what was taken back."""

    def __init__(
        self,
        *,
        store: Store,
        settings: Settings,
        clock: Clock,
        work: StoryWork,
        drafts: Drafts,
        on_consent_withdrawn: ConsentWithdrawn,
    ) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._work, self._drafts, self._withdrawn = work, drafts, on_consent_withdrawn

    def register(self, app: App) -> None:
        """Puts these listeners on the app."""
        app.action(Act.APPROVE)(self.approve)
        app.view(Callback.CONSENT)(self.signed)

    def approve(self, ack: Ack, body: Body, client: WebClient) -> None:
        """Approve was pressed: shared if the short confirmation said it all, else asked in a window."""
        ack()
        ref, waits = ref_of(body), False
        try:
            with self._store.session() as session:
                transcript, _ = open_version(session, body, ref, self._settings)
                waits = any(decision.changes for decision in sitting.sit(session, transcript).looked.decisions)
                view = signing_views.waiting_modal() if waits else self._yes_or_question(session, transcript, ref)
        except Trouble as trouble:
            view = windows.trouble_modal(trouble)
            if isinstance(trouble, OldDraft):
                self._drafts.refresh(ref.t)
        if view is not None:
            opened = client.views_open(trigger_id=body["trigger_id"], view=view)
            if waits:
                self._put_in_place(body, client, ref, opened["view"]["id"])

    def _yes_or_question(self, session: Session, transcript: Transcript, ref: Ref) -> View | None:
        sitting.settle(session, transcript)  # what was only kept needs no putting in place
        asked = signing.asked(session, transcript, self._settings)
        if asked.again or ref.w != asked.mark:
            return signing_views.signing_modal(signing.ref_of(transcript, asked), asked)
        self._share(session, transcript)
        return None

    def _put_in_place(self, body: Body, client: WebClient, ref: Ref, window: str) -> None:
        """What was decided line by line and not yet carried out; the window goes on to the question then."""
        try:
            with self._store.session() as session:
                transcript, _ = open_version(session, body, ref, self._settings)
                change = sitting.settle(session, transcript, window=window)
                if change is not None:
                    self._work.start_change(session, change)
        except Trouble as trouble:
            called(client, "views_update", view_id=window, view=windows.trouble_modal(trouble).to_dict())

    def signed(self, ack: Ack, body: Body, view: Body) -> None:
        """The permissions as they were left ticked: recorded, each; and the words shared if sharing is among them."""
        ref, given = unpack(Ref, view["private_metadata"]), signing_views.ticked(view)
        try:
            with self._store.session() as session:
                if not first_time(session, workspace=body["team"]["id"], key=f"view:{view['id']}"):
                    ack()
                    return
                transcript, leader = open_version(session, body, ref, self._settings)
                self._record(session, leader, given, ref)
                if Scope.SHARE in given:
                    self._share(session, transcript)
        except Trouble as trouble:
            ack(response_action="update", view=windows.trouble_modal(trouble))
            return
        if Scope.SHARE in given:
            ack()
            return
        ack(response_action="update", view=signing_views.nothing_shared_modal())
        self._drafts.refresh(ref.t)

    def _record(self, session: Session, leader: Member, given: frozenset[Scope], ref: Ref) -> None:
        version = ref.w.split(";")[0]
        changed = signing.answer(session, leader, given=given, version=version, now=self._clock())
        if changed.withdrawn:
            self._withdrawn(session, leader, changed.withdrawn)

    def _share(self, session: Session, transcript: Transcript) -> None:
        service.approve(session, transcript, now=self._clock())
        self._work.start_publishing(session, transcript)
