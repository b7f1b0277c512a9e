"""What can go wrong while anonymising, as sentences for a person."""

from bot.errors import Failure, Trouble


class EngineMissing(Failure):
    """The anonymiser isn't complete on this machine ({part}), so nothing was anonymised and nothing was let through. Run `collaborate check` to see how to mend it."""  # noqa: E501


class EngineFailed(Failure):
    """A part of the anonymiser stopped working ({part}), so nothing was let through. Please try again."""


class BadLine(Trouble):
    """Line {number} isn't a JSON object with an "id" and a "text", so I stopped there. The lines before it are done."""


class BadRoster(Trouble):
    """I couldn't read the roster: {reason}. It should be a CSV file with at least the columns id and name."""


class LogOfOtherWords(Trouble):
    """This log doesn't belong to these words, or one of them was changed since, so I put nothing back."""
