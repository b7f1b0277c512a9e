"""The speaker's age as people say it: "not yet forty", "the wrong side of fifty five", "I'll be sixty next year"."""

import re
from collections.abc import Iterator

from bot.anonymise.risk.numbers import OTHERS, SPOKEN, Found, value_of

_AGE = re.compile(
    rf"\b(?P<lead>i'm (?:only |just |nearly |almost |about |not yet |past |over |under |nearer (?:to )?|now "
    rf"|still |a man of |a woman of )?|i am (?:only |just |nearly |now )?"
    rf"|i'll be |i will be |i was |i turned |turned |just turned |i turn |turning |aged |at the age of |at "
    rf"|until i was |till i'm |i'm a woman, |not yet |under |past "
    rf"|over |hit |wrong side of |right side of |this side of |other side of |nudging |pushing |nearer to "
    rf"|nearer |approaching |reached |a man of |a woman of |about )"
    rf"(?P<age>[2-7]\d|{SPOKEN})\b(?![\s-]*(?:odd\s)?(?:years? (?!old|young)|months?|weeks?|days?|hours?"
    rf"|minutes?|miles?|people|patients|staff|percent|per cent|%|of\b"
    r"|pounds|thousand|hundred|million|practices|surgeries|members|calls|chairs|nurses|partners|o'clock"
    r"|organisations|appointments|pm|am|past|to\b|contacts))",
    re.I,
)
_UNDER, _OVER = (
    ("not yet", "under", "right side of", "this side of"),
    ("past", "over", "wrong side of", "other side of"),
)


def ages(text: str) -> Iterator[Found]:
    """What is said of the speaker's age, in the programme's bands."""
    for match in _AGE.finditer(text):
        age, lead = value_of(match["age"]), match["lead"].lower()
        if not 20 <= age <= 79 or OTHERS.search(text[: match.start()][-60:]):
            continue
        if lead.strip() in ("at", "about", "over", "hit", "i was", "past", "under") and not _about_age(text, match):
            continue
        yield match.start("age"), match.end("age"), (("age_band", _bands(age, lead)),), 0.85, "a certain age"


def _about_age(text: str, match: re.Match[str]) -> bool:
    """Weak beginnings ("at thirty four") need a sentence that ends there, or one of its own about the speaker."""
    rest = text[match.end() : match.end() + 12].lower()
    sentence = re.split(r"[.!?]", text[: match.start()])[-1].lower()
    return bool(
        re.match(r"\s*(?:[,.;!?]|$|years (?:old|young)|when|and)", rest)
        and re.search(r"\b(?:i|i'm|my|i've|me)\b", sentence + " " + match.group().lower())
    )


def _bands(age: int, lead: str) -> frozenset[str]:
    if any(word in lead for word in _UNDER):
        return frozenset(["under 40"] if age <= 45 else ["40 to 54", "under 40"] if age <= 54 else ["40 to 54"])
    if any(word in lead for word in _OVER) and age in (50, 40):
        return frozenset(["40 to 54", "55 and over"])
    if "was" in lead or lead.strip() in ("at", "until i was"):
        age += 1 if age > 30 else 0
    return frozenset([band(age)])


def band(age: int) -> str:
    """The programme's band for an age in years."""
    return "under 40" if age < 40 else "40 to 54" if age < 55 else "55 and over"
