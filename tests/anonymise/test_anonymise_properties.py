"""What holds for any text at all."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.anonymise.memory import Entity, Memory
from bot.anonymise.models import Known
from bot.anonymise.pipeline import Anonymiser
from tests.anonymise.conftest import MEMBERS
from tests.bench.anonymise.corpus import tuned

few = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PIECES = [sentence for passage in tuned()[:260:4] for sentence in passage.text.split(", ")]
spoken_text = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
any_text = st.text(max_size=120)
odd_text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), min_size=1, max_size=5).map(" ".join)
full_names = st.sampled_from([row["name"] for row in MEMBERS])
organisations = st.sampled_from([row["organisation"] for row in MEMBERS])
changes = st.sampled_from([str, str.lower, str.upper, str.title])


@few
@given(odd_text)
def test_masking_twice_changes_nothing(anonymiser: Anonymiser, known: Known, text: str) -> None:
    once = anonymiser.mask([text], known).paragraphs[0].text
    assert anonymiser.mask([once], known).paragraphs[0].text == once


@few
@given(st.one_of(any_text, odd_text))
def test_offsets_are_right_sorted_and_apart_for_any_unicode(anonymiser: Anonymiser, known: Known, text: str) -> None:
    paragraph = anonymiser.mask([text], known).paragraphs[0]
    rebuilt, at = "", 0
    for hidden in paragraph.hidden:
        assert at <= hidden.span.start < hidden.span.end <= len(text)
        assert text[hidden.span.start : hidden.span.end] == hidden.original
        rebuilt += text[at : hidden.span.start] + hidden.descriptor
        at = hidden.span.end
    assert rebuilt + text[at:] == paragraph.text


@few
@given(st.text(max_size=40), st.one_of(full_names, organisations), changes, spoken_text)
def test_no_known_name_survives_in_any_case(
    anonymiser: Anonymiser, known: Known, before: str, name: str, change: type[str], after: str
) -> None:
    masked = anonymiser.mask([f"{before} {change(name)} {after}"], known).paragraphs[0].text
    assert name.casefold() not in masked.casefold()


@few
@given(spoken_text, st.data())
def test_a_phrase_that_is_hidden_is_gone_and_one_that_is_kept_is_never_hidden(
    anonymiser: Anonymiser, known: Known, text: str, data: st.DataObject
) -> None:
    tokens = text.split()
    at = data.draw(st.integers(0, len(tokens) - 1))
    phrase = " ".join(tokens[at : at + 2]).strip(".,;:!?'’")
    hidden = anonymiser.mask([text], known, hide=[phrase]).paragraphs[0]
    assert phrase.casefold() not in " ".join(_outside(hidden.original, hidden.text)).casefold()
    kept = anonymiser.mask([text], known, keep=[phrase]).paragraphs[0]
    assert all(h.original.casefold() != phrase.casefold() for h in kept.hidden)


def _outside(original: str, text: str) -> list[str]:
    """What of the masked text is not a descriptor."""
    import re

    return re.split(r"\[[^\[\]]+\]", text)


@given(st.lists(st.builds(Entity, st.text(), st.text(), st.text(), st.text(), st.lists(st.text()))))
def test_a_memory_comes_back_from_json_as_it_was(entities: list[Entity]) -> None:
    assert Memory.from_json(Memory(entities).to_json()) == Memory(entities)
