"""Which lines of a draft want an eye, what decisions do to its words, and which phrases stand for a leader."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.anonymise.risk.models import Assessment, Risk, RiskKind
from bot.stories.models import Draft, Hidden, Log, Paragraph, Self
from bot.stories.review.lines import AT_MOST, Line, LineKind, lines, most_important
from bot.stories.review.looking import (
    Choice,
    Looked,
    Sitting,
    decide,
    decisions_from,
    forgotten,
    to_look_at,
    undecided,
    worked,
)
from bot.stories.review.phrases import own_phrases
from bot.stories.wordage import number, sentences

OWN = Self(name="Amina Okafor", organisation="Larkspur Surgery", place="Tarnbridge")
SAID = (
    Paragraph("I was the only one on the board who said it. [colleague A] rang me, and I cried."),
    Paragraph("We mumbled about the kettle.", unsure=True, start=12.0, end=15.5),
    Paragraph("My sister is [dealing with a health matter], and I never told anybody. I felt so alone that year."),
)
DRAFT = Draft(SAID, ("[colleague A]", "[dealing with a health matter]"))
LOG = Log(
    (
        Hidden(0, "PERSON:1", "[colleague A]", "PERSON", "Priya Sharma", "Priya Sharma rang me, and I cried."),
        Hidden(2, "HEALTH:1", "[dealing with a health matter]", "HEALTH", "ill with asthma", "My sister is ill."),
    )
)
RISKS = Assessment((Risk(RiskKind.INSIDER, 0, "on the board", 1, ("practice manager",), "in the room"),))


def found(draft: Draft = DRAFT, log: Log = LOG, *, quotable: bool = False) -> list[Line]:
    return lines(draft, log, RISKS, OWN, quotable=quotable)


def of(kind: LineKind, among: list[Line]) -> Line:
    return next(line for line in among if line.kind is kind)


# --- which lines ---


def test_lines_come_in_the_order_of_reading_each_with_its_reason() -> None:
    assert [line.kind for line in found()] == [LineKind.RISK, LineKind.HIDDEN, LineKind.UNCLEAR, LineKind.OTHERS]
    risk, hidden, unclear, _ = found()
    assert (risk.text, risk.anchor) == ("I was the only one on the board who said it.", "on the board")
    assert hidden.text == "[colleague A] rang me, and I cried."
    assert (unclear.start, unclear.end) == (12.0, 15.5)


def test_lines_that_may_be_quoted_are_shown_to_those_only_who_let_them_be_quoted() -> None:
    assert LineKind.BITE not in {line.kind for line in found()}
    assert of(LineKind.BITE, found(quotable=True)).text == "I felt so alone that year."


def test_a_name_that_comes_up_often_is_one_line() -> None:
    again = replace(LOG.hidden[0], place=2)
    draft = replace(DRAFT, paragraphs=(*SAID[:2], Paragraph(SAID[2].text + " Then [colleague A] laughed.")))
    (line,) = [one for one in found(draft, replace(LOG, hidden=(*LOG.hidden, again))) if one.kind is LineKind.HIDDEN]
    assert len(line.hidden) == 2


def test_what_the_leader_hid_is_no_line() -> None:
    assert LineKind.HIDDEN not in {line.kind for line in found(log=replace(LOG, hide=("priya  sharma",)))}


def test_a_line_is_known_again_whatever_changed_around_it_and_its_id_tells_no_word() -> None:
    around = tuple(replace(paragraph, text=f"Well. {paragraph.text}") for paragraph in SAID)
    after = lines(replace(DRAFT, paragraphs=around), LOG, RISKS, OWN, quotable=False)
    assert [line.id for line in after] == [line.id for line in found()]
    assert all(len(line.id) == 16 and int(line.id, 16) for line in after)


def test_nobody_is_asked_to_look_at_more_than_twenty_lines_but_every_risk_is_shown() -> None:
    many = [Line(f"h{n}", LineKind.HIDDEN, n, "", "") for n in range(30)]
    risks = [Line(f"r{n}", LineKind.RISK, n, "", "") for n in range(3)]
    chosen, more = most_important([*many, *risks], looked=())
    assert (len(chosen), more) == (AT_MOST, 13)
    assert {line.id for line in risks} <= {line.id for line in chosen}
    looked = {line.id for line in chosen if line.kind is LineKind.HIDDEN}
    assert {line.id for line in most_important([*many, *risks], looked=looked)[0]} >= {line.id for line in risks}
    assert most_important([*many, *risks], looked={line.id for line in chosen}) == ([], 13)


# --- what decisions do ---


def decided(line: Line, choice: Choice, typed: str = "", looked: Looked | None = None) -> Looked:
    looked = looked or Looked()
    return looked.deciding(decide(line, choice, shown=line.text, typed=typed))


def test_each_choice_does_what_it_says() -> None:
    risk, hidden, unclear, others = found()
    looked = decided(risk, Choice.SOFTEN)
    looked = decided(hidden, Choice.CHANGE, "A friend rang me.", looked)
    looked = decided(unclear, Choice.HIDE, looked=looked)
    looked = decided(others, Choice.KEEP, looked=looked)
    after = worked(DRAFT, looked.decisions)
    assert after.texts[0] == "I was the only one in the room who said it. A friend rang me."
    assert after.texts[1:] == ("", SAID[2].text)
    assert after.missed == frozenset() and not after.leaves_nothing


def test_a_risky_phrase_is_hidden_and_a_whole_sentence_is_left_out() -> None:
    risk, hidden, *_ = found()
    after = worked(DRAFT, decided(hidden, Choice.HIDE, looked=decided(risk, Choice.HIDE)).decisions)
    assert after.hide == ("on the board",)
    assert after.texts[0] == "I was the only one on the board who said it."


def test_choosing_again_undoes_the_first_choice() -> None:
    unclear = of(LineKind.UNCLEAR, found())
    looked = decided(unclear, Choice.KEEP, looked=decided(unclear, Choice.HIDE))
    assert worked(DRAFT, looked.decisions).texts == tuple(paragraph.text for paragraph in SAID)


def test_a_decision_whose_words_went_with_another_is_asked_again() -> None:
    risk, hidden, *_ = found()
    looked = decided(risk, Choice.SOFTEN, looked=decided(hidden, Choice.CHANGE, "A friend rang."))
    again = looked.deciding(decide(risk, Choice.CHANGE, shown=SAID[0].text, typed="Nothing like it."))
    moved = replace(again, decisions=again.decisions[::-1])  # the whole paragraph went first
    missed = worked(DRAFT, moved.decisions).missed
    assert missed == {hidden.id}
    assert forgotten(moved, missed).on(hidden.id) is None


def test_a_line_that_went_with_another_needs_no_decision() -> None:
    everything = found()
    hidden = of(LineKind.HIDDEN, everything)
    looked = decided(hidden, Choice.CHANGE, "She rang.")
    here, _ = to_look_at(DRAFT, [*everything, replace(hidden, id="same")], looked)
    assert [line.id for line in undecided(here, looked)] == [line.id for line in everything if line is not hidden]


def test_the_way_through_the_lines_goes_forward_round_and_back() -> None:
    everything = tuple(found())
    looked = decided(everything[1], Choice.KEEP)
    sitting = Sitting(DRAFT, looked, everything, 0)
    assert sitting.after("") == everything[0]
    assert sitting.after(everything[0].id) == everything[2]  # what was decided is passed over
    assert sitting.after(everything[3].id) == everything[0]
    assert sitting.beside(everything[2].id, -1) == everything[1]  # unless somebody goes back to it
    assert sitting.beside("", -1) == everything[3]
    assert sitting.beside(everything[3].id, 1) is None


def test_what_could_not_be_carried_out_waits_again_and_a_newer_choice_wins() -> None:
    one, two, *_ = found()
    looked = decided(two, Choice.HIDE, looked=decided(one, Choice.SOFTEN))
    back = decided(two, Choice.KEEP, looked=looked.settled()).unsettled(looked.decisions)
    assert back.lines == ()
    assert {decision.line: decision.choice for decision in back.decisions} == {
        one.id: Choice.SOFTEN,
        two.id: Choice.KEEP,
    }


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Choice), st.text(max_size=30)), max_size=8))
def test_how_far_a_leader_has_come_survives_being_stored(choices: list[tuple[int, Choice, str]]) -> None:
    looked = Looked(lines=("a",), page=2, window="V1")
    for at, choice, typed in choices:
        looked = decided(found()[at], choice, typed, looked)
    assert Looked.from_json(looked.to_json()) == looked
    assert len({decision.line for decision in looked.decisions}) == len(looked.decisions)
    assert decisions_from([vars(decision) for decision in looked.decisions]) == looked.decisions


# --- phrases ---

WORDS = st.sampled_from(
    ["I", "felt", "we", "kettle", "but", "alone", "[colleague A]", "um", "home.", "never.", "12", "so"]
)
TEXTS = st.lists(st.builds(Paragraph, st.lists(WORDS, max_size=60).map(" ".join), st.booleans()), max_size=6)


@given(TEXTS)
def test_phrases_are_verbatim_in_order_never_doubtful_and_never_neighbours(paragraphs: list[Paragraph]) -> None:
    phrases = own_phrases(paragraphs, ("[colleague A]",))
    assert len(phrases) <= 4
    assert all(phrase.text in paragraphs[phrase.place].text for phrase in phrases)
    assert not any(paragraphs[phrase.place].unsure for phrase in phrases)
    assert all(before.number + 1 < after.number for before, after in pairwise(phrases))


def test_what_a_leader_says_of_themself_stands_before_what_they_report() -> None:
    report = "The meeting of the network took place on the second floor of the building."
    felt = "I never felt so alone, but I told nobody."
    assert [phrase.text for phrase in own_phrases([Paragraph(f"{report} {felt}")], most=1)] == [felt]


@given(st.text(max_size=300))
def test_sentences_are_verbatim_and_leave_no_word_out(text: str) -> None:
    assert all(sentence in text for sentence in sentences(text))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_counts_are_said_in_words_up_to_twenty() -> None:
    assert [number(count) for count in (1, 4, 20, 21)] == ["one", "four", "twenty", "21"]
