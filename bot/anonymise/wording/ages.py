"""Exact ages as rough ones: "in her forties", "fifty or so", "early in my career"."""

import re

from bot.anonymise.wording.grammar import Mention, Phrase
from bot.anonymise.wording.numbers import TENS, number

DECADES = ("teens", *(f"{word[:-1]}ies" for word in TENS))
ROUND = ("five", "ten", "fifteen", *TENS)
_NTH = {"five": "fifth", "ten": "tenth", "fifteen": "fifteenth"} | {word: f"{word[:-1]}ieth" for word in TENS}
NTH = tuple(_NTH.values())
_WHOSE = {"i": "my", "he": "his", "she": "her", "we": "our"}
_IS = re.compile(
    r"(?:\b(i|he|she)(?: am| is| was|['’]m|['’]s)|\b(?:is|was|are|were)|['’]s) (?:(?:only|just|now|still|then) )?$",
    re.I,
)
_YOUNG_AT_WORK = range(18, 33)
_HERS = re.compile(r"\b(?:mum|mam|mother|wife|sister|daughter|aunt|auntie|nan|nana|gran|granny|grandma|niece)$", re.I)
_HIS = re.compile(r"\b(?:dad|father|husband|brother|son|uncle|grandad|grandfather|nephew)$", re.I)
_WORK = re.compile(
    r"\b(?:partner|qualified|appointed|chair|lead|leading|led|manager|director|consultant|registrar|took over|"
    r"first job|in charge|promoted|started as|head of)\b",
    re.I,
)
_FIGURE = re.compile(r"\d{1,3}|[a-z]+(?:[\s-][a-z]+)?", re.I)


def is_age(form: str) -> bool:
    """Whether a form is somebody's age rather than a date."""
    if re.search(r"\b(?:olds?|aged?|birthday)\b", form, re.I):
        return True
    return number(re.sub(r"[\s-]years?$", "", form.strip(), flags=re.I)) is not None


def phrase(mention: Mention) -> Phrase:
    """What stands for an age where it stands; whose it is only if the word right before says so."""
    form = mention.form.lower()
    if re.search(r"month|week", form):
        return Phrase("", "few months old" if re.search(r"\ba $", mention.before) else "a few months old")
    years = _years(form)
    if years is None:
        return Phrase("a", "certain age")
    is_of = _IS.search(mention.before)
    if is_of and not re.match(r"[- ](?:years?|months?|weeks?)\b|st\b|nd\b|rd\b|th\b", mention.after):
        return _in_life(mention, years, _whose(mention.before[: is_of.start()], is_of[1] or ""))
    if re.search(r"(?:st|nd|rd|th|first)(?: birthday)?$", form):
        return Phrase("", f"{_NTH[rounded(years)]} or so{' birthday' if 'birthday' in form else ''}")
    old = re.search(r"([\s-])years?[\s-]olds?$", form)
    lead = "aged " if form.startswith("age") else ""
    unit = " years old" if old else " year" if re.search(r"year$", form) else ""
    return Phrase("", f"{lead}{rounded(years)} or so{unit}")


def _whose(before: str, pronoun: str) -> str:
    """ "her" only where "she" or "my mum" says so right before."""
    relative = "her" if _HERS.search(before) else "his" if _HIS.search(before) else "their"
    return _WHOSE.get(pronoun.lower(), relative)


def _in_life(mention: Mention, years: int, whose: str) -> Phrase:
    sentence = re.split(r"[.!?]", mention.before)[-1] + re.split(r"[.!?]", mention.after)[0]
    if years in _YOUNG_AT_WORK and _WORK.search(sentence):
        return Phrase("", f"early in {whose} career")
    if years < 13:
        return Phrase("", f"{rounded(years)} or so")
    return Phrase("", f"in {whose} {DECADES[0] if years < 20 else DECADES[min(years, 99) // 10 - 1]}")


def _years(form: str) -> int | None:
    """The number in an age: "forty-seven years old", "52nd", "aged 30"."""
    ordinals = {nth: number(said) for said, nth in _NTH.items()} | {"twenty first": 21, "twenty-first": 21}
    for piece in _FIGURE.findall(re.sub(r"\b(?:aged?|years?|olds?|of|about|birthday|just)\b|[-–]years?", " ", form)):
        value = number(piece) if number(piece) is not None else ordinals.get(piece.strip())
        value = value if value is not None else number(piece.split()[0])
        if value is not None:
            return value
    return None


def rounded(years: int) -> str:
    """To the nearest ten from twenty on, below to the nearest five: 52 is "fifty"."""
    if years < 18:
        return ROUND[max(0, min(2, round(years / 5) - 1))]
    return TENS[max(0, min(len(TENS) - 1, (years + 5) // 10 - 2))]
