"""What the demo measures: words heard wrongly, and identifiers that can still be read."""

import pytest

from bot.demo.measures import survives, word_error_rate


@pytest.mark.parametrize(
    ("heard", "rate"),
    [
        ("The rota comes home with you.", 0.0),
        ("the rota — comes home with you", 0.0),
        ("the router comes home with you", 1 / 6),
        ("the rota comes home", 2 / 6),
        ("", 1.0),
    ],
)
def test_words_wrong_missing_or_too_many_count_and_punctuation_does_not(heard: str, rate: float) -> None:
    assert word_error_rate("The rota comes home with you.", heard) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("identifier", "text", "left"),
    [
        ("Brackenford Surgery", "I came to Brackenford Surgery in spring", True),
        ("Brackenford Surgery", "I came to Bracken Ford surgery in spring", True),
        ("Brackenford Surgery", "I came to Brackenfort Surgery in spring", True),
        ("Brackenford Surgery", "I came to [our practice] in spring", False),
        ("Tom", "Tom rang", True),
        ("Tom", "tomorrow I ring", False),
        ("Tom", "the boy Tim", False),
        ("07700 900461", "ring 07700 900461 at night", True),
    ],
)
def test_an_identifier_survives_also_where_it_is_spelt_a_little_differently(
    identifier: str, text: str, left: bool
) -> None:
    assert survives(identifier, text) is left
