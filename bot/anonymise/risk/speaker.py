"""Whether words are said of the speaker: "I am a dentist" is; "my wife is a dentist" and "I am no dentist" are"
" not."""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from bot.anonymise.risk.reading import Token, before
from bot.anonymise.risk.table import wordlist


class Whose(Enum):
    """Of whom something is said."""

    SPEAKER = "the speaker"
    FORMERLY = "the speaker, in former days"
    DENIED = "said not to be so"
    OTHER = "somebody else"
    NOBODY = "nobody in particular"


_THIRD = wordlist("others")
_FIRST = wordlist("self")
_CHILDREN = wordlist("children")
_SUBJECTS = wordlist("subjects")
_YOU = frozenset(["you", "your", "yours", "you're"])
_RELATIVE = wordlist("kin")
_NOT = wordlist("denying")

# words that may stand between "I'm a" and a title: anything but what begins another thing
_STOPS = (
    r"(?:to|with|by|from|for|about|at|in|on|off|behind|under|over|he|she|they|his|her|their|my|our|your|told"
    r"|asked|see|saw"
    r"|want|wanted|need|needed|employ|employs|employed|hired|found|married|who|that|when|if|than|before|like"
    r"|whose|it's|it)"
)
_BETWEEN = rf"(?:\s(?!{_STOPS}\b)[\w'-]+){{0,4}}"
_SELF = re.compile(
    r"\b(?:(?P<sure>i'm|i am|im|i'm still|i remain|call myself|i've always been|i'll always be|i will always be"
    r"|we're|we are"
    r"|i became|i've become|i was made|made me|makes me|make me|i work as|i qualified as|i trained as"
    r"|speaking as|i ended up|i ended up as"
    r"|i've been|i have been|ive been|myself|i practise as|i practice as|i got|turned me into|they called me"
    r"|i'm one of|i'm only)"
    r"|(?P<was>i was|i used to be|i'd been|i started as|i started out as|i started life as|i began as|i worked as)"
    r"|(?P<bare>as|being|been|becoming|we|us|me|works? as|working as|qualified as|trained as|one of|became"
    r"|ended up|turned into|who was|calls? me"
    r"|just|only|from being))"
    rf"(?P<mid>{_BETWEEN}(?:\sof(?:\s(?:the|those|these|our|your|few|only|many|two|three|four)){{0,3}})?{_BETWEEN})$"
)
_AFTER = re.compile(
    r"^(?:(?:\w+\s){0,2}(?:like me|like us|like myself|myself)|by (?:trade|training|background|profession)"
    r"|that's me|at heart)\b"
)
_FORMER = re.compile(
    r"\b(?:before i (?:was|became|did)|used to|in a former life|started (?:out )?(?:as|life)|once upon|back when)\b"
)
_THOUGHT = re.compile(
    r"\b(?:think i'm|thought i was|assume i'm|assumed i was|mistaken for|mistook me|take me for|wish i was"
    r"|if i were|wanted to be|dreamt of)\b"
)
_TRADE = re.compile(
    r"\b(?:trained|training|qualified|background|degree|career|working life|life|came|come|studied|read|worked"
    r"|work|years|in|us|lead|led|run"
    r"|leading|did|do|chose|choose|love|loved|went into)\b"
)


def of_title(tokens: Sequence[Token], at: int, end: int) -> Whose:
    """Of whom a word for a person ("optometrist", tokens `at` to `end`) is said."""
    if _owns_next(tokens, end):
        return Whose.NOBODY
    left, right = " ".join(before(tokens, at, 10)), _after(tokens, end)
    if _AFTER.search(right):
        return Whose.DENIED if _denied(left) else Whose.SPEAKER
    match = _SELF.search(left)
    if match is None or _THOUGHT.search(left[max(0, match.start() - 14) : match.end()]):
        return Whose.NOBODY
    if _denied(match.group()) or re.search(
        r"\b(?:never|not|don't|wouldn't|isn't|rather than|instead of)$", left[: match.start()].strip()
    ):
        return Whose.DENIED
    if match["sure"]:
        return Whose.FORMERLY if _FORMER.search(left) else Whose.SPEAKER
    if match["was"]:
        return Whose.FORMERLY if _FORMER.search(left) or match["was"] != "i was" else Whose.SPEAKER
    return Whose.OTHER if _last_named(tokens, at) is Whose.OTHER else Whose.SPEAKER


def of_trade(tokens: Sequence[Token], at: int, end: int) -> Whose:
    """Of whom a trade ("dentistry") is said: it must be what somebody learnt, does or leads."""
    left = " ".join(before(tokens, at, 7))
    if not (_TRADE.search(left) or re.match(r"(?:is|was) (?:my|what i|all i)", _after(tokens, end))):
        return Whose.NOBODY
    return of_thing(tokens, at)


def of_thing(tokens: Sequence[Token], at: int) -> Whose:
    """Of whom a thing of somebody's days ("sight tests") is said; nobody named counts as nobody in particular."""
    near = [token for token in tokens[max(0, at - 5) : at] if token.clause == tokens[at].clause]
    for back, token in enumerate(reversed(near)):
        if token.text in _NOT or token.text.endswith("n't"):
            between = [word.text for word in near[len(near) - back :]]
            if not _FIRST & set(between) and not set(between) & {"only", "just", "stop", "mind"}:
                return Whose.DENIED
    return _last_named(tokens, at)


def _last_named(tokens: Sequence[Token], at: int) -> Whose:
    """Whom the words left of a token, in its sentence, named last: the speaker, or somebody else.

    Pronouns that are no subject ("I count out their tablets") are of those whom the speaker looks after.
    """
    left = before(tokens, at, 12)
    looked_after = False
    for back in range(len(left) - 1, -1, -1):
        word = left[back]
        own = back and left[back - 1] in ("my", "our", "the", "whose", "a")
        if (word.removesuffix("'s") in _RELATIVE and own) or word in _SUBJECTS or _is_somebody(word):
            return Whose.OTHER
        if word in _FIRST and not (back + 1 < len(left) and left[back + 1].removesuffix("'s") in _RELATIVE):
            return Whose.NOBODY if looked_after else Whose.SPEAKER
        if word in _YOU:
            return Whose.NOBODY
        looked_after = looked_after or word in _THIRD
    return Whose.OTHER if looked_after else Whose.NOBODY


def of_ones_children(tokens: Sequence[Token], at: int) -> bool:
    """Whether a thing is said of the speaker's own children, which tells the speaker's age."""
    left = before(tokens, at, 8)
    return any(mine in ("my", "our") and child.removesuffix("'s") in _CHILDREN for mine, child in pairwise(left))


def _is_somebody(word: str) -> bool:
    """Whether a descriptor stands for a person."""
    return word.startswith("[") and not re.search(
        r"town|village|practice|city|area|date|day|year|region|place|programme", word
    )


def _denied(text: str) -> bool:
    return bool(_NOT & set(text.split()))


def _owns_next(tokens: Sequence[Token], end: int) -> bool:
    """ "a dentist's daughter" is no dentist."""
    return tokens[end - 1].text.endswith(("'s", "s'")) and end < len(tokens) and tokens[end].stem not in ("here", "now")


def _after(tokens: Sequence[Token], end: int) -> str:
    right = tokens[end : end + 5]
    return " ".join(token.text for token in right if token.sentence == tokens[end - 1].sentence)
