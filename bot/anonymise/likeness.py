"""Whether two spellings may be one name: speech-to-text respells a name at each mention.

Optimal string alignment and Jaro-Winkler (rapidfuzz), Metaphone (jellyfish); thresholds set on the corpus of the tests.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import ratio


@lru_cache(maxsize=65_536)
def sound(folded: str) -> str:
    """The Metaphone code: how a word sounds to an English ear."""
    from jellyfish import metaphone

    return metaphone(folded)


@lru_cache(maxsize=65_536)
def alike(known: str, heard: str) -> bool:
    """Two folded words: the same, a slip apart, or the same sound. Short words must be the same."""
    if known == heard:
        return True
    if min(len(known), len(heard)) < 4 or sound(known)[:1] != sound(heard)[:1]:
        return False
    slips = OSA.distance(known, heard)
    if slips <= (1 if max(len(known), len(heard)) < 8 else 2):
        return True
    return len(sound(known)) > 1 and sound(known) == sound(heard) and JaroWinkler.similarity(known, heard) >= 0.8


@lru_cache(maxsize=65_536)
def alike_run(known: str, heard: str) -> bool:
    """Two names written without spaces ("thornfield", "thornefeild"): for phrases that come apart or run together."""
    if known == heard:
        return True
    if min(len(known), len(heard)) < 7 or known[0] != heard[0]:
        return False
    return ratio(known, heard) >= 86 or (sound(known) == sound(heard) and ratio(known, heard) >= 75)
