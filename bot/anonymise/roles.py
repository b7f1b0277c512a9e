"""Roles that only one person holds: the only, the first, the chair of something named."""

from bot.anonymise.clauses import compiled
from bot.anonymise.models import Label, Span

_POST = (
    r"(?:gps?|doctor|partner|senior partner|managing partner|practice manager|business manager|manager|"
    r"nurse|practice nurse|nurse partner|"
    r"pharmacist|optometrist|dentist|audiologist|physio(?:therapist)?|paramedic|occupational therapist|"
    r"social prescriber|"
    r"chair(?:man|woman|person)?|vice[\s-]chair|president|chief executive|chief exec|ceo|managing "
    r"director|director|medical director|clinical director|"
    r"nurse director|lead|clinical lead|registrar|trainer|board member|non[\s-]exec(?:utive)?|leader|"
    r"woman|man|person|female|male|black|asian|muslim|"
    r"consultant|secretary|treasurer|commissioner|governor|councillor|mayor|appraiser|dean|professor|"
    r"founder|representative|rep|member)"
)
_TAIL = (
    r"(?: (?:in|on|at|of|for|from|across|within) (?:the |our |that |a |this |my )?[\w'’-]+(?: (?:of|for|"
    r"and|the|in)? ?[\w'’-]+){0,3}?(?=[,.;:!?\n]|\s+(?:and|but|so|because|which|who|when|while|then|or|"
    r"where|since|for|at|i|we|it|to|with|that|there|as|is|was)\b|$))?"
)
_ONLY = compiled(
    rf"\b((?:the |their |its |our )?(?:very |one and )?(?:only|first|first ever|youngest|oldest|"
    rf"longest[\s-]serving|sole|last|lone|most senior)"
    rf"(?: (?!time|thing|one|way|day|place|year|week|month|people|reason|question|step|"
    rf"patient)[\w-]+){{0,3}}? {_POST}(?: {_POST})*(?: (?:to|who) [\w'’-]+(?: "
    rf"[\w'’-]+){{0,5}}?(?=[,.;:!?\n]|\s+(?:and|but|so|because|which|when|while|then|or|where|since)\b|"
    rf"$)|{_TAIL}))"
)
_HEADS = (
    r"(?:chair(?:man|woman|person)?|vice[\s-]chair|deputy chair|president|chief executive(?: officer)?|"
    r"chief exec|ceo|managing director|medical director|"
    r"clinical director|chief nurse|director of [\w-]+|nurse director|clinical lead|accountable officer|"
    r"secretary|treasurer|founder|head)"
)
_HEAD_OF = compiled(
    rf"\b({_HEADS} (?:of|for|at) (?:the )?(?!my|our|their|a|an|this|that|it|them|us|primary|general|many|"
    rf"several|some|about|both|two|three|what|\d|the first)"
    rf"[\w'’-]+(?: (?!and\b|but\b|so\b|which\b|who\b|when\b|since\b|for\b|at\b|i\b|we\b)[\w'’-]+){{0,4}}?)"
    r"(?=[,.;:!?\n]|\s+(?:and|but|so|which|who|when|since|for|at|i|we|until|till|from|in|back|now|is|"
    r"was|said|just|before|after|during|as|then|by|last|this|two|three|four|five|right)\b|$)"
)
_LEAD_FOR = compiled(
    r"\b((?:national|regional|county|area|system|icb|borough|city)[\s-](?:wide )?(?:clinical )?(?:lead|"
    r"director|champion|adviser|advisor|representative)"
    r"(?: (?:for|on|of) [\w'’-]+(?: (?:and )?[\w'’-]+)?)?)(?=[,.;:!?\n]|\s|$)"
)
_SEAT = compiled(
    r"\b(?:as|i was|i'm|i am|was made|became|she's|he's|she is|he is) (the (?!only\b)(?:[\w-]+ "
    r"){1,3}(?:member|representative|rep|champion|guardian|observer|envoy|tsar|spokes(?:man|woman|"
    r"person)))\b"
)


def find(text: str) -> list[Span]:
    """What only one person is or does, with the words that narrow it down."""
    return [
        Span(*match.span(1), Label.ROLE_UNIQUE, "context:role", 0.75)
        for pattern in (_ONLY, _HEAD_OF, _LEAD_FOR, _SEAT)
        for match in pattern.finditer(text)
        if _tells(text, match.start(1))
    ]


def _tells(text: str, start: int) -> bool:
    """Whether it is said of somebody: after I, he, she, as, was, became, or with an article of its own."""
    before = text[max(0, start - 40) : start].lower().split()[-4:]
    said = {
        "i'm",
        "i",
        "am",
        "was",
        "were",
        "is",
        "as",
        "became",
        "become",
        "being",
        "been",
        "she's",
        "he's",
        "the",
        "our",
        "their",
        "me",
        "him",
        "her",
        "made",
        "elected",
        "appointed",
    }
    return bool(said & set(before)) or text[start : start + 4].lower() == "the "
