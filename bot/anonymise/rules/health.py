"""A person's health: an illness said of somebody, not of patients in general."""

import re
from functools import cache

from bot.anonymise.lists import plain
from bot.anonymise.models import Label, Span
from bot.anonymise.rules import ailments
from bot.anonymise.rules.ailments import WORK
from bot.anonymise.rules.clauses import KIN, NAMED, OWNER, RELATIVE, compiled

#: who somebody is at work, where no name is said
_ROLE = (
    r"(?:colleagues?|(?:business |senior |managing |salaried )?(?:partners?|gps?)|manager|boss|friend|predecessor|"
    r"successor|co-?lead|co-?chair|chair|deputy|director|nurse|receptionist|pharmacist|registrar|trainer|secretary)"
)
_SOMEBODY = (
    rf"(?:(?:i|he|she|{KIN}|{NAMED}|{OWNER} (?:\w+ )?{RELATIVE}(?: {NAMED})?"
    rf"|(?:my|our|his|her|one of (?:my|our|the)) (?:\w+ )?{_ROLE}|the {_ROLE})"
    rf"(?:,? who|, (?:my|our|his|her|the|a|an) [\w'-]+(?: [\w'-]+){{0,2}},)?)"
)
_OF_SOMEBODY = rf"(?:my|his|her|(?:{NAMED}|{OWNER} {RELATIVE}|{KIN})'s)"
_HAS = (
    r"(?:(?:'d|'s|'ve|had|has|have|had to have|having|got|was|were|is|am|am in|'m|been|being|ended up|"
    r"went|came|back|off|recently|just|also|then|now|still|living|"
    r"suffered|suffers|suffering|developed|survived|lived|lives|recovering|recovered|died|"
    r"struggled|struggling|diagnosed|treated|"
    r"signed|hospitalised|battled|battling|going through|went through|undergoing|dealing|coping|with|"
    r"from|of|for|a|an|the|some|really|quite|severe|bad|"
    r"mild|my|his|her|own|in|through|two|three|several|another|actually|you know|um|erm|er),? )"
)
_KINDS = r"(?:type (?:one|two|1|2) |severe |breast |bowel |mental )?"
_STATES = (
    r"(?:diagnosed|sectioned|hospitalised|suicidal|in rehab|in remission|in recovery|in intensive care|"
    r"on antidepressants|on dialysis|pregnant|infertile|deaf|blind|disabled|bipolar|autistic|diabetic|epileptic|"
    r"dyslexic|(?:an? )?(?:recovering )?alcoholic|anorexic|terminally ill)"
)
#: states and treatments that the rule names itself
_FIXED = (
    compiled(r"\b(diagnosed(?: \w+)? with (?:(?!and|but|so|when|which|who|in|at|by|last|that)[\w'-]+ ?){1,3})"),
    compiled(
        rf"(?<!\w){_SOMEBODY}(?:'s|'m| was| got| had been| has been|'d been| am| is|'s been) (?:\w+ )?({_STATES})\b"
    ),
    compiled(
        rf"(?<!\w){_SOMEBODY}(?:'s|'d|'ve|'m)? {_HAS}{{0,4}}?((?:heart|brain|back|knee|hip|eye|bowel|spinal|cancer|"
        r"major|emergency|open[\s-]heart) (?:surgery|op))\b"
    ),
    compiled(
        r"\b(?:off|signed off|off sick|off work|on sick leave|sick leave) (?:\w+ ){0,4}?(with (?:my |his |"
        r"her |a |an )?(?:stress|depression|anxiety|burnout|cancer|\w+itis|back \w+|\w+ cancer|exhaustion|"
        r"long covid))\b"
    ),
    compiled(
        rf"(?<!\w)(?:i|he|she|{NAMED}) (?:take|takes|took|was on|am on|is on|went on|started) (antidepressants|"
        r"sertraline|citalopram|fluoxetine|lithium|insulin|methadone|hrt|chemo)\b"
    ),
    compiled(
        rf"(?<!\w)(?:i|he|she|{NAMED}) (?:tried to|attempted to|wanted to) (kill (?:myself|himself|herself)|"
        r"end (?:my|his|her) life|take (?:my|his|her) own life)\b"
    ),
)


@cache
def _conditions() -> str:
    """The listed illnesses: any white space or hyphen between words, any apostrophe in an ending ("Crohn's")."""
    ordered = sorted(plain("conditions"), key=len, reverse=True)
    spaced = (re.escape(name).replace(r"\ ", r"[\s-]+") for name in ordered)
    return "(?:" + "|".join(re.sub(r"s$", "'?s", name) for name in spaced) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    conditions = _conditions()
    return (
        compiled(rf"\b((?:my|his|her) (?:own |recent |long-?term |chronic )?{_KINDS}{conditions})\b{WORK}"),
        compiled(rf"(?<!\w){_OF_SOMEBODY} (?:own |recent |long-?term |chronic )?({_KINDS}{conditions})\b{WORK}"),
        compiled(
            rf"(?<!\w){_SOMEBODY}(?:'s|'d|'ve|'m)?,? {_HAS}{{0,5}}?(?:(?:had|has|have|got|having|with|from|of|was|"
            rf"is|been|developed|survived|suffered|in|a|an|the|through|undergoing|for) )?((?:a |an |the |my |his |her "
            rf")?(?:really |quite |severe |bad |mild |mini |full )*(?:type (?:one|two|1|2) )?{conditions})\b{WORK}"
        ),
        compiled(rf"\blost (?:my|his|her|their) {RELATIVE} to ((?:\w+ )?{conditions})\b"),
        compiled(
            rf"\b(?:in|into|out of) (?:hospital|intensive care|a hospice|resus) ((?:with|after|for) (?:a |an |"
            rf"the |my |his |her )?(?:\w+ )?{conditions})"
        ),
        compiled(
            rf"\b(?:since|after|before|during|following) ((?:my|his|her|their) (?:\w+ )?(?:{conditions}|"
            rf"operation|accident|treatment|relapse|hospital stay|sick leave))\b"
        ),
        compiled(
            rf"(?<!\w){_OF_SOMEBODY} (?:\w+ )?(?:battle|struggle|struggles|diagnosis|experience|history|recovery|"
            rf"treatment|fight) (?:with|of|from|for) ((?:\w+ )?{conditions})\b"
        ),
        *_FIXED,
    )


def find(text: str) -> list[Span]:
    """The words that tell somebody's illness, treatment or state of health."""
    named = [
        Span(*match.span(1), Label.HEALTH, "context:health", 0.85)
        for pattern in _patterns()
        for match in pattern.finditer(text)
    ]
    return named + list(ailments.find(text))
