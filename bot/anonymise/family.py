"""Family: the name, school or employer of a relative."""

from bot.anonymise.clauses import OWNER, RELATIVE, compiled
from bot.anonymise.lists import given_names
from bot.anonymise.models import Label, Span
from bot.anonymise.text import fold, is_english

_CLAUSE_END = r"(?=[,.;:!?\n]|\s+(?:and|but|so|because|which|who|when|while|then|or|where|since|though|as)\b|$)"
_DOES = (
    r"(?:teaches|taught|works|worked|working|goes|went|going|studies|studied|studying|trained|is "
    r"training|volunteers|boards|nursed|drives|drove|coaches|coached|preaches|preached|farms|farmed|"
    r"cleans|cleaned|cooks|cooked|commutes|attends|attended|transferred|moved|joined|"
    r""
    r"is|was|are|were|been|started|starts|just started|runs|ran|owns|owned|manages|managed|lectures|"
    r"nurses|plays|serves|served|"
    r"got a job|got a place|qualified|graduated|retired)"
)
_WORKPLACE = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?{RELATIVE}(?:'s|s)?(?:,? (?-i:[A-Z])[\w'-]+,?)?(?: (?:also|now|still|who|both|"
    rf"actually|used to|has|have|had))*\s*"
    rf"({_DOES}(?: (?!(?:and|but|so|because|which|who|when|he|she|they|i|we)\b)[\w'-]+){{0,5}}? "
    rf"(?:at|for|in|from|with|to) (?!the moment|the time|home|work|hospital "
    rf"with|a way|bed|sleep|be\b|do\b|see\b|school\b|uni\b|church|town|fact|me\b|it\b|us\b)"
    rf"[\w'’&-]+(?: [\w'’&-]+){{0,5}}?){_CLAUSE_END}"
)
_JOB = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?{RELATIVE}(?:'s| is| was) (an? (?:[\w-]+ ){{0,2}}?(?:at|for|in|with) "
    rf"[\w'’&-]+(?: [\w'’&-]+){{0,5}}?){_CLAUSE_END}"
)
_SCHOOL = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?{RELATIVE}(?:'s|s'|s)? (?:\w+ )?(?:school|nursery|college|university|employer|"
    rf"firm|work) (?:is|was|at|,|called)+ ((?:the )?[\w'’-]+(?: [\w'’-]+){{0,4}}?){_CLAUSE_END}"
)
_NAMED = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?(?:{RELATIVE}),?(?:'s| is| was)?(?: (?:called|named|name is|name's))?,? "
    rf"([^\W\d_]+(?:[\s-](?-i:[A-Z])[^\W\d_]+)?)"
)
_CALLED = compiled(
    rf"(?<!\w){OWNER} (?:\w+ )?(?:{RELATIVE}),?(?:'s| is| was| are)?,? (?:called|named|name is|name's) "
    rf"([^\W\d_]+)(?: and ([^\W\d_]+))?"
)


def find(text: str) -> list[Span]:
    """Where relatives work, teach or learn, and what they are called."""
    details = [
        Span(*match.span(1), Label.FAMILY, "context:family", 0.8)
        for pattern in (_WORKPLACE, _JOB, _SCHOOL)
        for match in pattern.finditer(text)
    ]
    named = [match.span(1) for match in _NAMED.finditer(text) if _is_name(match.group(1))]
    for match in _CALLED.finditer(text):
        named += [match.span(group) for group in (1, 2) if match.group(group)]
    return details + [Span(*span, Label.FAMILY, "context:family name", 0.9) for span in named]


def _is_name(heard: str) -> bool:
    first = fold(heard.split()[0])
    return (first in given_names() and (heard[0].isupper() or not is_english(first))) or (
        heard[0].isupper() and not is_english(first)
    )
