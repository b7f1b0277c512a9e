"""Who is in the demo's workspace: the fictional community of transcripts/samples, its channels, a few of its words."""

import csv
from dataclasses import dataclass

from bot.demo.place import SAMPLES
from bot.sandbox.driver import Room, Sandbox
from bot.sandbox.person import Person
from bot.words import plain

#: the parts of the tour and who plays them, by their ids in members.csv: a new leader, a facilitator, and somebody
#: who leads a collaborative that is only starting (Hollinfield Neighbourhoods Together)
CAST = {"leader": "m01", "facilitator": "m34", "newcomer": "m24"}
#: who looks after the community together, in a channel of their own
HOSTS = ("m34", "m28", "m36")
#: who has said something before anybody looks: (channel, member, the words' name in prompts/)
SAID = (
    ("welcome", "m34", "said_welcome"),
    ("welcome", "m15", "said_snow"),
    ("welcome", "m20", "said_snow_too"),
    ("rural-leaders", "m25", "said_relief"),
    ("rural-leaders", "m35", "said_relief_too"),
)
PERMITS = ("record", "transcribe", "share")
WAIT = 60.0


@dataclass(frozen=True)
class Community:
    """Those whom the tour is about, and the channel that stories go to."""

    leader: Person
    facilitator: Person
    newcomer: Person
    stories: Room


def settle(sandbox: Sandbox) -> Community:
    """Everybody moves in: members of the workspace who have not said a word to the bot yet."""
    rows = {row["id"]: row for row in members()}
    order = [*CAST.values(), *(member for member in rows if member not in CAST.values())]  # lists begin with the cast
    people = {member: _person(sandbox, rows[member]) for member in order}
    rural = [people[member] for member in order if rows[member]["setting"] == "rural"]
    stories = _channel(sandbox, "stories", "topic_stories", *people.values())
    _channel(sandbox, "welcome", "topic_welcome", *people.values(), with_bot=False)
    _channel(sandbox, "rural-leaders", "topic_rural", *rural, with_bot=False)
    _channel(sandbox, "facilitators", "topic_hosts", *(people[m] for m in HOSTS), with_bot=False, private=True)
    for channel, member, words in SAID:
        people[member].says(plain(f"demo.{words}"), channel=channel)
    return Community(**{part: people[member] for part, member in CAST.items()}, stories=stories)


def members() -> list[dict[str, str]]:
    """The rows of members.csv."""
    with (SAMPLES / "members.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def joins(person: Person) -> None:
    """The person says hello, and joins with leave to be heard, written down and shared. AssertionError if it fails."""
    person.says("hello")
    person.sees("Hello", within=WAIT)
    person.clicks(plain("people.join_button"))
    person.modal()
    person.fills({plain("people.permissions_label"): list(PERMITS)})
    assert person.submits() == {}, "the join window was not accepted"
    person.sees("Welcome", within=WAIT)


def _person(sandbox: Sandbox, row: dict[str, str]) -> Person:
    part = next((part for part, member in CAST.items() if member == row["id"]), "member")
    profession = row["profession"][:1].upper() + row["profession"][1:]
    title = plain(f"demo.title_{part}", profession=profession, organisation=row["organisation"])
    return sandbox.person(row["name"], time_zone=row["time_zone"], title=title)


def _channel(sandbox: Sandbox, name: str, topic: str, *people: Person, **options: bool) -> Room:
    """A channel with a topic from prompts/; `options` as of Sandbox.add_channel."""
    room = sandbox.add_channel(name, *people, **options)
    room.channel.topic = plain(f"demo.{topic}")
    return room
