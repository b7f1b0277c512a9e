"""What holds however words are replaced: they can be put back to the letter, and the grammar stays whole."""

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.anonymise.descriptors import Book
from bot.anonymise.layers import Layers
from bot.anonymise.memory import Memory
from bot.anonymise.models import Hidden, Known, Label, MaskedParagraph, Span
from bot.anonymise.page import Page
from bot.anonymise.pipeline import Anonymiser
from bot.anonymise.trouble import LogOfOtherWords
from bot.anonymise.undo import undo
from bot.anonymise.wording.grammar import bare
from bot.anonymise.wording.standing import standing
from tests.anonymise.conftest import MEMBERS

few = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MET = {
    "Karen": Label.PERSON, "Dr Patel": Label.PERSON, "Priya Nair": Label.PERSON, "Whitby": Label.LOCATION,
    "Ipswich": Label.LOCATION, "Old Mill Surgery": Label.ORG, "Winter Huddle": Label.ORG, "14 March 2019": Label.DATE,
    "47": Label.DATE, "my stroke": Label.HEALTH, "pregnant": Label.HEALTH, "chair of the LMC": Label.ROLE_UNIQUE,
    "teaches at St Olave's": Label.FAMILY, "07700 900123": Label.CONTACT, "7453918": Label.ID,
}  # fmt: skip
PLAIN = st.sampled_from(
    ["the", "a", "an", "my", "our", "her", "lovely", "in", "on", "at", "called", "I'm", "she was", "and",
     ", our nurse,", "our practice nurse", "my daughter", "'s", "GPs", ".", "?", "👩🏽", "é", "\u202eabc",
     "[a colleague]", "Karen's"]
)  # fmt: skip
said = st.lists(st.one_of(PLAIN, st.sampled_from(list(MET)), st.text(max_size=6)), max_size=14)


def replaced(pieces: list[str], book: Book) -> MaskedParagraph:
    """The pieces as one paragraph, with all that MET lists replaced."""
    text, spans = "", []
    for piece in pieces:
        text += " " if text else ""
        if piece in MET:
            spans.append(Span(len(text), len(text) + len(piece), MET[piece], "test", 1.0))
        text += piece
    (hidden,) = book.hidden([(text, spans)])
    return Page(text, tuple(hidden)).masked()


@given(said)
def test_the_log_gives_every_word_back_to_the_letter(pieces: list[str]) -> None:
    paragraph = replaced(pieces, Book(Memory(), Known(), set()))
    assert undo(paragraph.text, paragraph.hidden) == paragraph.original


@given(said, st.randoms(use_true_random=False))
def test_a_log_that_does_not_fit_puts_nothing_back(pieces: list[str], chance: Random) -> None:
    paragraph = replaced([*pieces, "Karen"], Book(Memory(), Known(), set()))
    at = chance.choice(paragraph.hidden).span.start
    moved = [
        replace(h, span=replace(h.span, start=h.span.start + 1)) if h.span.start >= at else h for h in paragraph.hidden
    ]
    with pytest.raises(LogOfOtherWords):
        undo(paragraph.text, moved)


@given(said)
def test_every_descriptor_is_known_again_whatever_stands_around_it(pieces: list[str]) -> None:
    paragraph = replaced(pieces, Book(Memory(), Known(), set()))
    places = standing(paragraph.text)
    shift = 0
    for hidden in paragraph.hidden:
        start = hidden.span.start + shift
        assert (start, start + len(hidden.descriptor)) in places
        shift += len(hidden.descriptor) - len(hidden.original)


@given(said, said)
def test_one_thing_keeps_its_words_but_for_its_article(first: list[str], second: list[str]) -> None:
    book = Book(Memory(), Known(), set())
    hidden = [h for pieces in (first, second) for h in replaced(pieces, book).hidden]
    of = {entity.key: entity for entity in book.memory.entities}
    for each in hidden:
        if of[each.entity].label in ("PERSON", "LOCATION", "ORG"):
            entity = of[each.entity]
            plain = each.descriptor.replace("[unnamed ", "[").replace("[certain ", "[")
            assert plain in {entity.descriptor, bare(entity.descriptor), entity.short}
    names = [entity.descriptor for entity in book.memory.entities if entity.label in ("PERSON", "LOCATION", "ORG")]
    assert len(set(names)) == len(names)


@given(said)
def test_articles_never_stand_twice_and_agree_with_the_word_that_follows(pieces: list[str]) -> None:
    named = [p for p in pieces if p != "[a colleague]" and MET.get(p, Label.PERSON) in ("PERSON", "LOCATION", "ORG")]
    text = replaced(named, Book(Memory(), Known(), set())).text
    assert not re.search(r"\b(?:the|an?|my|our) \[(?:the|an?|my|our|another) (?!name|third)", text), text
    for article, noun in re.findall(r"\b(an?) \[(\w)", text):
        assert (noun in "aeiou") == (article == "an"), text


def shuffled(layers: Layers, chance: Random) -> Layers:
    """The same layers, asked in another order."""
    models, rules = list(layers.models.items()), list(layers.rules.items())
    chance.shuffle(models)
    chance.shuffle(rules)
    return replace(layers, models=dict(models), rules=dict(rules))


SENTENCE = "So {} said on 14 March 2019, and my daughter Ines rang {} on 07700 900123 about {}'s list."


KNOWN_NAMES = [member[column] for member in MEMBERS for column in ("name", "organisation")]


@few
@given(
    st.lists(st.sampled_from(KNOWN_NAMES), min_size=3, max_size=3),
    st.sampled_from([str, str.lower, str.upper]),
    st.randoms(use_true_random=False),
)
def test_no_known_identifier_survives_any_order_of_layers(
    anonymiser: Anonymiser, known: Known, names: list[str], change: type[str], chance: Random
) -> None:
    text = SENTENCE.format(*map(change, names))
    usual = anonymiser.mask([text], known).paragraphs[0]
    other = Anonymiser(shuffled(anonymiser.layers, chance)).mask([text], known).paragraphs[0]
    assert other.text == usual.text
    assert not [name for name in names if name.casefold() in other.text.casefold()]
    assert undo(other.text, other.hidden) == text


def test_a_log_of_nothing_changes_nothing() -> None:
    assert undo("As it was.", ()) == "As it was."


def test_a_longer_descriptor_before_moves_the_places_behind_it() -> None:
    log = [
        Hidden(Span(0, 3, Label.PERSON, "test", 1.0), "PERSON:1", "[a colleague]", "Tom"),
        Hidden(Span(8, 11, Label.PERSON, "test", 1.0), "PERSON:2", "[another colleague]", "Ola"),
    ]
    assert undo("[a colleague] met [another colleague].", log) == "Tom met Ola."
