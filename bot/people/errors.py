"""What can stand in the way of a member, in one sentence each."""

from bot.errors import Failure, Trouble


class NotJoined(Trouble):
    """That needs somebody who has joined. Joining takes a minute: send me any message and press Join."""


class TheyHaveNotJoined(Trouble):
    """That person hasn't joined yet, so I can't ask this of them. Once they press Join, you can try again."""


class RosterUnusable(Trouble):
    """The roster can't be used: {why}. It should be a UTF-8 CSV file whose first line starts id,name,slack_name."""


class WordingMissing(Failure):
    """The wording {version} of our permissions is missing from prompts/consent, so nothing was asked or changed."""


class WindowTooLate(Failure):
    """That took me too long, and Slack no longer let me open the window. Please press it once more."""
