"""The bar that the corpus sets: a change that lets more through, or hides more of nothing, fails here."""

import pytest

from bot.anonymise.models import Known
from bot.anonymise.pipeline import Anonymiser
from tests.bench.anonymise.corpus import Passage, first, held, parsed, tuned
from tests.bench.anonymise.scoring import Figures, figures

#: a little below what was measured (README.md of the bench), so that a change of machine doesn't fail
FLOORS = {
    "first": {"direct": 99, "clean of direct": 98, "all": 97, "clean of all": 95, "words kept": 98},
    "tuned": {"direct": 93, "clean of direct": 95.5, "all": 87, "clean of all": 79, "words kept": 97.5},
    "held": {"direct": 97, "clean of direct": 95, "all": 94, "clean of all": 81, "words kept": 97.2},
}
FALSE_AT_MOST = {"first": 3.0, "tuned": 4.0, "held": 4.6}


@pytest.fixture(scope="module", params=["first", "tuned", "held"])
def half(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def measured(half: str, anonymiser: Anonymiser) -> Figures:
    passages = {"first": first, "tuned": tuned, "held": held}[half]()
    return figures(passages, {p.id: [(s.start, s.end) for s in anonymiser.find(p.text, Known())] for p in passages})


def test_no_figure_falls_below_its_floor(half: str, measured: Figures) -> None:
    low = {key: measured.shares[key] for key, floor in FLOORS[half].items() if measured.shares[key] < floor}
    assert not low


def test_little_is_hidden_in_vain(half: str, measured: Figures) -> None:
    assert measured.shares["false per 1,000"] <= FALSE_AT_MOST[half]


def _spread(corpus: list[Passage]) -> tuple[int, int, float]:
    clean = sum(not passage.gold for passage in corpus) / len(corpus)
    return len(corpus), sum(len(passage.gold) for passage in corpus), clean


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    for corpus, size in ((tuned(), 250), (held(), 100)):
        passages, spans, clean = _spread(corpus)
        assert passages >= size and spans >= size and clean >= 0.2


def test_no_passage_is_in_both_halves() -> None:
    assert not {passage.text for passage in tuned()} & {passage.text for passage in held()}


def test_marks_are_read_as_offsets() -> None:
    passage = parsed("x", "I rang {PERSON:Jo} at {LOCATION!:1 High St}.")
    assert passage.text == "I rang Jo at 1 High St."
    assert [(passage.text[g.start : g.end], g.label, g.direct) for g in passage.gold] == [
        ("Jo", "PERSON", True),
        ("1 High St", "LOCATION", True),
    ]
