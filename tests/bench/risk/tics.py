"""Made-up speakers who each have turns of phrase of their own, over sentences that anybody could say."""

import random

from bot.anonymise.risk.linkage import risks
from bot.anonymise.risk.models import Published
from bot.anonymise.risk.style import nearest

TICS = (
    ("to be fair", "bless them", "so there we are"),
    ("at the end of the day", "do you know what I mean", "hand on heart"),
    ("I'll be straight with you", "needless to say", "and all that jazz"),
    ("truth be told", "or what have you", "come what may"),
    ("fair play", "as my old boss used to say", "when all's said and done"),
    ("by and large", "God help us", "as sure as eggs"),
    ("in actual fact", "so to speak", "the long and the short of it"),
    ("mind you", "touch wood", "if I'm being honest"),
    ("funnily enough", "for what it's worth", "and the rest is history"),
    ("not to put too fine a point on it", "as it were", "that sort of caper"),
    ("I kid you not", "long story short", "happy days"),
    ("with the best will in the world", "lo and behold", "give or take"),
)
SENTENCES = (
    "We began with one meeting and a tray of sandwiches",
    "Nobody had asked the people who answer the calls what they thought",
    "It took us most of a winter to agree on anything",
    "The first plan was too large and we made it smaller",
    "I learnt to wait until everybody had spoken",
    "There was a week when I wanted to stop",
    "Somebody brought a cake and that changed the afternoon",
    "We wrote down what each of us was afraid of losing",
    "The money came late and then all at once",
    "I had to say sorry in front of the whole team",
    "People stayed because they were asked what they needed",
    "We stopped sending long letters and began to visit",
    "The hardest part was letting others make the decision",
    "After a month the complaints were half of what they had been",
    "I did not know that I was allowed to say no",
    "We kept one hour a week in which nothing was planned",
    "The building was cold and nobody had noticed but the cleaners",
    "What surprised me was how quickly trust came back",
    "Two of us disagreed for a year and are friends now",
    "I used to think that leading meant having the answers",
    "We found out that we had been measuring the wrong thing",
    "Every change began with one person who was tired of waiting",
    "The room went quiet and then somebody laughed",
    "I keep a note of every good day in a drawer",
    "We asked the newest person to lead the meeting",
    "It was easier to begin again than to mend it",
    "They told us that it couldn't be done and then they joined",
    "I would do the first year differently now",
    "We shared one room for a summer and it worked",
    "What helped was a call on a Friday from a person I trusted",
    "The plan changed four times before the spring",
    "I was too proud to ask for help and it cost us",
    "Once we had a name for the problem it was smaller",
    "The best idea came from a person who had never spoken before",
    "We lost two good people before we listened",
    "In the end it was a list on a wall that did it",
    "I walked home that evening and felt lighter",
    "We agreed to be kind first and right second",
    "There is less shouting now and more tea",
    "I still don't know whether we were lucky or good",
    "It helps to have somebody outside who asks how you are",
    "We tried it for a fortnight and nobody wanted to go back",
    "The old way had reasons that we had forgotten",
    "I say thank you more often than I used to",
    "We had a rule that nobody eats alone",
    "Some days the only thing that I lead is myself",
    "Next year I would like somebody else to have a turn",
    "We were told to be bold and then told to be careful",
)


def stories(seed: int = 3, each: int = 3) -> list[Published]:
    """So many stories of each speaker: fourteen sentences, none said twice, each turn of phrase two or three times."""
    chance = random.Random(seed)
    found = []
    for who, tics in enumerate(TICS):
        said = chance.sample(SENTENCES, 14 * each)
        parts = (said[14 * nth : 14 * nth + 14] for nth in range(each))
        found += [Published(_story(tics, part, chance), f"s{who:02d}") for part in parts]
    return found


def _story(tics: tuple[str, ...], said: list[str], chance: random.Random) -> str:
    for at, tic in zip(chance.sample(range(14), 8), [*tics, *tics, *tics], strict=False):
        opening = f"{tic[0].upper()}{tic[1:]}, {said[at][0].lower()}{said[at][1:]}"
        said[at] = opening if chance.random() < 0.5 else f"{said[at]}, {tic}"
    return ". ".join(said) + "."


def softened(text: str, speaker: str, published: list[Published]) -> str:
    """A draft after its speaker took every softer wording that was offered, as often as there was one."""
    for _ in range(4):
        found = list(risks([text], speaker, published))
        for risk in found:
            text = text.replace(risk.phrase, risk.softer)
        if not found:
            break
    return text


def measure(seed: int = 3) -> dict[str, float]:
    """How often the last story of each speaker is attributed to them, as told and softened; and the bound 2/n."""
    told = stories(seed)
    drafts, out = told[2::3], [story for at, story in enumerate(told) if at % 3 != 2]
    soft = [Published(softened(draft.text, draft.speaker, out), draft.speaker) for draft in drafts]
    return {"told": _right(drafts, out), "softened": _right(soft, out), "bound": 2 / len(drafts)}


def _right(drafts: list[Published], out: list[Published]) -> float:
    return sum(nearest(draft.text, out)[0][1].speaker == draft.speaker for draft in drafts) / len(drafts)
