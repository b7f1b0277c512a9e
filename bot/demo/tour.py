"""The tour of five steps: where each is tried, and as whom. Its words are in prompts/messages/tour.yaml."""

from typing import Any, NamedTuple

from bot.demo.community import Community
from bot.words import plain

Json = dict[str, Any]


class Step(NamedTuple):
    """A step: its name in prompts/, who tries it, where (`messages`, `home` or `stories`), and what its words name."""

    name: str
    part: str
    place: str
    names: tuple[str, ...] = ()


STEPS = (
    Step("join", "leader", "messages", ("leader",)),
    Step("speak", "leader", "messages", ("leader",)),
    Step("share", "leader", "messages", ("stories",)),
    Step("host", "facilitator", "home"),
    Step("new", "newcomer", "stories", ("stories",)),
)


def tour(community: Community) -> Json:
    """The tour as the page reads it: a title, an opening, and steps with the person and the place they lead to."""
    steps = [_step(community, step) for step in STEPS]
    return {"title": plain("tour.title"), "intro": plain("tour.intro"), "steps": steps}


def first_address(page_url: str, guide: Json) -> str:
    """Where the tour begins."""
    first = guide["steps"][0]
    return f"{page_url}?as={first['as']}&at={first['at']}&tab={first['tab']}"


def _step(community: Community, step: Step) -> Json:
    person = getattr(community, step.part)
    in_channel = step.place == "stories"
    known = {"leader": community.leader.name, "stories": f"<#{community.stories.id}>"}
    return {
        "title": plain(f"tour.{step.name}_title"),
        "text": plain(f"tour.{step.name}_text", **{name: known[name] for name in step.names}),
        "as": person.id,
        "name": person.name,
        "at": community.stories.id if in_channel else person.direct.id,
        "tab": "" if in_channel else step.place,
    }
