"""Exact dates and ages. Weekdays, months alone, durations and bare years stay: they single nobody out."""

import re

from bot.anonymise.models import Label, Span
from bot.anonymise.rules.clauses import KIN, MONTH, NAMED, NUMBER, ORDINAL, OWNER, RELATIVE, compiled

_YEAR = (
    r"(?:(?:19|20)\d\d|'\d\d|(?:nineteen|twenty) (?:\w+)(?:[\s-](?:one|two|three|four|five|six|seven|"
    r"eight|nine))?|two thousand(?: and \w+)?)"
)
#: a year as it is said behind numbers alone: "third of the fourth nineteen"
_SHORT_YEAR = rf"(?:,? (?:{_YEAR}|\d\d|(?:oh|o) \w+|ten|eleven|twelve|\w+teen|twenty(?:[\s-]\w+)?))?"
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_FEAST = (
    r"(?:christmas|boxing|new year'?s|valentine'?s|mother'?s|father'?s|mothering sunday|st \w+'?s|good friday|"
    r"easter (?:sunday|monday)|pancake|shrove tuesday|ash wednesday|armistice|remembrance)(?: day| eve| sunday)?"
)
#: words that may follow a bare day or age; a noun behind a number makes it a count
_GOES_ON = (
    r"(?=\s*(?:[,.;:!?…\n)\"”—–]|- |$)|\s+(?:and (?!a half|final)|or |but|so|because|cos|when|while|which|who|"
    r"that's|where|"
    r"then|there|now|i\b|i'|he\b|he'|she\b|she'|we\b|we'|they|you|the\b|my|our|his|her\b|isn't|wasn't|um|er|erm|"
    r"well|yeah|"
    r"is\b|was\b|with|straight|fresh|last|next|this|that\b|if|before|after|at\b|by\b|in\b|on\b|from\b|until|till|"
    r"for\b|going|coming|though|although|just|himself|herself|myself|already|maybe|probably|don't|not|no\b|still|"
    r"tomorrow|today|onwards|it\b|it's|as\b|single|married|widowed|pregnant|living|working|feeling|without))"
)
_AND_PART = r"(?: and a half| and (?:\w+ months?|three quarters))?"
#: ages in years; a hundred and more are said too
_AGE = rf"(?:{NUMBER}|(?:a|one) hundred(?: and {NUMBER})?)"
#: an age that is hardly an hour or a small count
_GROWN = (
    r"(?:(?:1[3-9]|[2-9]\d)(?!\d|[.:]\d)|(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:a|one) hundred(?: and \w+)?)"
)
#: never "twenty five", but exactly so much: an age between commas
_EXACT = (
    r"(?:[2-9]\d|(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety)"
    r"[\s-](?:one|two|three|four|five|six|seven|eight|nine))"
)
_UNIT = (
    r"(?!\s*(?:%|per\s?cent|minutes?|mins?|hours?|days?|weeks?|months?|miles?|k\b|pounds?|of\b|people|"
    r"practices|to\b|or\b|and a half\b|percent|past|o'?clock|years? (?:in|into|ago|of|on|away|later|before|"
    r"after|behind|"
    r"qualified|ahead)))"
)
_DATES = (
    compiled(rf"\b(?:the )?{ORDINAL}(?: day)?(?: of)? {MONTH}(?:,? {_YEAR})?\b"),
    compiled(rf"\b{MONTH} (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)\b|(?!\d{{3}}){ORDINAL})(?!\d)(?:,? {_YEAR})?"),
    compiled(
        rf"\b{MONTH},?(?: of)? (?:(?:19|20)\d\d|twenty (?:oh |o |ten|eleven|twelve|thirteen|fourteen|fifteen|"
        rf"sixteen|seventeen|eighteen|nineteen|twenty)(?:[\s-]?(?:one|two|three|four|five|six|seven|eight|"
        rf"nine))?|two thousand(?: and \w+)?)\b"
    ),
    compiled(r"(?<![\w/.\-])\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d\d(?![\w/\-])"),
    compiled(r"(?<![\w\-])(?:19|20)\d\d-\d\d-\d\d(?!\w)"),
    compiled(rf"\bthe {ORDINAL} of (?:last|this|next|that|the) month\b"),
    compiled(rf"(?<!\ba\x20)\b(?!\d+ ){ORDINAL} of the (?!\d+\b){ORDINAL}{_SHORT_YEAR}{_GOES_ON}"),
    compiled(
        rf"\b{_DAY},? the {ORDINAL}\b(?! (?:week|time|"
        rf"day|month|year|one|meeting|session|shift|call|thing|clinic|surgery))"
    ),
    compiled(
        rf"\b(?:on|by|until|till|from|before|after|since|for|it'?s|it was|was|to|well|and|or|between) "
        rf"the (?!first\b|second\b|third\b|1st\b|2nd\b|3rd\b|\d+\b)({ORDINAL}){_GOES_ON}"
    ),
    compiled(r"\bon the (first|second|third|1st|2nd|3rd)(?=[,.;!?]| (?:he|she|they|i|we) \w+ed\b)"),
    compiled(rf"\b{_FEAST},?(?: of| in)? {_YEAR}\b"),
    compiled(r"\b(?:19[2-9]\d|200\d) (?:baby|born)\b|\bborn (?:in|on) ((?:19|20)\d\d)\b"),
    compiled(
        rf"\b(?:d ?o ?b|date of birth)(?: is| was|'s)?,? "
        rf"((?:{NUMBER}|{ORDINAL}|{MONTH})(?:[\s,/.-]+(?:of|the|{NUMBER}|{ORDINAL}|{MONTH}|{_YEAR}|oh|hundred))*)"
    ),
)
_SUBJECT = (
    rf"(?:i'?m|i am|he'?s|he is|she'?s|she is|i was|he was|she was|who was|who'?s|i were|he were|she were|"
    rf"(?:i|he|she)'(?:d|ll) (?:have )?(?:be|been)|(?:i|he|she) (?:would|will|must|could|might)(?: have|'ve)? "
    rf"(?:be|been)|"
    rf"(?:{NAMED}|{KIN}|{OWNER} (?:\w+ )?{RELATIVE}),?(?:'s| is| was))"
)
_HEDGE = (
    r"(?:only |just |now |nearly |almost |about |what,? |um,? |er,? |like |barely |maybe |still |all of |i "
    r"think |exactly )*"
)
_AGES = (
    compiled(rf"\b({NUMBER})[\s-]years?[\s-]olds?\b"),
    compiled(rf"\b({_AGE}) years (?:of age|young|old)\b"),
    compiled(rf"\b{NUMBER}[\s-](?:month|week)s?[\s-]old\b"),
    compiled(rf"\b(?:aged|age of|age|aged about|at the age of) (?:just |only |about )?({_AGE}{_AND_PART}){_UNIT}\b"),
    compiled(
        rf"\b(?:turn|turned|turning|turns|hit|hitting|reached|approaching|pushing|nearly|almost) (?:just )?"
        rf"({_AGE}){_UNIT}{_GOES_ON}"
    ),
    compiled(rf"(?<!\w){_SUBJECT} {_HEDGE}(?!one\b)({_AGE}{_AND_PART}){_UNIT}{_GOES_ON}"),
    compiled(rf"\b(?:i'?m|she'?s|he'?s|i am) ({NUMBER}) (?:and|so|but|in|next|this)\b{_UNIT}"),
    compiled(rf"\b(?:at|by|before) ({NUMBER}) (?:i|he|she) (?:was|had|became|got|ran|took|left|went)\b"),
    compiled(
        rf"(?<!number\x20)(?<!capped\x20)(?<!set\x20)(?<!stuck\x20)(?<!stands\x20)(?<!stood\x20)(?<!sat\x20)(?<!list\x20)(?<!starting\x20)"
        rf"(?<!up\x20)(?<!down\x20)(?<!running\x20)(?<!page\x20)\bat ({_GROWN}{_AND_PART}){_UNIT}"
        rf"(?! (?:the|my|our|his|at|in the (?:morning|evening|afternoon)|on the|from|by|for|it|is|was|"
        rf"single)\b){_GOES_ON}"
    ),
    compiled(
        rf"\b(?:left (?:school|home)|died|diagnosed|widowed|orphaned|retired|married|qualified|had me|had him|had her|"
        rf"started work|came (?:here|over)|came to \w+|arrived|gone) (?:\w+ )?(?:at|aged) ({_AGE}){_UNIT}{_GOES_ON}"
    ),
    compiled(rf"(?<=[a-z],\x20)(?<!one,\x20)(?<!two,\x20)({_EXACT})(?=, (?!\w+ty\b|\d))(?<!\d\d\d)"),
    compiled(
        r"\b(?:my|his|her) ((?:\d{2}(?:st|nd|rd|th)|(?:thirti|forti|fifti|sixti|seventi|eighti|nineti)eth|hundredth|"
        r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]\w+(?:st|nd|rd|th)|"
        rf"eighteenth|twentieth)|{ORDINAL}(?= birthday))"
        r"(?= birthday|\s*[,.;!?]|$| (?:and|but|so|i|we|they|he|she|in|when|last|party|she)\b)"
    ),
)
_ALL = tuple((name, pattern) for name, patterns in (("date", _DATES), ("age", _AGES)) for pattern in patterns)
_ANY_NUMBER = re.compile(
    r"\d|teen|ty\b|ten|eleven|twelve|one|two|three|four|five|six|seven|eight|nine|first|second|third|fifth|"
    r"ninth|twelfth|"
    r"hundred|ieth",
    re.I,
)


def find(text: str) -> list[Span]:
    """Dates that name a day or a month of one year, and ages in years."""
    if not _ANY_NUMBER.search(text):
        return []
    found = []
    for name, pattern in _ALL:
        for match in pattern.finditer(text):
            group = match.lastindex if match.lastindex and match.group(match.lastindex) else 0
            found.append(Span(*match.span(group), Label.DATE, f"context:{name}", 0.9))
    return found
