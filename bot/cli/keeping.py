"""The database and the keys."""

from typing import Any

import typer

from bot import terminal
from bot.cli.tree import database, keys
from bot.settings import Settings


@database.command()
def upgrade() -> None:
    """Bring the database to the tables of this version."""
    from bot.store import migrate

    with opened_store(terminal.load_settings()) as store:
        migrate.upgrade(store)
        typer.echo(f"The database is up to date (revision {migrate.current(store)}).")


@keys.callback(invoke_without_command=True)
def key(context: typer.Context) -> None:
    """Print a fresh master key. Nothing is changed."""
    if context.invoked_subcommand is None:
        from cryptography.fernet import Fernet

        typer.echo(Fernet.generate_key().decode("ascii"))


@keys.command("rotate")
def rotate_keys() -> None:
    """Encrypt everything anew under the newest master key. Stop the bot first."""
    from bot.store import rotate
    from bot.store.lock import OnlyOne

    settings = terminal.load_settings()
    rotate.need_two_keys(settings)
    alone = OnlyOne(settings.data_dir)
    with opened_store(settings) as store, terminal.waiting("Encrypting everything anew"):
        count = rotate.rotate(store)
    alone.release()
    typer.echo(f"{count} values are under the newest key now. The older keys can go, once no back-up needs them.")


def opened_store(settings: Settings) -> Any:
    from contextlib import closing

    from bot.store.engine import Store

    return closing(Store.open(settings))
