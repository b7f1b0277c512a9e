"""`collaborate demo`: the whole way of three voice notes, on this machine, with nothing faked.

A sandbox workspace, the bot as it is, three leaders of the fictional community, their voice notes as Slack clips.
One edits, one hides something, one takes everything back. What is measured is measured on what really happened.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from sqlmodel import select

from bot.app import Bot
from bot.errors import Failure
from bot.interviews.models import Recording
from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.settings import Settings
from bot.slack.manifest import manifest
from bot.terminal import load_settings
from bot.words import plain

SAMPLES = Path(__file__).parent.parent / "transcripts" / "samples"
#: who tells what, in the order in which the clips are sent
CAST = (("Amina Rahimi", "rota-home"), ("Daniel Okafor", "nearest-the-door"), ("Bernadette O'Hare", "keep-going-in"))
PERMITS = ("record", "transcribe", "share")
WAIT_FOR_DRAFT, WAIT = 600.0, 60.0


class StepFailed(Failure):
    """The demo stopped at "{step}": {why}"""


@dataclass(frozen=True)
class Step:
    """A step that really happened, and how long it took."""

    name: str
    seconds: float


@dataclass(frozen=True)
class Note:
    """A voice note: its length, the word error rate (0 to 1), and how many identifiers were hidden and left."""

    file: str
    audio_seconds: float
    wer: float
    hidden: int
    left: int


@dataclass
class Report:
    """What `--json` prints."""

    ok: bool = False
    stories: int = 0
    withdrawn: int = 0
    steps: list[Step] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def run_demo(*, once: bool, as_json: bool, port: int | None) -> int:
    """Plays the scenario; 0 if every step happened. Without `once`, the workspace stays up until Ctrl-C."""
    out, progress = Console(), Console(stderr=True)
    settings = load_settings()
    folder = settings.data_dir / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    with Sandbox.start(manifest=manifest(), port=port or 0) as sandbox:
        sandbox.add_channel("stories")
        ours = _settings(settings, sandbox, folder)
        play = _Play(sandbox, ours, progress)
        with Bot(ours) as bot:
            play.run(bot)
            if as_json:
                out.print_json(json.dumps(asdict(play.report)))
            else:
                _show(out, play.report, ours, sandbox)
            if not once:
                _stay(progress)
    return 0


def _settings(settings: Settings, sandbox: Sandbox, folder: Path) -> Settings:
    """The operator's settings for speech; everything else is the demo's own."""
    return settings.model_copy(
        update={
            "data_dir": folder,
            "weights_dir": settings.weights,
            "database_url": None,
            "published_dir": folder / "published",
            "roster": SAMPLES / "members.csv",
            "slack_bot_token": SecretStr(sandbox.bot_token),
            "slack_app_token": SecretStr(sandbox.app_token),
            "slack_api_url": sandbox.url,
        }
    )


class _Play:
    """The scenario, step by step; each is timed, and a step that does not happen ends it."""

    def __init__(self, sandbox: Sandbox, settings: Settings, progress: Console) -> None:
        self._sandbox, self._settings, self._progress = sandbox, settings, progress
        self._stories = sandbox.channel("stories")
        self.report = Report()

    def run(self, bot: Bot) -> None:
        self._sandbox.wait_connected()
        with self._step("three leaders join"):
            leaders = [self._joins(name) for name, _ in CAST]
        started = time.monotonic()
        with self._step("three voice notes sent"):
            for leader, (_, note) in zip(leaders, CAST, strict=True):
                leader.sends_voice(SAMPLES / f"{note}.ogg")
        for leader, (_, note) in zip(leaders, CAST, strict=True):
            with self._step(f"draft of {note}", since=started):
                leader.sees(plain("stories.here_is"), within=WAIT_FOR_DRAFT)
            self.report.notes.append(self._measure(bot, leader, note))
        amina, daniel, bernadette = leaders
        with self._step("one edits"):
            self._edits(amina)
        with self._step("one hides something"):
            self._hides(daniel, "my number is")
        with self._step("one takes it back"):
            self._withdraws(bernadette, "keep-going-in")
        for leader in (amina, daniel):
            with self._step(f"{leader.name.split()[0]} shares"):
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
        leader.says("hello")
        leader.sees("Hello", within=WAIT)
        leader.clicks(plain("people.join_button"))
        leader.modal()
        leader.fills({plain("people.permissions_label"): list(PERMITS)})
        assert leader.submits() == {}, "the join window was not accepted"
        leader.sees("Welcome", within=WAIT)
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
        leader.sees("without your name. Your recording is deleted", within=WAIT)
        self.report.stories += 1

    def _check_the_end(self) -> None:
        files = list(self._settings.published_dir.glob("*.md"))
        posted = len(self._stories.messages)
        if (posted, len(files)) != (2, 2):
            raise StepFailed(step="two stories", why=f"{posted} in the channel and {len(files)} files")
        if list((self._settings.data_dir / "audio").glob("*")):
            raise StepFailed(step="recordings deleted", why="there is still audio on disk")
        self.report.ok = True

    def _measure(self, bot: Bot, leader: Person, note: str) -> Note:
        """Word error rate of the raw text, which only this process can decrypt, and identifiers in the draft."""
        facts = json.loads((SAMPLES / f"{note}.json").read_text(encoding="utf-8"))
        reference = (SAMPLES / f"{note}.txt").read_text(encoding="utf-8")
        with bot.store.session() as session:
            heard = [json.loads(row.raw) for row in session.exec(select(Recording)) if row.raw]
        ours = min(heard, key=lambda raw: word_error_rate(reference, raw["text"]))
        draft = leader.sees(plain("stories.here_is")).text
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


def word_error_rate(reference: str, heard: str) -> float:
    """Words wrong, missing or too many as a share of the reference; case, punctuation and line breaks don't count."""
    import jiwer

    tidy = jiwer.Compose(
        [
            jiwer.ToLowerCase(),
            jiwer.SubstituteRegexes({r"[-–—/]": " "}),
            jiwer.RemovePunctuation(),  # type: ignore[no-untyped-call]
            jiwer.RemoveMultipleSpaces(),
            jiwer.Strip(),
            jiwer.ReduceToListOfListOfWords(),
        ]
    )
    rate: float = jiwer.wer(reference, heard, reference_transform=tidy, hypothesis_transform=tidy)
    return rate


#: how alike (0 to 100) a run of words must be to count as the identifier, respelt by the speech engine
ALIKE = 85
#: letters below which nothing but the very word counts: much is like "Tom"
SHORT = 5


def survives(identifier: str, text: str) -> bool:
    """Whether an identifier can still be read in a text, also respelt: any run of as many words that is that alike."""
    from rapidfuzz import fuzz

    wanted, words = _plain_words(identifier), _plain_words(text)
    joined = "".join(wanted)
    if len(joined) < SHORT:
        return joined in words
    runs = (words[at : at + size] for size in {len(wanted), len(wanted) + 1} for at in range(len(words)))
    return any(fuzz.ratio(joined, "".join(run)) >= ALIKE for run in runs)


def _plain_words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()


def _show(out: Console, report: Report, settings: Settings, sandbox: Sandbox) -> None:
    steps = Table(plain("demo.step"), plain("demo.seconds"), title=plain("demo.steps"))
    for step in report.steps:
        steps.add_row(step.name, f"{step.seconds:.1f}")
    notes = Table(title=plain("demo.notes"))
    for name in ("file", "audio", "wer", "hidden", "left"):
        notes.add_column(plain(f"demo.{name}"))
    for note in report.notes:
        notes.add_row(note.file, f"{note.audio_seconds:.0f} s", f"{note.wer:.1%}", str(note.hidden), str(note.left))
    out.print(steps, notes)
    where = plain("demo.where", folder=str(settings.published_dir), url=sandbox.host_url)
    out.print(where, soft_wrap=True, highlight=False)


def _stay(progress: Console) -> None:
    progress.print(plain("demo.stay"))
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        progress.print(plain("demo.over"))
