"""What came of the scenario: the steps that happened and the notes that were heard, as a table or as JSON."""

from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from bot.words import plain


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


def show(out: Console, report: Report, folder: str) -> None:
    """The report as tables, and what to try next; `folder` is where the shared stories are."""
    steps = Table(plain("demo.step"), plain("demo.seconds"), title=plain("demo.steps"))
    for step in report.steps:
        steps.add_row(step.name, f"{step.seconds:.1f}")
    notes = Table(title=plain("demo.notes"))
    for name in ("file", "audio", "wer", "hidden", "left"):
        notes.add_column(plain(f"demo.{name}"))
    for note in report.notes:
        notes.add_row(note.file, f"{note.audio_seconds:.0f} s", f"{note.wer:.1%}", str(note.hidden), str(note.left))
    out.print(steps, notes)
    out.print(plain("demo.where", folder=folder), soft_wrap=True, highlight=False)
