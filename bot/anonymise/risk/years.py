"""How long somebody has led, as people say it: "twenty two years", "a quarter of a century", "since last summer"."""

import re
from collections.abc import Iterator

from bot.anonymise.risk.ages import band
from bot.anonymise.risk.numbers import NTH, NUMBER, OTHERS, Found, sentence_of, value_of
from bot.anonymise.risk.table import Fact

_SPAN = re.compile(
    rf"\b(?:(?:nearly|almost|over|about|around|some|just over|more than|the best part of|going on|only|good)\s)?"
    rf"(?:(?P<number>{NUMBER})(?:[\s-](?:odd|something|plus))?\s(?:long\s|whole\s|good\s|happy\s"
    rf"|hard\s)?(?:years|winters|summers|yrs)\b(?:'|’)?"
    r"|(?P<ages>a quarter of a century|quarter of a century|half a century|three decades|two decades"
    r"|a decade and a half|a decade"
    r"|a couple of years|a dozen years|a score of years|a year and a half|a year|twelve months|six months"
    r"|half a lifetime|half my life"
    r"|a few months|eighteen months)\b"
    rf"|(?:my|our|the|in)?\s?\b(?P<nth>{'|'.join(NTH)})\s(?:year|winter)\b)",
    re.I,
)
_SPELLS = {
    "a quarter of a century": 25,
    "quarter of a century": 25,
    "half a century": 50,
    "three decades": 30,
    "two decades": 20,
    "a decade and a half": 15,
    "a decade": 10,
    "a couple of years": 2,
    "a dozen years": 12,
    "a score of years": 20,
    "a year and a half": 1,
    "eighteen months": 1,
    "a year": 1,
    "twelve months": 1,
    "six months": 1,
    "a few months": 1,
    "half a lifetime": 25,
    "half my life": 25,
}
_LEADS = re.compile(
    r"\b(?:lead|leads|led|leader|leading|leadership|run|ran|running|chair|chaired|chairing|charge|boss|helm"
    r"|partner|principal|manage|managed"
    r"|manager|managing|own|owned|owner|bought|took over|take over|head|headed|responsible|keys|director"
    r"|superintendent|in the job|in this job"
    r"|in the role|in this role|in post|at it|doing this|been doing|this chair|the chair|kept|casting vote"
    r"|board|standing|seat|build|built"
    r"|set up|founded|at the top|steering|holding|hold together|looked after|in the saddle|clinical lead|team"
    r"|five minutes"
    r"|sister in charge|standing|stepped up|since)\b",
    re.I,
)
_LEARNT = re.compile(
    r"\b(?:old|ago when|of nursing|a nurse|qualified|married|patient|patients|waited|waiting|drove|for a bus"
    r"|study|studying|training|at school"
    r"|practising|a doctor|a gp|a pharmacist|a dentist|lived|live|marriage|medicine|of practice|on the wards"
    r"|clinical practice|trained"
    r"|my father|my mother|he|she|his|her|him)\b",
    re.I,
)
_SINCE_YEAR = re.compile(r"\b(?:since|from|back in|in)\s(?P<year>19[6-9]\d|20[0-4]\d)\b", re.I)
_QUALIFIED = re.compile(
    r"\b(?:qualif\w+|graduat\w+|started|registered|came out of|house jobs|trained|left school|born)\b", re.I
)
_RECENT = re.compile(
    r"\bsince (?:last (?:summer|year|spring|autumn|winter|christmas|september|april|january)|this (?:spring"
    r"|summer|autumn|year)|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|christmas|easter|the (?:spring"
    r"|summer|autumn|new year))\b"
    r"|\bin (?:my|the) first (?:year|few months|months)\b|\b(?:six|eight|nine|ten|twelve|a few) months (?:ago"
    r"|in|into)\b",
    re.I,
)


def years_leading(text: str, *, year: int) -> Iterator[Found]:
    """How long the speaker has led, and what follows from it."""
    for match in _SPAN.finditer(text):
        yield from _lasting(text, match, _years(match), bool(match["nth"]))
    for match in _RECENT.finditer(text):
        if _leads(text, match):
            yield match.start(), match.end(), _career(1), 0.55, "for a time"
    for match in _SINCE_YEAR.finditer(text):
        years = year - int(match["year"])
        if _QUALIFIED.search(sentence_of(text, match)) and years >= 0:
            yield match.start(), match.end(), _aged(years, sentence_of(text, match)), 0.6, "some time ago"
        elif match.group().lower().startswith("since") and _leads(text, match):
            yield match.start(), match.end(), _career(years), 0.6, "for a time"


def _aged(years: int, sentence: str) -> tuple[Fact, ...]:
    """People qualify at 24 or so, and are born at 0."""
    born = re.search(r"\bborn\b", sentence, re.I)
    return (("age_band", frozenset([band(years if born else years + 24)])),)


def _years(match: re.Match[str]) -> int:
    if match["number"]:
        return value_of(match["number"])
    return _SPELLS[match["ages"].lower()] if match["ages"] else NTH[match["nth"].lower()]


def _lasting(text: str, match: re.Match[str], years: int, nth: bool) -> Iterator[Found]:
    sentence = sentence_of(text, match)
    around = text[max(0, match.start() - 40) : match.end() + 40]
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    softer = "a year" if nth else "some years"
    if re.match(r"\s*old", text[match.end() :]) or re.search(r"(?:every|within) $", text[: match.start()], re.I):
        return
    if _LEADS.search(sentence) and not OTHERS.search(text[: match.start()][-30:]):
        sure = 0.35 if _LEARNT.search(around) else 0.75
        yield start, match.end(), _career(years), sure, softer
    elif years >= 20 and re.search(r"\b(?:i|i've|my|we|me)\b", sentence, re.I):
        bands = ["40 to 54", "55 and over"] if years < 32 else ["55 and over"]
        yield start, match.end(), (("age_band", frozenset(bands)), ("career_stage", frozenset(["senior"]))), 0.4, softer
    elif re.search(r"\b(?:in|now|of it|of this|of that|ago|as)\b", text[match.end() : match.end() + 12], re.I):
        yield start, match.end(), _career(years), 0.45, softer


def _leads(text: str, match: re.Match[str]) -> bool:
    sentence = sentence_of(text, match)
    return bool(
        _LEADS.search(sentence.replace("since", "")) and re.search(r"\b(?:i|i've|i'm|we|me|my)\b", sentence, re.I)
    )


def _career(years: int) -> tuple[Fact, ...]:
    stage = "emerging" if years <= 4 else "established" if years <= 13 else "senior"
    return ("years_leading", frozenset([str(years)])), ("career_stage", frozenset([stage]))
