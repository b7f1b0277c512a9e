"""How long the texts and lists of a manifest may be, and which scopes there are.

Figures: Slack's manifest schema 2.0.0 (slackapi/manifest-schema). The schema does not look at the names of scopes; they
are those of docs.slack.dev/reference/scopes that a bot token may carry.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.sandbox.errors import BadManifest

Json = dict[str, Any]


class Limit(NamedTuple):
    """A place in the manifest (`[]`: each entry of a list), and the fewest and most letters or entries there."""

    place: str
    most: int
    least: int = 0


TEXTS = (
    Limit("display_information.name", 35, 1),
    Limit("display_information.description", 140),
    Limit("display_information.long_description", 4000, 175),
    Limit("features.bot_user.display_name", 80, 1),
    Limit("features.slash_commands[].command", 32, 2),
    Limit("features.slash_commands[].description", 2000),
    Limit("features.slash_commands[].usage_hint", 1000),
    Limit("features.shortcuts[].name", 24, 1),
    Limit("features.shortcuts[].description", 150),
)
LISTS = (
    Limit("features.slash_commands", 50),
    Limit("features.shortcuts", 10),
    Limit("settings.event_subscriptions.bot_events", 100),
    Limit("oauth_config.scopes.bot", 255),
)

BOT_SCOPES = frozenset(
    """
    app_configurations:read app_configurations:write app_mentions:read assistant:write bookmarks:read
    bookmarks:write calls:read calls:write canvases:read canvases:write channels:history channels:join
    channels:manage channels:read channels:write.invites channels:write.topic chat:write chat:write.customize
    chat:write.public commands conversations.connect:manage conversations.connect:read
    conversations.connect:write datastore:read datastore:write dnd:read emoji:read files:read files:write
    groups:history groups:read groups:write groups:write.invites groups:write.topic im:history im:read im:write
    im:write.topic incoming-webhook links.embed:write links:read links:write lists:read lists:write
    metadata.message:read mpim:history mpim:read mpim:write mpim:write.invites mpim:write.topic pins:read
    pins:write reactions:read reactions:write reminders:read reminders:write remote_files:read
    remote_files:share remote_files:write search:read.enterprise search:read.files search:read.im
    search:read.mpim search:read.private search:read.public search:read.users team.billing:read
    team.preferences:read team:read tokens.basic triggers:read triggers:write usergroups:read usergroups:write
    users.profile:read users:read users:read.email users:write workflow.steps:execute workflows.templates:read
    workflows.templates:write
    """.split()  # noqa: SIM905 -- a list of one name a line would be eighty lines
)


def check_limits(manifest: Json) -> None:
    """BadManifest for what is of the wrong kind, too long or too short, and for scopes that there are not."""
    for limit in LISTS:
        _check(manifest, limit, list, "entries")
    for limit in TEXTS:
        _check(manifest, limit, str, "letters")
    for scope in next(_at(manifest, "oauth_config.scopes.bot"), []):
        if scope not in BOT_SCOPES:
            raise BadManifest(why=f"there is no scope {scope} for a bot")


def _check(manifest: Json, limit: Limit, kind: type, unit: str) -> None:
    for found in _at(manifest, limit.place):
        if not isinstance(found, kind):
            raise BadManifest(why=f"{limit.place} is of the wrong kind")
        if not limit.least <= len(found) <= limit.most:  # type: ignore[arg-type]
            allowed = f"{limit.least} to {limit.most}" if limit.least else f"at most {limit.most}"
            raise BadManifest(why=f"{limit.place} has {allowed} {unit}")


def _at(thing: Any, place: str) -> Iterator[Any]:
    """What stands at the place; nothing, where it is left out."""
    name, _, rest = place.partition(".")
    found = thing.get(name.removesuffix("[]")) if isinstance(thing, dict) else None
    if found is None:
        return
    for one in found if name.endswith("[]") else [found]:
        if rest:
            yield from _at(one, rest)
        else:
            yield one
