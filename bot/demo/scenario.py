"""The whole way of three voice notes, on this machine, with nothing faked (`collaborate demo --once`).

A sandbox workspace, the bot as it is, three leaders of the fictional community, their voice notes as Slack clips.
One edits, one hides something, one takes everything back. What is measured is measured on what really happened.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from sqlmodel import select

from bot.app import Bot
from bot.demo.community import WAIT, joins
from bot.demo.measures import survives, word_error_rate
from bot.demo.place import SAMPLES, own_settings, start_sandbox
from bot.demo.report import Note, Report, Step, show
from bot.errors import Failure
from bot.interviews.models import Recording
from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.settings import Settings
from bot.words import plain

#: who tells what, in the order in which the clips are sent
CAST = (("Amina Rahimi", "rota-home"), ("Daniel Okafor", "nearest-the-door"), ("Bernadette O'Hare", "keep-going-in"))
WAIT_FOR_DRAFT = 600.0


class StepFailed(Failure):
    """The demo stopped at "{step}": {why}"""


def play(settings: Settings, folder: Path, *, as_json: bool, port: int | None) -> int:
    """Plays the scenario; 0 if every step happened. StepFailed otherwise; PortUnusable."""
    out, progress = Console(), Console(stderr=True)
    with start_sandbox(port) as sandbox:
        sandbox.add_channel("stories")
        ours = own_settings(settings, sandbox, folder)
        scenario = _Play(sandbox, ours, progress)
        with Bot(ours) as bot:
            scenario.run(bot)
    if as_json:
        out.print_json(json.dumps(asdict(scenario.report)))
    else:
        show(out, scenario.report, str(ours.published_dir))
    return 0


class _Play:
    """The scenario, step by step; each is timed, and a step that does not happen ends it."""

    def __init__(self, sandbox: Sandbox, settings: Settings, progress: Console) -> None:
        self._sandbox, self._settings, self._progress = sandbox, settings, progress
        self._stories = sandbox.channel("stories")
        self.report = Report()

    def run(self, bot: Bot) -> None:
        self._sandbox.wait_connected()
        with self._step(plain("demo.step_join")):
            leaders = [self._joins(name) for name, _ in CAST]
        started = time.monotonic()
        with self._step(plain("demo.step_send")):
            for leader, (_, note) in zip(leaders, CAST, strict=True):
                leader.sends_voice(SAMPLES / f"{note}.ogg")
        for leader, (_, note) in zip(leaders, CAST, strict=True):
            with self._step(plain("demo.step_draft", note=note), since=started):
                leader.sees(plain("stories.here_is"), within=WAIT_FOR_DRAFT)
            self.report.notes.append(self._measure(bot, leader, note))
        amina, daniel, bernadette = leaders
        with self._step(plain("demo.step_edit")):
            self._edits(amina)
        with self._step(plain("demo.step_hide")):
            self._hides(daniel, "my number is")
        with self._step(plain("demo.step_withdraw")):
            self._withdraws(bernadette, "keep-going-in")
        for leader in (amina, daniel):
            with self._step(plain("demo.step_share", who=leader.name.split()[0])):
                self._shares(leader)
        self._check_the_end()

    @contextmanager
    def _step(self, name: str, *, since: float | None = None) -> Iterator[None]:
        begin = since or time.monotonic()
        with self._progress.status(name):
            try:
                yield
            except AssertionError as error:
                raise StepFailed(step=name, why=str(error).splitlines()[0]) from error
        self.report.steps.append(Step(name, round(time.monotonic() - begin, 2)))

    def _joins(self, name: str) -> Person:
        leader = self._sandbox.person(name)
        joins(leader)
        return leader

    def _edits(self, leader: Person) -> None:
        leader.clicks(plain("stories.edit"))
        label = plain("stories.edit_part", number=1)
        text = leader.modal().values["0"]["answer"]["value"]
        leader.fills({label: f"{text} That was the day I asked for help."})
        assert leader.submits() == {}, "the edit was not accepted"
        self._until(lambda: self._draft_says(leader, "asked for help"))

    def _hides(self, leader: Person, phrase: str) -> None:
        leader.clicks(plain("stories.hide_more"))
        leader.modal()
        leader.fills({plain("stories.hide_label"): phrase})
        assert leader.submits() == {}, "the phrase was not found"
        self._until(lambda: phrase not in leader.sees(plain("stories.here_is")).text.lower() and self._at_rest(leader))

    def _withdraws(self, leader: Person, note: str) -> None:
        leader.clicks(plain("stories.withdraw"))
        leader.sees("It's gone", within=WAIT)
        kept = json.loads((SAMPLES / f"{note}.json").read_text(encoding="utf-8"))["keep"]
        said = [text for text in self._sandbox.everything() if any(phrase in text for phrase in kept)]
        assert not said, "words that were taken back still stand in the workspace"
        self.report.withdrawn += 1

    def _shares(self, leader: Person) -> None:
        leader.clicks(plain("stories.approve"))
        leader.modal()
        assert leader.submits() == {}, "the permissions were not accepted"
        leader.sees("without your name. Your recording is deleted", within=WAIT)
        self.report.stories += 1

    def _check_the_end(self) -> None:
        files = [path for path in self._settings.published_dir.glob("*.md") if path.stem != "index"]
        posted = len(self._stories.messages)
        if (posted, len(files)) != (2, 2):
            raise StepFailed(step=plain("demo.step_stories"), why=f"{posted} in the channel and {len(files)} files")
        if list((self._settings.data_dir / "audio").glob("*")):
            raise StepFailed(step=plain("demo.step_recordings"), why="there is still audio on disk")
        self.report.ok = True

    def _measure(self, bot: Bot, leader: Person, note: str) -> Note:
        """Word error rate of the raw text, which only this process can decrypt, and identifiers in the draft."""
        facts = json.loads((SAMPLES / f"{note}.json").read_text(encoding="utf-8"))
        reference = (SAMPLES / f"{note}.txt").read_text(encoding="utf-8")
        with bot.store.session() as session:
            heard = [json.loads(row.raw) for row in session.exec(select(Recording)) if row.raw]
        ours = min(heard, key=lambda raw: word_error_rate(reference, raw["text"]))
        leader.clicks(plain("stories.read_all"))
        draft = leader.sees(plain("stories.all_of_it"), within=WAIT).text
        left = [words for words in facts["identifiers"] if survives(words, draft)]
        return Note(
            file=f"{note}.ogg",
            audio_seconds=ours["seconds"],
            wer=round(word_error_rate(reference, ours["text"]), 4),
            hidden=len(facts["identifiers"]) - len(left),
            left=len(left),
        )

    def _draft_says(self, leader: Person, words: str) -> bool:
        return words in leader.sees(plain("stories.here_is")).text and self._at_rest(leader)

    def _at_rest(self, leader: Person) -> bool:
        return plain("stories.approve") in leader.sees(plain("stories.here_is")).buttons

    def _until(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + WAIT
        while not happened():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.1)
