"""The one question before any words are shown, for every state, permission and membership."""

from datetime import UTC, datetime
from itertools import product

import pytest

from bot.people import service as people
from bot.people.bands import Profile
from bot.people.models import Member, Scope
from bot.store.engine import Store
from bot.stories import service
from bot.stories.errors import AlreadyDecided, NothingThere, NotYours, OldDraft, StillChanging
from bot.stories.models import Draft, Log, Paragraph, State, Transcript

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def kept(store: Store, *, state: State, permits: bool, has_left: bool, changing: bool = False) -> Transcript:
    """A transcript of a member who stands so."""
    with store.session() as session:
        scopes = [Scope.SHARE] if permits else [Scope.RECORD]
        facts = {"name": "Amina", "profile": Profile(), "now": NOW}
        member = people.join(session, workspace="T1", slack_id="U1", consents=scopes, **facts)
        session.flush()
        session.get_one(Member, member.id).left_at = NOW if has_left else None
        where = {"workspace": "T1", "member_id": member.id, "recording_id": "R1"}
        transcript = service.new_draft(session, **where, draft=Draft((Paragraph("Words."),)), log=Log(), now=NOW)
        transcript.state, transcript.changing = state, changing
        return transcript


@pytest.mark.parametrize(("state", "permits", "has_left"), list(product(State, (True, False), (True, False))))
def test_only_what_is_signed_off_by_a_member_who_permits_it_may_be_shown(
    store: Store, state: State, permits: bool, has_left: bool
) -> None:
    transcript = kept(store, state=state, permits=permits, has_left=has_left)
    with store.session() as session:
        may = service.may_share(session, workspace="T1", transcript_id=transcript.id)
        assert may is (state in (State.APPROVED, State.PUBLISHED) and permits and not has_left)
        assert not service.may_share(session, workspace="T2", transcript_id=transcript.id)
        assert not service.may_share(session, workspace="T1", transcript_id="nothing")


@pytest.mark.parametrize(
    ("facts", "asked", "refusal"),
    [
        ({"state": State.DRAFT}, {"slack_id": "U2"}, NotYours),
        ({"state": State.DRAFT}, {"workspace": "T2"}, NothingThere),
        ({"state": State.DRAFT}, {"version": 2}, OldDraft),
        ({"state": State.DRAFT, "changing": True}, {}, StillChanging),
        ({"state": State.APPROVED}, {}, AlreadyDecided),
        ({"state": State.PUBLISHED}, {}, AlreadyDecided),
        ({"state": State.WITHDRAWN}, {}, NothingThere),
    ],
)
def test_only_the_newest_draft_at_rest_is_open_and_to_its_leader_alone(
    store: Store,
    facts: dict,
    asked: dict,
    refusal: type[Exception],  # type: ignore[type-arg]
) -> None:
    transcript = kept(store, permits=True, has_left=False, **facts)
    wanted = {"workspace": "T1", "slack_id": "U1", "transcript_id": transcript.id, "version": 1}
    with store.session() as session, pytest.raises(refusal):
        service.open_version(session, **(wanted | asked))
