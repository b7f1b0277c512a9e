"""Exact dates and ages. Weekdays, months alone, durations and bare years stay: they single nobody out."""

from bot.anonymise.clauses import KIN, MONTH, NAMED, NUMBER, ORDINAL, OWNER, RELATIVE, compiled
from bot.anonymise.models import Label, Span

_YEAR = (
    r"(?:(?:19|20)\d\d|'\d\d|(?:nineteen|twenty) (?:\w+)(?:[\s-](?:one|two|three|four|five|six|seven|"
    r"eight|nine))?|two thousand(?: and \w+)?)"
)
_UNIT = (
    r"(?!\s*(?:%|per\s?cent|minutes?|mins?|hours?|days?|weeks?|months?|miles?|k\b|pounds?|of\b|people|"
    r"practices|to\b|or\b|and a half\b|years? (?:in|into|ago|of|on|away|later|before|after|behind|"
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
    compiled(rf"\bthe {ORDINAL} of (?:last|this|next) month\b"),
    compiled(
        rf"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday),? the {ORDINAL}\b(?! (?:week|time|"
        rf"day|month|year|one|meeting|session|shift|call|thing|clinic|surgery))"
    ),
    compiled(r"\b(?:19[2-9]\d|200\d) (?:baby|born)\b|\bborn (?:in|on) ((?:19|20)\d\d)\b"),
)
_AGES = (
    compiled(rf"\b({NUMBER})[\s-]years?[\s-]olds?\b"),
    compiled(rf"\b{NUMBER}[\s-](?:month|week)s?[\s-]old\b"),
    compiled(rf"\b(?:aged|age of|age|aged about|at the age of) (?:just |only |about )?({NUMBER}){_UNIT}\b"),
    compiled(
        rf"\b(?:turn|turned|turning|turns|hit|hitting|reached|approaching|pushing|nearly|almost) "
        rf"({NUMBER})(?= (?:this|next|last|in|soon|and|when|now|so)\b|[,.;!?]|$){_UNIT}"
    ),
    compiled(
        rf"(?<!\w)(?:i'?m|i am|he'?s|he is|she'?s|she is|i was|he was|she was|who was|who'?s|"
        rf"(?:{NAMED}|{KIN}|{OWNER} (?:\w+ )?{RELATIVE})(?:'s| is| was)) (?:only |just |now |"
        rf"nearly |almost |about )?({NUMBER})(?= (?:now|this|next|when|and|so|but|last|at the time|then|"
        rf"already|years? old)\b|\s*[,.;!?]|$){_UNIT}"
    ),
    compiled(rf"\b(?:i'?m|she'?s|he'?s|i am) ({NUMBER}) (?:and|so|but|in|next|this)\b{_UNIT}"),
    compiled(rf"\b(?:at|by|before) ({NUMBER}) (?:i|he|she) (?:was|had|became|got|ran|took|left|went)\b"),
    compiled(rf"\bmy ({NUMBER}(?:st|nd|rd|th)|(?:thirti|forti|fifti|sixti|seventi)eth|twenty[\s-]first) birthday\b"),
)


def find(text: str) -> list[Span]:
    """Dates that name a day or a month of one year, and ages in years."""
    found = []
    for name, patterns in (("date", _DATES), ("age", _AGES)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                group = match.lastindex if match.lastindex and match.group(match.lastindex) else 0
                found.append(Span(*match.span(group), Label.DATE, f"context:{name}", 0.9))
    return found
