"""Each rule alone on what is said aloud: what it finds in wordings that no list knows, and what it leaves."""

from types import ModuleType

import pytest

from bot.anonymise.rules import (
    ailments,
    dates,
    family,
    heads,
    naming,
    numerals,
    places,
    roles,
    spoken,
    titles,
    uk_rules,
)
from bot.anonymise.rules import names as name_lists
from bot.anonymise.rules import word_names as word_name_rules


def found(rule: ModuleType, text: str) -> set[str]:
    return {text[span.start : span.end] for span in rule.find(text)}


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        (dates, "it was the seventeenth because the rota was up", "seventeenth"),
        (dates, "put down the fourth of the eleventh nineteen, thanks", "fourth of the eleventh nineteen"),
        (dates, "i'd just turned forty six and the kids had gone", "forty six"),
        (dates, "she'd be a hundred and three this june", "a hundred and three"),
        (dates, "he left school at fifteen with nothing", "fifteen"),
        (dates, "so there I was, thirty seven, with a mortgage", "thirty seven"),
        (spoken, "the sort code is thirty dash ninety one dash oh two", "thirty dash ninety one dash oh two"),
        (spoken, "my badge says QD dash six one four on the back", "QD dash six one four"),
        (spoken, "it's l s eight, um, four, t r if you post it", "l s eight, um, four, t r"),
        (spoken, "we are at moor top nurses all one word", "at moor top nurses"),
        (spoken, "the code is k for kilo eight one double four two", "k for kilo eight one double four two"),
        (uk_rules, "I put the LS23 postcode on it", "LS23"),
        (titles, "doctor k rang me twice", "doctor k"),
        (word_name_rules, "our receptionist ruby, she never blinked", "ruby"),
        (word_name_rules, "grace and i ran the whole clinic", "grace"),
        (name_lists, "so ivy and tomasz took it on", "ivy"),
        (naming, "a thing round here called quiet corners is what did it", "quiet corners"),
        (naming, "we called it the kitchen cabinet because we ate", "the kitchen cabinet"),
        (naming, "I was a porter at Guy's, nights", "Guy's"),
        (heads, "she started at mill bridge pharmacy in the spring", "mill bridge pharmacy"),
        (heads, "and the Oakworth front door project went on", "Oakworth front door project"),
        (roles, "I'm the only podiatrist on the Fenland board, you see", "the only podiatrist on the Fenland board"),
        (roles, "so he's LMC treasurer for Cleveland now", "LMC treasurer for Cleveland"),
        (family, "my niece does nights at the royal devon", "does nights at the royal devon"),
        (ailments, "she was off for weeks with her back", "off for weeks with her back"),
        (ailments, "and then his eyes went", "his eyes went"),
        (ailments, "i was on citalopram by then", "on citalopram"),
        (ailments, "he'd been six years sober when he joined", "six years sober"),
        (ailments, "she'd broken her wrist that morning", "broken her wrist"),
        (places, "they closed the road over snake pass again", "snake pass"),
    ],
)
def test_what_identifies_is_found_whole_however_it_is_said(rule: ModuleType, text: str, told: str) -> None:
    assert told in found(rule, text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (dates, "it took twenty five years, in the end"),
        (dates, "we met at three and left at ten"),
        (dates, "the seventeenth floor and the fifth meeting"),
        (dates, "about thirty people at fifty practices"),
        (spoken, "one two three four five six and off we went"),
        (spoken, "you ring one one one like everybody"),
        (spoken, "it was forty, fifty, sixty calls on the line"),
        (word_name_rules, "we will and the nurse may not hope for grace"),
        (naming, "it's called resilience and we all need it"),
        (naming, "he called a meeting and we went"),
        (heads, "we work at primary school level with the local pharmacy"),
        (heads, "she joined the vaccination project"),
        (roles, "she was the first person to laugh"),
        (roles, "I'm the lead for the policy"),
        (family, "my wife works at home"),
        (ailments, "patients on sertraline come back in spring"),
        (ailments, "people are off with stress everywhere"),
    ],
)
def test_what_singles_nobody_out_stays(rule: ModuleType, text: str) -> None:
    assert found(rule, text) == set()


def test_tens_and_ones_are_one_number() -> None:
    (run,) = numerals.runs("forty six oh two double five")
    assert run.digits == "46025" and run.said == 6


def test_a_full_stop_ends_a_number() -> None:
    assert len(list(numerals.runs("it ends in four four. Seven of us"))) == 2
