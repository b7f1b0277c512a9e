"""What a leader clicks and types about their own words: acknowledge, check, record, answer."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import Trouble
from bot.people import service as people
from bot.people.models import Member, Scope
from bot.roles import Action, Role, may
from bot.schedule.working_time import working_days_ago
from bot.settings import Settings
from bot.slack.blocks import unpack
from bot.store.deliveries import first_time
from bot.store.engine import Store
from bot.stories import changes, service, views, windows
from bot.stories.clicks import Body, open_draft, open_version, ref_of, whose
from bot.stories.drafting import Drafts
from bot.stories.errors import NothingLeft, NotInDraft, OldDraft
from bot.stories.ids import Act, Callback, Ref
from bot.stories.models import Transcript
from bot.stories.review import sitting
from bot.stories.windows import BACK, PHRASE
from bot.stories.workflows import StoryWork
from bot.words import plain


class StoryDesk:
    """The listeners of this room, with what they need."""

    def __init__(self, *, store: Store, settings: Settings, clock: Clock, work: StoryWork, drafts: Drafts) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._work, self._drafts = work, drafts

    def register(self, app: App) -> None:
        """Puts every listener of the room on the app."""
        for number in range(2):
            app.action(f"{Act.PAGE}.{number}")(self.turn_page)
        app.action(Act.READ_ALL)(self.turn_page)
        app.action(Act.FIRST_PAGE)(self.to_first_page)
        app.action(Act.EDIT)(self.open_edit)
        app.action(Act.HIDE)(self.open_hide)
        app.action(Act.SHOW_HIDDEN)(self.open_shown)
        app.action(Act.PUT_BACK)(self.open_put_back)
        app.action(Act.WITHDRAW)(self.withdraw)
        app.action(Act.CLIP)(_only_ack)
        app.action(Act.CLIP_HOW)(self.show_clip_how)
        app.view(Callback.EDIT)(self.edited)
        app.view(Callback.HIDE)(self.hidden)
        app.view(Callback.PUT_BACK)(self.put_back)

    # --- opening windows ---

    def turn_page(self, ack: Ack, body: Body) -> None:
        """A page of the full text, in place."""
        ack()
        self._turn(body, ref_of(body).p)

    def to_first_page(self, ack: Ack, body: Body) -> None:
        """Back to what is shown first."""
        ack()
        self._turn(body, None)

    def _turn(self, body: Body, page: int | None) -> None:
        with suppress(Trouble), self._store.session() as session:  # of a draft that was decided the message says so
            transcript, _ = open_draft(session, body, ref_of(body).t, self._settings)
            sitting.turn_to(transcript, page)
        self._drafts.refresh(ref_of(body).t)

    def open_edit(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A box for each paragraph of the page."""
        ack()
        self._open(body, client, lambda session, transcript, ref: windows.edit_modal(ref, service.draft_of(transcript)))

    def open_hide(self, ack: Ack, body: Body, client: WebClient) -> None:
        """A box for a phrase."""
        ack()
        self._open(body, client, lambda session, transcript, ref: windows.hide_modal(ref))

    def open_shown(self, ack: Ack, body: Body, client: WebClient) -> None:
        """What was hidden, in a window and nowhere else."""
        ack()
        self._open(body, client, _shown)

    def open_put_back(self, ack: Ack, body: Body, client: WebClient) -> None:
        """What may be put back."""
        ack()

        def modal(session: Session, transcript: Transcript, ref: Ref) -> View:
            leader = people.get(session, workspace=transcript.workspace, member_id=transcript.member_id)
            return windows.put_back_modal(ref, service.log_of(session, transcript), service.self_of(leader))

        self._open(body, client, modal)

    def show_clip_how(self, ack: Ack, body: Body, client: WebClient) -> None:
        """How to delete a clip."""
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=windows.clip_how_modal())

    def _open(self, body: Body, client: WebClient, modal: Callable[[Session, Transcript, Ref], View]) -> None:
        """Opens a window on the newest version; from an older one, says so and brings the message up to date."""
        ref = ref_of(body)
        try:
            with self._store.session() as session:
                transcript, _ = open_version(session, body, ref, self._settings)
                view = modal(session, transcript, ref)
        except Trouble as trouble:
            client.views_open(trigger_id=body["trigger_id"], view=windows.trouble_modal(trouble))
            if isinstance(trouble, OldDraft):
                self._drafts.refresh(ref.t)
            return
        client.views_open(trigger_id=body["trigger_id"], view=view)

    # --- what comes back from windows ---

    def edited(self, ack: Ack, body: Body, view: Body) -> None:
        """New texts for paragraphs."""
        typed = {int(block): answer["answer"].get("value") or "" for block, answer in view["state"]["values"].items()}
        self._submit(
            ack, body, view, lambda s, t: changes.ask_to_edit(s, t, typed=typed), at=next(iter(view["state"]["values"]))
        )

    def hidden(self, ack: Ack, body: Body, view: Body) -> None:
        """A phrase to hide."""
        phrase = PHRASE.text(view)
        self._submit(ack, body, view, lambda s, t: changes.ask_to_hide(s, t, phrase=phrase), at=PHRASE.block)

    def put_back(self, ack: Ack, body: Body, view: Body) -> None:
        """What to un-hide."""
        answers = (a["answer"] for block, a in view["state"]["values"].items() if block.startswith(BACK))
        entities = [option["value"] for answer in answers for option in answer.get("selected_options") or []]
        self._submit(ack, body, view, lambda s, t: changes.ask_to_put_back(s, t, entities=entities), at="")

    def _submit(self, ack: Ack, body: Body, view: Body, ask: Callable[[Session, Transcript], Any], *, at: str) -> None:
        """Records a change and starts it, once a window, however often it is sent in."""
        ref = unpack(Ref, view["private_metadata"])
        change = None
        try:
            with self._store.session() as session:
                if not first_time(session, workspace=body["team"]["id"], key=f"view:{view['id']}"):
                    ack()
                    return
                transcript, _ = open_version(session, body, ref, self._settings)
                change = ask(session, transcript)
                if change is not None:
                    self._work.start_change(session, change)
        except NotInDraft:
            ack(response_action="errors", errors={at: plain("stories.hide_not_found")})
            return
        except NothingLeft:
            ack(response_action="errors", errors={at: plain("stories.nothing_left")})
            return
        except Trouble as trouble:
            ack(response_action="update", view=windows.trouble_modal(trouble))
            return
        ack()
        if change is not None:
            self._drafts.refresh(ref.t)

    # --- the decision ---

    def withdraw(self, ack: Ack, body: Body) -> None:
        """The leader's no, before or after sharing."""
        ack()
        ref = ref_of(body)
        with self._store.session() as session:
            transcript, leader = service.open_own(session, **whose(body), transcript_id=ref.t)
            if not service.withdraw(session, transcript, by=leader.id, now=self._clock()):
                return
            self._work.start_withdrawing(session, transcript)

    # --- what other rooms ask of this one ---

    def on_consent_withdrawn(self, session: Session, leader: Member, scopes: frozenset[Scope]) -> None:
        """Permission to share was taken back: so is everything that was shared; without permission for the few facts
        beside it, they go (rule 2)."""
        if not scopes & {Scope.SHARE, Scope.TAG_LINE}:
            return
        for transcript in service.shared_by(session, workspace=leader.workspace, member_id=leader.id):
            if Scope.SHARE in scopes:
                service.withdraw(session, transcript, by=leader.id, now=self._clock())
                self._work.start_withdrawing(session, transcript)
            else:
                self._work.start_retelling(session, transcript)

    def home_section(self, session: Session, workspace: str, member: Member, roles: frozenset[Role]) -> list[Block]:
        """The part of the Home tab about words that wait or are shared."""
        own = service.own_transcripts(session, workspace=workspace, member_id=member.id)
        blocks = views.home_section(own)
        if may(roles, Action.SEE_WHAT_WAITS):
            long_ago = working_days_ago(self._clock(), service.LAST_REMINDER_DAYS)
            blocks += views.waits_section(service.waiting_since(session, workspace=workspace, before=long_ago))
        return blocks


def _shown(session: Session, transcript: Transcript, ref: Ref) -> View:
    log = service.log_of(session, transcript)
    return windows.shown_modal(ref, log, deleted=not service.keeps_log(session, transcript))


def _only_ack(ack: Ack) -> None:
    ack()
