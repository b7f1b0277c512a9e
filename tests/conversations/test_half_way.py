"""A sitting that is broken off: the bot stops, or nobody ever comes back."""

from bot.stories.models import State, Transcript
from tests.conversations.looking import KETTLE, SAID, keeps_the_rest, line_with, looks, taps
from tests.place import Place
from tests.still_clock import StillClock


def test_a_bot_that_stops_half_way_knows_where_the_leader_was(place: Place) -> None:
    leader = place.leader("Stella Stops")
    place.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    line_with(leader, KETTLE)
    taps(leader, "Hide")
    place.closes()
    place.opens()
    window = taps(leader, "Back")  # the same window, another process
    assert KETTLE in window.text and "You chose to leave this out" in window.text
    leader.clicks("Next")
    leader.modal(containing="That's all of them")
    leader.clicks("Approve")
    leader.modal(containing="This goes to", within=20)
    assert leader.submits() == {}
    leader.sees("It's in ")
    (story,) = place.sandbox.channel("stories").messages
    assert "kettle" not in story.text


def test_no_path_but_a_leaders_own_click_approves(place: Place, clock: StillClock) -> None:
    leader = place.leader("Sile Silent")
    place.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    keeps_the_rest(leader)
    leader.closes()
    leader.clicks("Approve")
    leader.modal(containing="This goes to")
    leader.closes()
    for _ in range(20):
        clock.moves(days=7)
        place.ticks()
    leader.sees("As I said I would, I've deleted the recording")
    assert [one.state for one in place.of(leader, Transcript)] == [State.DRAFT]
    assert place.sandbox.channel("stories").messages == [] and place.published() == []
