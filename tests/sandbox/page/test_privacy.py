"""Nobody's browser is ever told a word that is not for them, whatever happens in whatever order."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.driver import Sandbox
from bot.sandbox.happenings import posting, views
from bot.sandbox.happenings.posting import Draft
from bot.sandbox.person import Person

from ..helpers import MANIFEST, OwnClock
from .visitor import Visitor

PEOPLE = ("Amina Okafor", "Ben Achterberg", "Chidi Eze", "Greta Guest")
ROOMS = {"rural": (0, 1), "board": (1, 2), "hosts": (0, 3), "own": ()}


@dataclass
class Stage:
    """A workspace, everybody's browsers, and who may hear which phrase."""

    sandbox: Sandbox
    people: list[Person]
    visitors: list[Visitor]
    audience: dict[str, set[str]] = field(default_factory=dict)

    def phrase(self, *people: str) -> str:
        """A phrase that nothing else holds, for these people alone."""
        phrase = f"phrase{len(self.audience)}x"
        self.audience[phrase] = set(people)
        return phrase

    def place(self, who: int, room: str) -> str | None:
        """A room of the person's, their direct message with the bot for "own"; None where they are not."""
        if room == "own":
            return self.people[who].direct.id
        return self.sandbox.channel(room).id if who in ROOMS[room] else None

    def members(self, channel: str) -> list[str]:
        return self.sandbox.workspace.channels[channel].members


def _say(stage: Stage, who: int, room: str) -> None:
    if channel := stage.place(who, room):
        stage.visitors[who].manages("say", channel=channel, text=stage.phrase(*stage.members(channel)))


def _reply_and_react(stage: Stage, who: int, room: str) -> None:
    channel = stage.place(who, room)
    said = stage.visitors[who].messages(channel) if channel else []
    if channel and said and not said[-1].get("ephemeral"):
        where = {"channel": channel, "thread_ts": said[-1]["ts"]}
        stage.visitors[who].manages("say", **where, text=stage.phrase(*stage.members(channel)), broadcast=who == 0)
        emoji = stage.phrase(*stage.members(channel))
        stage.visitors[who].manages("react", channel=channel, ts=said[-1]["ts"], emoji=emoji)


def _edit_then_delete(stage: Stage, who: int, room: str) -> None:
    channel = stage.place(who, room)
    own = [m for m in stage.visitors[who].messages(channel) if m["mine"]] if channel else []
    for message, what in zip(own, ("edit", "delete"), strict=False):
        text = stage.phrase(*stage.members(str(channel)))
        stage.visitors[who].manages(what, channel=channel, ts=message["ts"], text=text)


def _send_file(stage: Stage, who: int, room: str) -> None:
    if channel := stage.place(who, room):
        name = stage.phrase(*stage.members(channel))
        body = stage.phrase(*stage.members(channel)).encode()
        answer = stage.visitors[who].http.post("/page/upload", params={"channel": channel, "name": name}, content=body)
        assert answer.json()["ok"]


def _whisper(stage: Stage, who: int, room: str) -> None:
    if channel := stage.place(who, room):
        place = stage.sandbox.workspace.channels[channel]
        me = stage.people[who].id
        posting.post_ephemeral(stage.sandbox._engine, place, me, Draft(stage.phrase(me)))


def _open_modal(stage: Stage, who: int, room: str) -> None:
    me = stage.people[who].id
    views.open_modal(stage.sandbox._engine, me, _view("modal", stage.phrase(me)))


def _publish_home(stage: Stage, who: int, room: str) -> None:
    me = stage.people[who]
    views.publish_home(stage.sandbox._engine, me.user, _view("home", stage.phrase(me.id)))


def _view(kind: str, words: str) -> dict:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": words}}]
    title = {"title": {"type": "plain_text", "text": "T"}} if kind == "modal" else {}
    return {"type": kind, "blocks": blocks, **title}


DOINGS: tuple[Callable[[Stage, int, str], None], ...] = (
    _say, _say, _reply_and_react, _edit_then_delete, _send_file, _whisper, _open_modal, _publish_home,
)  # fmt: skip


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(DOINGS), st.integers(0, len(PEOPLE) - 1), st.sampled_from(list(ROOMS))),
        min_size=8,
        max_size=14,
    )
)
def test_nobody_is_told_what_is_not_for_them(acts):
    with Sandbox.start(manifest=MANIFEST, clock=OwnClock(), rate_limits=False) as sandbox:
        people = [sandbox.person(name, is_guest="Guest" in name) for name in PEOPLE]
        sandbox.add_channel("rural", *(people[n] for n in ROOMS["rural"]))
        sandbox.add_channel("board", *(people[n] for n in ROOMS["board"]), private=True)
        sandbox.add_channel("hosts", *(people[n] for n in ROOMS["hosts"]))
        stage = Stage(sandbox, people, [Visitor(sandbox, person) for person in people])
        for visitor in stage.visitors:
            visitor.opens()
        for act, who, room in acts:
            act(stage, who, room)
        for visitor in stage.visitors:
            told = _everything_told(stage, visitor)
            foreign = [phrase for phrase, people in stage.audience.items() if visitor.id not in people]
            leaked = [phrase for phrase in foreign if phrase in told]
            assert not leaked, f"{visitor.person.name} was told {leaked}"
            visitor.leaves()


def _everything_told(stage: Stage, visitor: Visitor) -> str:
    """Every frame, and the answer to every question that a nosy browser could ask."""
    workspace = stage.sandbox.workspace
    visitor.opens()
    workspace.tell("clock")  # comes after all that was told before it
    visitor.tabs[0].hears("clock")
    told = [str(frame) for tab in visitor.tabs for frame in tab.heard]
    for channel in workspace.channels.values():
        asked = {"channel": channel.id, "limit": 200}
        told.append(visitor.http.get("/page/messages", params=asked).text)
        for ts in list(channel.messages)[-2:]:
            where = {"channel": channel.id, "ts": ts}
            told.append(visitor.http.get("/page/thread", params=where).text)
            told.append(str(visitor.does("act", message=where, block_id="b", action_id="a")))
    for view in list(workspace.views.values()):
        told.append(str(visitor.does("fill", view=view.id, block_id="b", action_id="a", value={})))
    for file in list(workspace.files.values()):
        told.append(visitor.http.get(f"/page/file/{file.id}/x").text)
    return "\n".join(told)


def test_the_phrases_do_reach_those_they_are_for():
    """What the test above looks for would be found if it were told."""
    with Sandbox.start(manifest=MANIFEST, clock=OwnClock()) as sandbox:
        people = [sandbox.person(name, is_guest="Guest" in name) for name in PEOPLE]
        sandbox.add_channel("hosts", people[0], people[3])
        stage = Stage(sandbox, people, [Visitor(sandbox, person) for person in people])
        for act in (_say, _send_file, _whisper, _open_modal, _publish_home):
            act(stage, 3, "hosts")
        told = _everything_told(stage, stage.visitors[3])
        assert len(stage.audience) == 6 and all(phrase in told for phrase in stage.audience)
        for visitor in stage.visitors:
            visitor.leaves()
