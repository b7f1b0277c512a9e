"""The demo's community, and the tour that leads through it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.demo.community import Community, members, settle
from bot.demo.place import SAMPLES, start_sandbox
from bot.demo.tour import first_address, tour
from bot.sandbox.driver import Sandbox
from bot.sandbox.workspace.stage import samples_in
from bot.words import entries

Json = dict[str, Any]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with start_sandbox(None) as started:
        yield started


@pytest.fixture
def community(sandbox: Sandbox) -> Community:
    return settle(sandbox)


@pytest.fixture
def guide(community: Community) -> Json:
    return tour(community)


def words(guide: Json) -> str:
    return "\n".join(
        [guide["title"], guide["intro"], *(step["title"] + "\n" + step["text"] for step in guide["steps"])]
    )


def test_everybody_of_the_fictional_community_moves_in_and_the_cast_come_first(
    sandbox: Sandbox, community: Community
) -> None:
    people = [user for user in sandbox.workspace.users.values() if user.title]
    assert {user.real_name for user in people} == {row["name"] for row in members()}
    cast = [community.leader, community.facilitator, community.newcomer]
    assert [user.id for user in people[:3]] == [person.id for person in cast]
    assert community.leader.user.title == "New here · Practice manager at Brackenford Surgery"


def test_nobody_has_spoken_to_the_bot_before_the_demo_begins(sandbox: Sandbox, community: Community) -> None:
    rooms = sandbox.workspace.channels.values()
    assert not any(room.messages for room in rooms if room.kind == "im")
    assert [message.user for message in sandbox.channel("welcome").messages]
    assert not community.stories.messages


def test_facilitators_are_among_themselves(sandbox: Sandbox, community: Community) -> None:
    room = sandbox.channel("facilitators").channel
    assert room.kind == "group" and community.facilitator.id in room.members
    assert sandbox.bot_user_id not in room.members and community.leader.id not in room.members


def test_the_tour_has_five_steps_as_three_people_in_places_they_can_see(
    sandbox: Sandbox, community: Community, guide: Json
) -> None:
    assert len(guide["steps"]) == 5
    cast = {community.leader.id, community.facilitator.id, community.newcomer.id}
    assert {step["as"] for step in guide["steps"]} == cast
    for step in guide["steps"]:
        assert step["as"] in sandbox.workspace.channels[step["at"]].members


def test_the_tour_begins_where_its_first_step_is(sandbox: Sandbox, community: Community, guide: Json) -> None:
    chat = community.leader.direct.id
    assert first_address(sandbox.page_url, guide) == (
        f"{sandbox.page_url}?as={community.leader.id}&at={chat}&tab=messages"
    )


def test_every_button_that_the_tour_names_is_one_of_the_bot_s(community: Community, guide: Json) -> None:
    named = set(re.findall(r"\*([^*]+)\*", words(guide)))
    buttons = {entry["text"] for name, entry in entries().items() if name.startswith(("people.", "stories."))}
    samples = {sample.title for sample in samples_in(SAMPLES).values()}
    assert named >= {"Join", "Approve", "How it works", "Rota home"}
    assert named - buttons - samples == {community.leader.name}


def test_every_command_that_the_tour_names_is_one_that_the_bot_knows(guide: Json) -> None:
    commands = {code for code in re.findall(r"`([^`]+)`", words(guide)) if code.startswith("/")}
    help_text = entries()["people.command_help"]["text"]
    assert commands
    assert [command for command in commands if command not in help_text] == []


def test_the_recording_that_the_tour_offers_is_its_leader_s_own(community: Community) -> None:
    speaker = re.search(r'"speaker": "(m\d+)"', (SAMPLES / "rota-home.json").read_text(encoding="utf-8"))
    assert speaker
    (row,) = [row for row in members() if row["id"] == speaker[1]]
    assert row["name"] == community.leader.name


def test_each_step_says_the_name_of_who_takes_it(sandbox: Sandbox, guide: Json) -> None:
    people = sandbox.workspace.users
    assert [step["name"] for step in guide["steps"]] == [people[step["as"]].real_name for step in guide["steps"]]
