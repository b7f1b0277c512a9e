"""British identifiers and contacts that have a written form: what Presidio lacks."""

import re

from bot.anonymise.models import Label, Span

_SEP = r"[\s.\-]?"
_ID_LEAD = r"(?:number|no\.?|code|ref(?:erence)?|id|pin|registration)?(?:\s+(?:is|was|it'?s|number|of|:))*[\s:#]*"

#: the two-letter areas of postcodes, less those that mean something else in a surgery (CT, HR, PR)
_AREAS = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY|"
    "GL|GU|HA|HD|HG|HP|"
    "HU|HX|IG|IP|IV|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|RG|RH|RM|"
    "SA|SE|SG|SK|SL|"
    "SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|YO"
)


def _rule(label: Label, name: str, pattern: str, flags: re.RegexFlag = re.I) -> tuple[Label, str, re.Pattern[str]]:
    return label, name, re.compile(pattern, flags)


_RULES = (
    _rule(Label.CONTACT, "email", r"(?<![\w.+\-'])[\w.+\-']+@[\w\-]+(?:\.[\w\-]+)+"),
    _rule(Label.CONTACT, "url", r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)]"),
    _rule(
        Label.CONTACT,
        "url",
        r"(?<![\w@.])[a-z0-9][a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:co\.uk|org\.uk|nhs\.uk|gov\.uk|ac\.uk|com|"
        r"org|net|uk|info|health)(?:/\S*\w)?\b",
    ),
    _rule(Label.CONTACT, "handle", r"(?<![\w@.])@\w[\w.\-]{1,}\w"),
    _rule(Label.CONTACT, "phone", r"(?<![\w.])(?:\+|00)\s?44[\s().\-]*(?:0[\s)]*)?(?:\d[\s.\-]?){8,9}\d(?!\w)"),
    _rule(Label.CONTACT, "phone", r"(?<![\w.])\(?0(?:\d[\s().\-]{0,2}){8,9}\d(?!\w)"),
    _rule(Label.CONTACT, "extension", r"\b(?:ext(?:ension)?|bleep)\.?(?:\s+(?:number|is))*\s*(\d{3,6})\b"),
    _rule(
        Label.ID,
        "nhs number",
        rf"\bnhs\s+(?:number|no\.?){_SEP}[^\w\d]*(?:is\s+|was\s+)?(\d(?:{_SEP}\d){{8,10}})(?!\w)",
    ),
    _rule(Label.ID, "nhs number", r"(?<!\w)(\d{3}[\s\-]\d{3}[\s\-]\d{4})(?!\w)"),
    _rule(
        Label.ID,
        "registration",
        rf"\b(?:gmc|gdc|gphc|goc|hcpc){_SEP}\s*{_ID_LEAD}([a-z]{{0,2}}\d(?:[\s\-]?\d){{4,7}})(?!\w)",
    ),
    _rule(Label.ID, "registration", rf"\bnmc{_SEP}\s*{_ID_LEAD}(\d{{2}}\s?[a-z]\s?\d{{4}}\s?[a-z])(?!\w)"),
    _rule(Label.ID, "registration", r"(?<!\w)\d{2}[A-L]\d{4}[EOSW](?!\w)", re.NOFLAG),
    _rule(Label.ID, "national insurance", rf"\b[a-z]{_SEP}[a-z](?:{_SEP}\d){{6}}{_SEP}[a-d]\b"),
    _rule(
        Label.ID,
        "ods code",
        rf"\b(?:ods|practice|organisation|site|k|branch)\s+code\s*(?:is|was|"
        rf":)?[\s:]*((?=\w*\d)[a-z]{_SEP}\d(?:{_SEP}\d){{3,5}}|[a-z0-9]{{3,6}}\d)\b",
    ),
    _rule(Label.ID, "ods code", r"(?<!\w)[A-HJ-NPVWY]\d{5}(?!\w)", re.NOFLAG),
    _rule(Label.ID, "sort code", r"(?<!\w)\d{2}[\-–]\d{2}[\-–]\d{2}(?!\w|[\-–]\d)"),
    _rule(Label.ID, "sort code", r"\bsort\s+code\s*(?:is|was|:)?[\s:]*(\d{2}\s?\d{2}\s?\d{2})(?!\w)"),
    _rule(
        Label.ID,
        "account number",
        r"\b(?:account|acc)\s*(?:number|no\.?)?\s*(?:is|was|:)?[\s:]*(\d(?:\s?\d){5,9})(?!\w)",
    ),
    _rule(
        Label.ID,
        "company number",
        r"\b(?:company|charity|smartcard|badge|payroll|employee|staff|passport|policy|case|hospital|patient|"
        r"reference)\s+(?:number|no\.?|id|ref(?:erence)?)\s*(?:is|was|"
        r":)?[\s:#]*((?=\w*\d)[a-z]{0,3}\d[\d\s\-]{2,11}\d)(?!\w)",
    ),
    _rule(Label.ID, "long number", r"(?<![\w£$€.,])\d{7,16}(?![\w%]|[.,]\d)"),
    _rule(Label.LOCATION, "postcode", r"(?<!\w)[a-pr-uwyz][a-hk-y]?\d[\da-hjkmnp-z]?\s?\d[abd-hjlnp-uw-z]{2}(?!\w)"),
    _rule(
        Label.LOCATION,
        "postcode",
        r"\b(?:post\s?code|postal area)\s+(?:district\s+)?(?:is\s+|was\s+)?([a-z]{1,2}\d[\da-z]?)(?!\w)",
    ),
    _rule(
        Label.LOCATION, "postcode", rf"(?<![\w.-])(?:{_AREAS})\d{{1,2}}(?:\s\d(?![\w.]))?(?![\w.,]*\d)(?!\w)", re.NOFLAG
    ),
    _rule(
        Label.LOCATION,
        "postcode",
        r"\b(?:in|from|near|around|out of)\s+([A-Z]{1,2}\d{1,2})(?=\s+(?:area|postcode|patch|way)\b)",
        re.NOFLAG,
    ),
)


def find(text: str) -> list[Span]:
    """Identifiers and contacts as written; where a rule has a group, only the group is the identifier."""
    found = []
    for label, name, pattern in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            found.append(Span(start, end, label, f"uk_rules:{name}", 0.95))
    return found
