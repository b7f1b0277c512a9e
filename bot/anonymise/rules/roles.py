"""Roles that only one person holds: the only, the first, the chair of something named."""

import re

from bot.anonymise.lists import places
from bot.anonymise.models import Label, Span
from bot.anonymise.rules.clauses import compiled
from bot.anonymise.text import fold, is_english

_POST = (
    r"(?:gps?|doctor|partner|senior partner|managing partner|practice manager|business manager|manager|"
    r"nurse|practice nurse|nurse partner|midwife|health visitor|matron|porter|practitioner|"
    r"pharmacist|optom(?:etrist)?|optician|dentist|hygienist|audiologist|physio(?:therapist)?|paramedic|"
    r"occupational therapist|ot|"
    r"social prescriber|link worker|prescriber|receptionist|healthcare assistant|care coordinator|podiatrist|"
    r"chair(?:man|woman|person)?|vice[\s-]chair|president|chief executive|chief exec|ceo|managing "
    r"director|director|medical director|clinical director|directors|"
    r"nurse director|lead|clinical lead|registrar|trainer|board member|non[\s-]exec(?:utive)?|leader|"
    r"woman|man|bloke|lad|lass|girl|person|mum|dad|mother|father|female|male|black|asian|muslim|traveller|sikh|"
    r"hindu|jewish|"
    r"somali|nigerian|polish|romanian|tamil|bangladeshi|pakistani|indian|chinese|filipino|ghanaian|jamaican|kurdish|"
    r"consultant|secretary|treasurer|commissioner|governor|councillor|mayor|appraiser|dean|professor|champion|"
    r"founder|representative|rep|member|clinician|educator|head|officer|guardian|fellow|examiner|owner)"
)
_END = (
    r"(?=[,.;:!?\n]|\s+(?:and|but|so|because|which|who|when|while|then|or|where|since|i|we|it|that's|as|is|"
    r"was|he|she|if|well|um|er|yeah|you)\b|$)"
)
_PLACED = (
    rf"(?: (?:in|on|at|of|for|from|across|within|anywhere in|left in|between) (?:the |our |that |a |this |my |"
    rf"all the )?[\w'’-]+"
    rf"(?: (?:of|for|and|the|in)? ?[\w'’-]+){{0,5}}?(?=[,.;:!?\n]|\s+(?:and (?!\w+ {_END})|but|so|because|which|"
    rf"who|when|while|then|"
    rf"or|where|since|i|we|it|to|with|that|there|as|is|was|by|right|now|well|um|er|yeah|you|at the|for the)\b|$))"
)
_CLAUSE = (
    r"(?: (?:to|who|that|they'd|they've|we'd|we've|doing|left|ever|on|that's|that|what's) [\w'’-]+(?: [\w'’-]+){0,7}?"
    r"(?=[,.;:!?\n]|\s+(?:and|but|so|because|which|when|while|then|or|where|since|i|it|he|she|well|um|er|yeah|"
    r"you)\b|$))"
)
_RANK = (
    r"(?:very |one and )?(?:only|first|first ever|youngest|oldest|longest[\s-]serving|sole|last|lone|most "
    r"senior|inaugural|"
    r"founding|current|token)"
)
_ONLY = compiled(
    rf"\b((?:the |their |its |our |[\w'’-]+'s )?{_RANK}"
    rf"(?: (?!time|thing|one|way|day|place|year|week|month|people|reason|question|step|act|contact|"
    rf"patient)[\w-]+){{0,4}}? {_POST}\b(?: {_POST}\b)*(?:, not an? \w+,)?(?:{_CLAUSE}|{_PLACED})?{_PLACED}?)"
)
#: "the one audiologist who sits on the senate": one of a kind
_THE_ONE = compiled(rf"\bthe (one (?:[\w-]+ )?{_POST} (?:on|who|in|for|that|at) [\w'’-]+(?: [\w'’-]+){{1,8}}?){_END}")
_HEADS = (
    r"(?:chair(?:man|woman|person)?|vice[\s-]chair|deputy chair|president|chief executive(?: officer)?|"
    r"chief exec|ceo|managing director|medical director|chief (?:pharmacist|nurse|operating officer|finance "
    r"officer|officer)|"
    r"clinical director|director of [\w-]+|nurse director|clinical lead|accountable officer|"
    r"secretary|treasurer|founder|head|acting lead|matron|bursar|lead (?:nurse|pharmacist|paramedic|gp|physio|"
    r"dentist|optometrist|"
    r"midwife|clinician|ot|therapist)|county councillor|mayor|(?:\w+ )?lead)"
)
_NAMED = (
    r"(?!my|our|their|a|an|this|that|it|them|us|primary|general|many|"
    r"several|some|about|both|(?:two|three) (?:years|practices|different|of|sites|pcns)|what|\d|the first|me|"
    r"him|her|once|least|all|change|good)"
    r"[\w'’-]+(?: (?!but\b|so\b|which\b|who\b|when\b|since\b|at\b|i\b|we\b)[\w'’-]+){0,5}?"
)
_HEAD_OF = compiled(
    rf"\b((?:inaugural |acting |interim |deputy |former |founding |joint )?{_HEADS} (?:of|for|at) (?:the "
    rf")?(?:whole of the )?"
    rf"(?:all the )?{_NAMED})"
    r"(?=[,.;:!?\n]|\s+(?:and (?!\w+(?:[,.;:!?]|$| \w+(?:[,.;:!?]|$)))|but|so|which|who|when|since|for|at|i|we|"
    r"until|till|from|in|back|now|is|"
    r"was|said|just|before|after|during|as|then|by|last|this|two|three|four|five|right|that's|until)\b|$)"
)
#: a post before the name of the body: "LMC secretary for Teesside", "the county's Caldicott guardian"
_BODY_POST = compiled(
    r"\b((?:lmc|loc|lpc|ldc|pcn|icb|rcgp|bma|federation|county|trust|network|faculty|deanery)(?:'s)? "
    r"(?:[\w-]+ )?(?:secretary|chair(?:man|woman)?|treasurer|president|guardian|ceo|chief exec(?:utive)?|"
    r"medical director|"
    r"clinical director|nurse director|vice[\s-]chair)"
    rf"(?: (?:for|of|in) (?:the )?{_NAMED})?)(?=[,.;:!?\n]|\s+(?:and|then|but|who|which|when|since|at|i|we|was|"
    rf"is|said|back|now|he|she)\b|$)"
)
_LEAD_FOR = compiled(
    r"\b((?:national|regional|county|area|system|icb|borough|city)[\s-](?:wide )?(?:clinical )?(?:lead|"
    r"director|champion|adviser|advisor|representative)"
    r"(?: (?:for|on|of) [\w'’-]+(?: (?:and )?[\w'’-]+)?)?)(?=[,.;:!?\n]|\s|$)"
)
_I_LEAD = compiled(
    rf"\bi ((?:lead|chair|led|chaired) (?:on )?[\w'’-]+ (?:for|across|of) (?:the )?(?:whole of the )?{_NAMED}){_END}"
)
_SEAT = compiled(
    r"\b(?:as|i was|i'm|i am|was made|became|she's|he's|she is|he is) (the (?!only\b)(?:[\w-]+ "
    r"){1,3}(?:member|representative|rep|champion|guardian|observer|envoy|tsar|spokes(?:man|woman|"
    r"person)))\b"
)
_SAID = frozenset(
    [
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
        "now",
        "i've",
        "for",
        "an",
        "you're",
        "they'd",
        "someone",
        "called",
    ]
)


def find(text: str) -> list[Span]:
    """What only one person is or does, with the words that narrow it down."""
    found = [
        Span(*match.span(1), Label.ROLE_UNIQUE, "context:role", 0.75)
        for pattern in (_ONLY, _THE_ONE, _HEAD_OF, _BODY_POST, _LEAD_FOR, _SEAT)
        for match in pattern.finditer(text)
        if (_tells(text, match.start(1)) or _is_placed(match.group(1))) and not _VAGUE.search(match.group(1))
    ]
    found += [
        Span(*m.span(1), Label.ROLE_UNIQUE, "context:role", 0.7)
        for m in _I_LEAD.finditer(text)
        if _is_placed(m.group(1))
    ]
    return [span for span in found if not _loose(text[span.start : span.end])]


def _tells(text: str, start: int) -> bool:
    """Whether it is said of somebody: after I, he, she, as, was, became, or with an article of its own."""
    before = text[max(0, start - 40) : start].lower().split()[-4:]
    return bool(_SAID & set(before)) or text[start : start + 4].lower() == "the "


def _is_placed(phrase: str) -> bool:
    """Whether a place or an unusual word in it narrows it down."""
    return any(fold(word) in places() or not is_english(fold(word)) for word in re.findall(r"[^\W\d_]{4,}", phrase))


def _loose(phrase: str) -> bool:
    """Said loosely: "the first person to laugh", "the only man in the room", with nothing that narrows it down."""
    plain = re.match(
        r"(?:the |our |their )?(?:very )?(?:only|first|last|one|youngest|oldest) (?:person|man|woman|people|mum|"
        r"dad|leader|bloke|lad)\b",
        phrase,
        re.I,
    )
    return plain is not None and not _is_placed(phrase) and not _AT_WORK.search(phrase)


#: a lead for something at home is one of many
_VAGUE = compiled(
    r"^(?:\w+ )?lead (?:nurse |\w+ )?(?:for|of|at) (?:the )?(?:pcn|policy|roof|practice|federation|trust|"
    r"project|team|day|icb|\w+)$"
)
_AT_WORK = compiled(
    r"\b(?:chair|lead|board|senate|committee|council|partner|director|surgery|practice|trust|federation|pcn|lmc|"
    r"clinic|federation)\b"
)
