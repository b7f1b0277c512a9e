"""What a draft is judged against, and how a risk is said."""

import pytest

from bot.anonymise.risk.assess import assess
from bot.anonymise.risk.models import Risk, RiskKind
from bot.people.bands import Profession
from bot.people.models import Member
from bot.store.engine import Store
from bot.stories import risks
from bot.stories.models import Transcript
from bot.stories.risk_report import report, workspaces
from tests.still_clock import StillClock
from tests.stories.village_of_twelve import EVERYTHING, SETTINGS, Twelve


def facing(store: Store, transcript_id: str) -> risks.Facing:
    with store.session() as session:
        return risks.facing(session, session.get_one(Transcript, transcript_id), SETTINGS)


def test_a_draft_faces_those_who_are_members_now_and_the_stories_that_are_out_but_itself(
    store: Store, clock: StillClock
) -> None:
    twelve = Twelve(store, clock, profession=Profession.OPTOMETRIST)
    own = twelve.tells(0, "An earlier one.")
    twelve.tells(1, "Another's.")
    twelve.tells(2, "Not permitted any more.")
    twelve.permits(2, EVERYTHING - {*EVERYTHING})
    draft = twelve.drafts(0, "I'm an optometrist.", "R-new")
    with store.session() as session:
        session.get_one(Member, twelve.ids[11]).left_at = clock()
    found = facing(store, draft)
    assert found.speaker == twelve.ids[0]
    assert {row["id"] for row in found.members} == set(twelve.ids[:11])
    assert {(story.text, story.speaker) for story in found.published} == {
        ("An earlier one.", twelve.ids[0]),
        ("Another's.", twelve.ids[1]),
    }
    assert own and next(row for row in found.members if row["id"] == twelve.ids[0])["profession"] == "optometrist"


def test_what_it_faces_is_what_assessing_takes(store: Store, clock: StillClock) -> None:
    twelve = Twelve(store, clock, profession=Profession.OPTOMETRIST)
    found = facing(store, twelve.drafts(0))
    (risk,) = assess(
        ["I'm an optometrist."], speaker=found.speaker, members=found.members, published=found.published
    ).risks
    assert risk.phrase == "an optometrist"
    assert "primary care leader" in risks.in_words(risk)


@pytest.mark.parametrize("kind", list(RiskKind))
def test_a_risk_is_said_in_plain_words_and_without_any_figure(kind: RiskKind) -> None:
    said = risks.in_words(Risk(kind, 0, "on the <board>", 3, ("practice manager", "rural"), "in the room"))
    assert "on the &lt;board&gt;" in said and "in the room" in said
    assert not any(character.isdigit() for character in said)


def test_without_softer_words_none_are_offered() -> None:
    assert "You could" not in risks.in_words(Risk(RiskKind.LINKAGE, 0, "as herons do"))


def test_the_report_over_all_stories_names_ids_only(store: Store, clock: StillClock) -> None:
    twelve = Twelve(store, clock)
    for n in range(4):
        twelve.tells(n, f"We waited, as herons do, all of week {n}.")
    twelve.tells(0, "Standing as herons do, I thought again.", "R-more")
    with store.session() as session:
        assert workspaces(session) == ["T1"]
        found = report(session, workspace="T1", settings=SETTINGS)
    assert found["k"] == 5 and found["tag_lines"] == {}
    assert found["style"]["stories"] == 2 and found["style"]["speakers"] == 4  # type: ignore[index]
    assert "heron" not in str(found) and "Member" not in str(found)
