"""How a leader in a play looks through a draft, line by line."""

from bot.sandbox.person import Person
from bot.sandbox.seen import SeenView
from bot.stories.review.lines import AT_MOST
from tests.place import eventually

#: what Amina said: long enough for a first page of phrases, with somebody, a place and a part that was hard to hear
SAID = (
    "You carry the rota home with you. I used to sit at the kitchen table until ten and move names about, and I told "
    "nobody how tired I was, because I was the one who was supposed to know.",
    "Then Priya Sharma rang and said, you don't have to fix it tonight. I cried in the car park at Tarnbridge, and it "
    "was the first time in a year that I felt somebody had noticed.",
    "We mumbled about the kettle and whose turn it was to do the other thing on Wednesday.",
    "Now we talk every Thursday, and I have learned to put the phone in a drawer. Nobody has to carry it alone.",
)
KETTLE = SAID[2]


def looks(leader: Person) -> SeenView:
    """Opens the lines that want an eye."""
    eventually(lambda: _look_buttons(leader) != [])
    leader.clicks(_look_buttons(leader)[0])
    return leader.modal()


def _look_buttons(leader: Person) -> list[str]:
    buttons = leader.sees("Here is what I heard").buttons
    return [label for label in buttons if label.startswith("Look at")]


def line_with(leader: Person, words: str) -> SeenView:
    """Keeps one line after the other until the one with the words is there."""
    for _ in range(AT_MOST):
        window = leader.modal()
        if words in window.text:
            return window
        taps(leader, "Keep")
    raise AssertionError(f"no line with {words}")


def taps(leader: Person, label: str) -> SeenView:
    """Taps a choice, and waits for what follows."""
    before = leader.modal()
    leader.clicks(label)
    eventually(lambda: leader.modal().hash != before.hash)
    return leader.modal()


def keeps_the_rest(leader: Person) -> None:
    while "Keep" in leader.modal().buttons:
        taps(leader, "Keep")
