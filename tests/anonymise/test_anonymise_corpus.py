"""The bar that the corpus sets: a change that lets more through, or hides more of nothing, fails here."""

import pytest

from bot.anonymise.models import Known
from bot.anonymise.pipeline import Anonymiser
from tests.anonymise.corpus import parsed, passages
from tests.bench.anonymise import score


@pytest.fixture(scope="module")
def figures(anonymiser: Anonymiser) -> dict[str, float]:
    return score("ours", lambda text: [(s.start, s.end) for s in anonymiser.find(text, Known())], passages(), False)


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    corpus = passages()
    assert len(corpus) >= 150 and sum(len(p.gold) for p in corpus) >= 150
    assert sum(not p.gold for p in corpus) >= 40, "passages with nothing to hide"


def test_direct_identifiers_are_found(figures: dict[str, float]) -> None:
    assert figures["direct"] >= 99 and figures["clean of direct"] >= 98


def test_the_rest_is_found(figures: dict[str, float]) -> None:
    assert figures["all"] >= 97 and figures["clean of all"] >= 95


def test_little_else_is_hidden(figures: dict[str, float]) -> None:
    assert figures["false per 1,000"] <= 3 and figures["words kept"] >= 98


def test_marks_are_read_as_offsets() -> None:
    passage = parsed("x", "I rang {PERSON:Jo} at {LOCATION!:1 High St}.")
    assert passage.text == "I rang Jo at 1 High St."
    assert [(passage.text[g.start : g.end], g.label, g.direct) for g in passage.gold] == [
        ("Jo", "PERSON", True),
        ("1 High St", "LOCATION", True),
    ]
