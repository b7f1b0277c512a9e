"""A few coarse facts beside a story: never more than enough people share, one line a person, only ever coarser."""

import json
from datetime import timedelta

import pytest

from bot.people.bands import AgeBand, Gender, Profession
from bot.people.models import Member, Scope
from bot.store.engine import Store
from bot.stories.ids import Ref
from bot.stories.models import Transcript
from bot.stories.sharing import tag_lines
from bot.stories.signing import service as signing
from bot.stories.signing.views import short_confirmation, signing_modal
from tests.still_clock import StillClock
from tests.stories.village_of_twelve import EVERYTHING, SETTINGS, Twelve


def current(store: Store, transcript_id: str) -> str:
    with store.session() as session:
        return tag_lines.current(session, session.get_one(Transcript, transcript_id), SETTINGS)


@pytest.fixture
def twelve(store: Store, clock: StillClock) -> Twelve:
    """Twelve members, five of whom were heard."""
    found = Twelve(store, clock)
    for n in range(1, 6):
        found.tells(n)
    return found


def test_what_enough_members_share_is_printed_in_the_programmes_words(store: Store, twelve: Twelve) -> None:
    assert current(store, twelve.tells(0)) == "female, rural, under 40, GP"


def test_a_draft_shows_what_it_would_be(store: Store, twelve: Twelve) -> None:
    assert current(store, twelve.drafts(0)) == "female, rural, under 40, GP"


def test_nothing_is_printed_without_permission(store: Store, twelve: Twelve) -> None:
    story = twelve.tells(0)
    twelve.permits(0, EVERYTHING - {Scope.TAG_LINE})
    assert current(store, story) == ""


def test_whoever_is_asked_for_permission_sees_first_what_they_would_permit(store: Store, twelve: Twelve) -> None:
    draft = twelve.drafts(0)
    for given in (EVERYTHING - {Scope.TAG_LINE}, EVERYTHING):
        twelve.permits(0, given)
        with store.session() as session:
            asked = signing.asked(session, session.get_one(Transcript, draft), SETTINGS)
        may = Scope.TAG_LINE in given
        window = json.dumps(signing_modal(Ref(draft, 1), asked).to_dict())
        assert "female, rural, under 40, GP" in window and ("If you tick" in window) is not may
        assert asked.mark.endswith(";female, rural, under 40, GP") is may
        confirmation = short_confirmation(asked)
        assert confirmation is not None and ("rural" in str(confirmation.to_dict())) is may


def test_nothing_is_printed_before_five_were_heard(store: Store, clock: StillClock) -> None:
    twelve = Twelve(store, clock)
    for n in range(1, 4):
        twelve.tells(n)
    assert current(store, twelve.drafts(0)) == ""
    twelve.tells(4)
    assert current(store, twelve.drafts(0)) != ""


@pytest.mark.parametrize(
    ("special", "line"),
    [
        ({"age_band": AgeBand.FROM_55}, "female, rural, GP"),
        ({"gender": Gender.MAN}, "rural, GP"),
        ({"profession": Profession.DENTIST}, "rural, primary care leader"),
        ({"age_band": AgeBand.NOT_SAID}, "female, rural, GP"),
    ],
)
def test_what_is_rare_is_dropped_down_the_lattice(store: Store, clock: StillClock, special: dict, line: str) -> None:  # type: ignore[type-arg]
    twelve = Twelve(store, clock, **special)
    for n in range(1, 6):
        twelve.tells(n)
    assert current(store, twelve.tells(0)) == line


def test_once_coarse_it_stays_coarse(store: Store, twelve: Twelve, clock: StillClock) -> None:
    twelve.change(0, age_band=AgeBand.FROM_55)
    story = twelve.tells(0)
    assert current(store, story) == "female, rural, GP"
    twelve.change(0)  # under 40 again, as all the others
    clock.now += timedelta(days=1)
    assert current(store, story) == "female, rural, GP"
    assert current(store, twelve.tells(0, "Another.", "R-more")) == "female, rural, GP"


def test_a_draft_that_is_only_looked_at_coarsens_nothing(store: Store, twelve: Twelve) -> None:
    twelve.change(0, age_band=AgeBand.FROM_55)
    assert current(store, twelve.drafts(0)) == "female, rural, GP"
    twelve.change(0)
    assert current(store, twelve.tells(0, "Other words.", "R-more")) == "female, rural, under 40, GP"


def test_when_members_leave_it_is_coarsened_at_the_moment_of_use(
    store: Store, twelve: Twelve, clock: StillClock
) -> None:
    for n in range(8):
        twelve.change(n + 4, age_band=AgeBand.FROM_55)
    story = twelve.tells(0)
    assert current(store, story) == "female, rural, GP"
    with store.session() as session:
        for n in range(4, 12):
            session.get_one(Member, twelve.ids[n]).left_at = clock()
    assert current(store, story) == ""


def test_what_the_words_tell_counts_with_it(store: Store, twelve: Twelve) -> None:
    twelve.change(0, profession=Profession.DENTIST)
    assert current(store, twelve.tells(0, "I'm a dentist and I fix teeth.")) == ""
