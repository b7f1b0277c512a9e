"""Contacts, identifiers, postcodes and spelled names said aloud, as speech-to-text writes them down."""

import re
from itertools import pairwise

from bot.anonymise.keep import kept_phrases
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.numerals import TWO_DIGITS, Run, runs

_WHO = r"[a-z0-9]+(?:[\s.]+(?:dot|underscore|dash|hyphen)\s+[a-z0-9]+|\.[a-z0-9]+)*"
_ENDING = (
    r"(?:co\s+(?:dot\s+)?uk|com|org(?:\s+dot\s+uk)?|net|uk|nhs\s+dot\s+uk|gov\s+dot\s+uk|ac\s+dot\s+uk|health|"
    r"wales|cymru|scot|"
    r"london|info|care)"
)
#: what follows a dot in an address: a word, or letters one by one ("dot n h s dot u k")
_DOTTED = r"(?:\s+dot\s+(?:[a-z](?:\s+[a-z])+\b|[a-z0-9\-]+)|\.[a-z0-9\-]+)"
_PATH = r"(?:\s+(?:forward\s+)?slash\s+[\w\-]+)*"
# "at" and "dot" together are unmistakable, whatever the ending
_ADDRESSES = (
    (
        "email",
        re.compile(rf"\b{_WHO}(?:\s+at\s+|\s*@\s*)[a-z0-9\-]+(?:\s+(?!dot\b)[a-z0-9\-]+){{0,3}}?{_DOTTED}+\b", re.I),
    ),
    ("email", re.compile(rf"\b{_WHO}\s+at\s+nhs(?:\s+dot\s+net|\.net|\s*mail)\b", re.I)),
    (
        "url",
        re.compile(
            rf"\bwww(?:\s+dot\s+|\.|\s+)[a-z0-9\-]+(?:\s+(?!dot\b)[a-z0-9\-]+){{0,3}}?{_DOTTED}+{_PATH}\b", re.I
        ),
    ),
    ("url", re.compile(rf"\b[a-z0-9\-]+(?:\s+dot\s+[a-z0-9\-]+)*\s+dot\s+{_ENDING}{_PATH}\b", re.I)),
    ("url", re.compile(r"\b[a-z0-9\-]+(?:\s+dot\s+|\.)[a-z0-9\-]+(?:\s+(?:forward\s+)?slash\s+[\w\-]+)+\b", re.I)),
)
_HANDLE = re.compile(
    r"\b(?:handle|instagram|insta|twitter|tweeting|facebook|tiktok|linked\s?in|bluesky|threads|youtube|whatsapp|"
    r"telegram|"
    r"snapchat|username|user\s+name|skype)(?:'s|\s+(?:is|as|was|account|handle|page|name|at|it's|we're|i'm|"
    r"just))*[,:]?\s+"
    r"(?:at\s+)(\w+(?:\s+(?:underscore|dot|dash|hyphen)\s+\w+|\s+(?!all\b|and\b|because\b|if\b|or\b|so\b|on\b|"
    r"we\b|i\b|it\b|"
    r"is\b|that\b|where\b|one\s+word)\w+){0,7})",
    re.I,
)
#: "at dales nurse jo all one word": whatever is said to be one word is a handle or an address
_ONE_WORD = re.compile(r"\bat\s+(\w+(?:\s+\w+){0,4}?)(?=,?\s+(?:all\s+)?one\s+word\b)", re.I)
#: what announces a code or number shortly before it
_LABELLED = re.compile(
    r"\b(?:gmc|nmc|gdc|gphc|goc|hcpc|nhs\s+number|ods|(?:site|practice|door|access|key|branch|pass|entry|gate|"
    r"alarm|sort|post|"
    r"premises|dispensing|prescriber|prescribing|organisation|contractor|contract|supplier|cost|"
    r"budget)\s?(?:code|number|pin)?|"
    r"code|numbers?|pin|badge|log\s?in|password|passcode|username|plates?|reg|registration|account|reference|"
    r"ref|case|incident|"
    r"datix|tag|asset|serial|policy|licence|license|key\s+safe|safe|locker|bleep|pager|ext|extension|payroll|"
    r"smart\s?card|card|"
    r"n\s?i|national\s+insurance|passport|driving|performer|id|staff|membership|invoice|complaint|phone|mobile|"
    r"telephone|fax|"
    r"landline|switchboard|ring|rings|text|whatsapp|bell|line|direct)\b",
    re.I,
)
_TELEPHONE = re.compile(
    r"\b(?:phone|mobile|telephone|fax|landline|switchboard|ring|text|whatsapp|bell|ext|extension|bleep|pager|"
    r"line|direct)\b",
    re.I,
)
_LABEL_REACH = 60
#: numbers that everybody may ring, and forms and vitamins that look like codes
_PUBLIC = frozenset({"111", "999", "112", "101", "119", "116", "247", "360", "365"})
_FORMS = re.compile(
    r"(?:fp|med|b|hb|covid|h|a|m|hba|ef|sars|ppa|icd|omicron|windows|band|day|week|type|phase|stage)\s?\d+\w?", re.I
)
_YEAR = re.compile(r"(?:19|20)\d{0,2}")


def find(text: str) -> list[Span]:
    """Spoken contacts, identifiers, postcodes and spelled-out names."""
    spans = [
        Span(*match.span(), Label.CONTACT, f"spoken:{name}", 0.95)
        for name, pattern in _ADDRESSES
        for match in pattern.finditer(text)
    ]
    spans += [
        Span(match.start(1) - 3, match.end(1), Label.CONTACT, "spoken:handle", 0.9)
        for pattern in (_HANDLE, _ONE_WORD)
        for match in pattern.finditer(text)
    ]
    return spans + [span for run in runs(text) if (span := _read(text, run))]


def _read(text: str, run: Run) -> Span | None:
    """What a run of digits and letters is, if it identifies anybody or anything."""
    digits, letters = len(run.digits), run.letters
    if digits == 0 or all(piece.letter or text[piece.start : piece.end] in "oO" for piece in run.pieces):
        return _as(run, Label.PERSON, "letters") if _spells_a_name(text, run) else None
    if _counts(run) or _FORMS.fullmatch(text, run.start, run.end):
        return None
    before = text[max(0, run.start - _LABEL_REACH) : run.start]
    labelled = _LABELLED.search(before) is not None
    if run.digits[0] == "0" and digits > 8 and not letters:
        return _as(run, Label.CONTACT, "digits")
    if letters:
        return _code(run, labelled)
    if digits >= 6 and run.said >= 3 and (labelled or not _rounded(run)):
        return _as(run, Label.ID, "digits")
    private = not _rounded(run) and not _YEAR.fullmatch(run.digits) and run.digits not in _PUBLIC
    if labelled and digits >= 3 and private and (run.said >= 2 or (run.signs and digits >= 4)):
        return _as(run, Label.CONTACT if _TELEPHONE.search(before) else Label.ID, "digits")
    return None


def _code(run: Run, labelled: bool) -> Span | None:
    """Letters and digits together: a postcode by its shape, else a code if it is long or announced."""
    digits, letters, length = len(run.digits), run.letters, len(run.digits) + run.letters
    shape = "".join("L" if piece.letter else "D" * len(piece.worth) for piece in run.pieces)
    if re.fullmatch(r"L{1,2}D{1,2}L?DLL", shape):
        return _as(run, Label.LOCATION, "code")
    if labelled and (digits >= 2 and length >= 3) and (run.said or run.signs):
        return _as(run, Label.ID, "code")
    if (digits >= 2 and letters >= 2 and length >= 5 and run.said >= 2) or (digits >= 4 and length >= 5):
        return _as(run, Label.LOCATION if digits <= 3 and letters >= 3 else Label.ID, "code")
    return None


def _as(run: Run, label: Label, name: str) -> Span:
    return Span(run.start, run.end, label, f"spoken:{name}", 0.85)


def _counts(run: Run) -> bool:
    """Whether somebody only counts: one, two, three."""
    worths = [int(piece.worth) for piece in run.pieces if piece.worth]
    steps = {b - a for a, b in pairwise(worths)}
    return len(worths) > 2 and len(steps) == 1 and steps <= {1, -1, 10, -10, 5}


def _rounded(run: Run) -> bool:
    """Whether all of it are tens and teens, as in a guess: "forty, fifty, sixty"."""
    return all(piece.worth in TWO_DIGITS.values() for piece in run.pieces)


def _spells_a_name(text: str, run: Run) -> bool:
    """Whether single letters in a row spell a name rather than an abbreviation that is kept."""
    letters = [text[piece.start].lower() for piece in run.pieces if not piece.repeats]
    spelt = "".join(letters)
    return (
        len(letters) >= 3 and run.said >= 3 and spelt not in kept_phrases() | {"nhs", "pcn", "icb", "gps", "abc", "www"}
    )
