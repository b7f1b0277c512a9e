"""How the command line speaks: errors as one sentence on stderr, progress only where somebody watches."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from typer.core import TyperGroup

from bot import logs
from bot.errors import Failure, Trouble
from bot.settings import Settings


class SettingUnusable(Trouble):
    """{name} can't be used as it is: {why}. It comes from the environment or from .env."""


class EnvFileUnusable(Trouble):
    """I can't read .env: {why}."""


class ReaderGone(Failure):
    """Whoever was reading my output went away, so I stopped."""


class Careful(TyperGroup):
    """A command whose errors are a sentence and an exit code: 2 for bad input, 1 for a failure, 130 for Ctrl-C."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command and ends the process with its exit code; what nobody foresaw goes to `broke`."""
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except Trouble as trouble:
            complain(trouble.sentence)
            sys.exit(trouble.exit_code)
        except typer.TyperException as mistake:
            complain(f"{mistake.format_message()} (`collaborate --help` shows what there is)")
            sys.exit(2)
        except typer.Abort:
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:
        """Runs it, and makes sure that what it printed has arrived."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at the end
            raise ReaderGone() from error


def complain(sentence: str) -> None:
    """One sentence on stderr."""
    typer.echo(sentence, err=True)


def broke(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """The last word on an error that nobody foresaw, as `sys.excepthook`: its type, and never what it says."""
    if issubclass(kind, KeyboardInterrupt):
        return
    complain(f"Something broke on our side ({kind.__qualname__}). LOG_LEVEL=DEBUG shows where.")
    if os.environ.get("LOG_LEVEL") == "DEBUG":
        complain("\n".join(logs.frames(error)))


def load_settings() -> Settings:
    """The settings; SettingUnusable names the first that can't be used and what it takes, EnvFileUnusable."""
    nothing: dict[str, Any] = {}  # so that mypy doesn't ask for every field
    try:
        return Settings(**nothing)
    except ValidationError as error:
        first = error.errors()[0]
        why = first["msg"].removeprefix("Value error, ").replace("Input should", "it should").rstrip(".")
        raise SettingUnusable(name=str(first["loc"][0]).upper(), why=why) from None
    except UnicodeDecodeError:
        raise EnvFileUnusable(why="it isn't text in UTF-8") from None
    except OSError as error:
        raise EnvFileUnusable(why=error.strerror or "it can't be opened") from None


class Stop:
    """Waits for SIGTERM or Ctrl-C, from now on; a second Ctrl-C ends the process at once."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self.exit_code = 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._tell)

    @property
    def told(self) -> bool:
        """Whether it was told to stop."""
        return self._told.is_set()

    def wait(self) -> None:
        """Returns once told to stop; `exit_code` is 130 after Ctrl-C."""
        self._told.wait()

    def _tell(self, number: int, _frame: FrameType | None) -> None:
        if self._told.is_set():
            os._exit(130)
        self.exit_code = 130 if number == signal.SIGINT else 0
        self._told.set()


def waiting(what: str) -> AbstractContextManager[object]:
    """A turning wheel on stderr while something loads, if a terminal is there."""
    console = Console(stderr=True)
    return console.status(what) if console.is_terminal else nullcontext()


@contextmanager
def bars(first: str) -> Iterator[Callable[[Path, float], None]]:
    """A bar a file on stderr, if a terminal is there: call what comes with the file and a fraction from 0 to 1.

    `first` is what is said until the first call, while models load.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        shown: dict[Path, TaskID] = {}
        loading = progress.add_task(first, total=None)

        def tell(path: Path, fraction: float) -> None:
            if path not in shown:
                if not shown:
                    progress.remove_task(loading)
                shown[path] = progress.add_task(path.name, total=1.0)
            progress.update(shown[path], completed=fraction)

        yield tell
