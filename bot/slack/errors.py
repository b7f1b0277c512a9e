"""What can go wrong between us and Slack."""

from bot.errors import Failure, Trouble


class SlackAway(Failure):
    """Slack wouldn't answer just now. Nothing is lost."""


class FileAway(Failure):
    """Slack wouldn't give me the file just now. I've kept your place."""


class FileGone(Trouble):
    """That clip was deleted before I could fetch it, so there is nothing for me to listen to."""


class FileTooBig(Trouble):
    """That file is larger than the {megabytes} MB I can take, so I left it alone. Could you send it in parts?"""


class NotSlack(Trouble):
    """That file isn't kept by Slack itself, so I left it alone. Could you record or upload it here?"""


class SlackRefused(Failure):
    """Slack refused what I asked for ({code}). Run `collaborate check`: it says which setting to mend."""


class SlackOutOfReach(Failure):
    """I can't reach Slack at {url}: check this machine's network and SLACK_API_URL."""
