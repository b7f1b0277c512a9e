"""A masked paragraph as it was said, for its leader alone: with the log of what was hidden."""

from collections.abc import Sequence

from bot.anonymise.models import Hidden
from bot.anonymise.trouble import LogOfOtherWords


def undo(masked: str, log: Sequence[Hidden]) -> str:
    """The original of a masked paragraph, to the letter. `log` is its `hidden`: offsets in code points of the original.

    LogOfOtherWords if a descriptor isn't where the log says: either was changed since.
    """
    pieces, at, shift = [], 0, 0
    for hidden in sorted(log, key=lambda one: one.span):
        start = hidden.span.start + shift
        if start < at or not masked.startswith(hidden.descriptor, start):
            raise LogOfOtherWords
        pieces += [masked[at:start], hidden.original]
        at = start + len(hidden.descriptor)
        shift += len(hidden.descriptor) - len(hidden.original)
    return "".join([*pieces, masked[at:]])
