"""When a part breaks, nothing comes out."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.anonymise import layers
from bot.anonymise.check import describe
from bot.anonymise.models import Known, Span
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.trouble import EngineFailed, EngineMissing


class Broken:
    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        raise RuntimeError(f"could not read {texts[0]}")


class Silent:
    def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
        return [[] for _ in texts]


def broken_rule(text: str) -> list[Span]:
    raise ValueError(text)


def test_a_model_that_breaks_lets_no_text_through_not_even_in_the_error(anonymiser: Anonymiser) -> None:
    broken = Anonymiser(replace(anonymiser.layers, models={**anonymiser.layers.models, "rampart": Broken()}))
    with pytest.raises(EngineFailed) as caught:
        broken.mask(["Amina Okafor was here."], Known())
    assert "Okafor" not in str(caught.value) and caught.value.__suppress_context__


def test_a_rule_that_breaks_stops_everything(anonymiser: Anonymiser) -> None:
    broken = Anonymiser(replace(anonymiser.layers, rules={**anonymiser.layers.rules, "dates": broken_rule}))
    with pytest.raises(EngineFailed):
        broken.find("Amina Okafor was here.", Known())


def test_a_model_whose_answer_is_short_stops_everything(anonymiser: Anonymiser) -> None:
    class Short:
        def find_all(self, texts: Sequence[str]) -> list[list[Span]]:
            return []

    with pytest.raises(EngineFailed):
        Anonymiser(replace(anonymiser.layers, models={"rampart": Short()})).mask(["Amina Okafor."], Known())


@pytest.mark.parametrize("problem", [ImportError("no"), OSError("no"), RuntimeError("no"), ValueError("no")])
def test_a_layer_that_cannot_load_is_said_and_nothing_runs_without_it(problem: Exception) -> None:
    def load() -> None:
        raise problem

    with pytest.raises(EngineMissing) as caught:
        layers.loaded("spacy", load)
    assert "spacy" in caught.value.sentence and "collaborate check" in caught.value.sentence


def test_a_model_that_finds_nothing_in_a_plain_sentence_counts_as_missing() -> None:
    with pytest.raises(EngineMissing):
        layers.tried({"rampart": Silent()})


def test_the_check_names_every_part_and_how_to_mend_it() -> None:
    parts = describe()
    assert {part.name for part in parts} >= {"Rampart model", "spaCy model", "Presidio recognisers", "word lists"}
    assert all(part.there or part.mend for part in parts)
    assert all(part.there for part in parts)
