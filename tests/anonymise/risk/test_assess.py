"""Risks before sign-off: singling out, the insider, the roster, linkage, and the tag line that may stand beside."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.anonymise.risk.assess import assess, line_beside
from bot.anonymise.risk.models import Assessment, Published, Risk, RiskKind
from bot.anonymise.risk.rehearsal import Intruder
from tests.bench.risk.community import community


def twenty(**special: str) -> list[dict[str, str]]:
    """Twenty GPs of a town, the first of whom is special."""
    plain = {"profession": "GP", "setting": "urban", "gender": "woman", "age_band": "40 to 54", "region": "Midlands"}
    return [{"id": f"m{n}", **plain, **(special if n == 0 else {})} for n in range(20)]


def kinds(found: Assessment) -> list[RiskKind]:
    return [risk.kind for risk in found.risks]


def test_a_fact_that_fits_one_member_is_a_risk_with_softer_words() -> None:
    members = twenty(profession="practice manager")
    found = assess(["I'm a practice manager.", "It was a good year."], speaker="m0", members=members)
    (risk,) = found.risks
    assert (risk.kind, risk.place, risk.phrase) == (RiskKind.SINGLING_OUT, 0, "a practice manager")
    assert (risk.people, risk.fits, risk.softer) == (1, ("practice manager",), "a primary care leader")


def test_what_many_share_is_none() -> None:
    assert assess(["I'm a GP in the inner city."], speaker="m3", members=twenty()).risks == ()


def test_only_the_fewest_phrases_are_shown() -> None:
    members = [*twenty(setting="coastal")]
    text = "I'm a GP and I can smell the sea from my desk."
    found = assess([text], speaker="m0", members=members)
    assert [risk.phrase for risk in found.risks] == ["the sea"]


def test_with_a_region_eight_must_fit() -> None:
    members = [{"id": f"m{n}", "region": "Wales" if n < 6 else "London", "gender": "woman"} for n in range(30)]
    assert RiskKind.SINGLING_OUT in kinds(assess(["Here in Wales it rains."], speaker="m0", members=members))
    more = [{**row, "region": "Wales"} if n < 8 else row for n, row in enumerate(members)]
    assert assess(["Here in Wales it rains."], speaker="m0", members=more).risks == ()


def test_a_misread_clue_singles_nobody_out() -> None:
    members = twenty()
    members[5]["profession"] = "dentist"
    assert assess(["I'm a dentist at heart."], speaker="m0", members=members).risks == ()


def test_softening_what_is_shown_lifts_it_to_k_and_takes_the_speaker_out_of_the_first_three() -> None:
    members = community()
    text = "I'm an optometrist in the valleys, two years in charge, and my family speaks Yoruba."
    found = assess([text], speaker="p15", members=members)
    assert found.risks
    soft = text
    for risk in found.risks:
        soft = soft.replace(risk.phrase, risk.softer)
    intruder = Intruder(members)
    assert "p15" in intruder.ranking(text)[:3]
    assert intruder.ranking(soft).index("p15") > 2
    assert RiskKind.SINGLING_OUT not in kinds(assess([soft], speaker="p15", members=members))


def test_a_name_of_the_roster_that_is_still_there_is_a_risk_as_it_sounds() -> None:
    members = [{"id": "m1", "organisation": "Brackenford Surgery"}, {"id": "m2"}, {"id": "m3"}]
    found = assess(["We met at Brackenferd in spring."], speaker="m2", members=members)
    (risk,) = found.risks
    assert (risk.kind, risk.phrase, risk.fits) == (RiskKind.ROSTER, "Brackenferd", ("an organisation",))


def test_what_is_in_brackets_is_no_name() -> None:
    members = [{"id": "m1", "place": "Market Town", "organisation": "Colleague House"}, {"id": "m2"}]
    assert assess(["I met [a colleague] in [a market town]."], speaker="m2", members=members).risks == ()


def test_a_turn_of_phrase_from_an_earlier_story_of_ones_own_is_a_risk() -> None:
    published = [Published("We lead as herons do, on one leg and patient.", "m1"), Published("It rained.", "m2")]
    members = [{"id": f"m{n}"} for n in range(1, 9)]
    found = assess(["Stand as herons do, on one leg, I told them."], speaker="m1", members=members, published=published)
    assert kinds(found) == [RiskKind.LINKAGE]
    assert "herons do" in found.risks[0].phrase
    assert assess(["Stand as herons do."], speaker="m3", members=members, published=published).risks == ()


def test_every_phrase_stands_in_its_paragraph_and_every_answer_survives_json() -> None:
    members = community()
    texts = ["I'm a GP.", "My wife says, dad, come home.", "Sheep in the road. I chair the board."]
    found = assess(texts, speaker="p61", members=members)
    assert all(risk.phrase in texts[risk.place] for risk in found.risks)
    assert Assessment.from_json(found.to_json()) == found
    risk = Risk(RiskKind.ROSTER, 1, "é\u202e", 0, ("a name",), "")
    assert Assessment.from_json(Assessment((risk,), ("woman",)).to_json()) == Assessment((risk,), ("woman",))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=3), st.sampled_from(["p01", "nobody", ""]))
def test_odd_text_never_upsets_it_and_the_same_is_said_twice(texts: list[str], speaker: str) -> None:
    members = community(12)
    assert assess(texts, speaker=speaker, members=members) == assess(texts, speaker=speaker, members=members)
    assert assess(texts, speaker=speaker, members=[]).risks == ()


# --- tag lines ---

HEARD = frozenset(f"m{n}" for n in range(10))


def line(members: list[dict[str, str]], text: str = "Words.", **more: object) -> dict[str, str] | None:
    options = {"speaker": "m0", "members": members, "heard": HEARD, "k": 5} | more
    return line_beside([text], **options)  # type: ignore[arg-type]


def test_a_tag_line_is_whole_where_enough_share_it() -> None:
    whole = {"gender": "woman", "setting": "urban", "age_band": "40 to 54", "profession": "GP"}
    assert line(twenty()) == whole


def test_age_goes_first_then_gender_then_role_then_setting() -> None:
    rare = twenty(age_band="under 40")
    assert line(rare) == {"gender": "woman", "setting": "urban", "profession": "GP"}
    assert line(twenty(gender="man")) == {"setting": "urban", "profession": "GP"}
    assert line(twenty(profession="dentist")) == {"setting": "urban"}
    assert line(twenty(setting="coastal")) == {}


def test_what_was_not_said_is_never_told() -> None:
    assert "age_band" not in (line(twenty(age_band="not said")) or {})


def test_fewer_than_five_people_heard_means_none() -> None:
    assert line(twenty(), heard=frozenset(["m0", "m1", "m2", "m3"])) is None
    assert line(twenty(), heard=frozenset(["m0", "m1", "m2", "m3", "m4"])) is not None


def test_what_the_text_tells_counts_with_it() -> None:
    members = [row | {"career_stage": "senior" if n < 3 else "emerging"} for n, row in enumerate(twenty())]
    assert line(members, "I chaired the board, and I chair it still.") is None


def test_a_line_never_becomes_finer_and_no_new_fact_comes_in() -> None:
    assert line(twenty(), before={"setting": "urban"}) == {"setting": "urban"}
    assert line(twenty(), before={}) == {}
    assert line(twenty(), before={"gender": "man", "setting": "urban"}) == {"setting": "urban"}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 63), st.integers(5, 12), st.integers(1, 64))
def test_whoever_it_is_at_least_k_members_and_five_people_heard_share_a_tag_line(who: int, k: int, heard: int) -> None:
    members = community()
    spoke = frozenset(row["id"] for row in members[:heard])
    found = line_beside(["Words."], speaker=members[who]["id"], members=members, heard=spoke, k=k)
    if found is not None:
        sharing = [row for row in members if all(row[column] == value for column, value in found.items())]
        assert len(sharing) >= k
        assert sum(row["id"] in spoke for row in sharing) >= 5
