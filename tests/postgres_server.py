"""A PostgreSQL server that lives as long as the tests: Debian's own, on a socket in a folder that goes with it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

#: where Debian keeps the server's programs
PROGRAMS = "/usr/lib/postgresql"
#: what nobody needs of a database that is thrown away
IN_A_HURRY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="


class NotInstalled(Exception):
    """Why there is no PostgreSQL to test with."""


class Postgres:
    """A server, and databases on it."""

    def __init__(self, url: sa.URL, folder: Path | None = None) -> None:
        self.url, self._folder = url, folder

    @classmethod
    def find_or_start(cls) -> "Postgres":
        """The server of TEST_DATABASE_URL, else one of our own; NotInstalled, which in CI is a failure."""
        if found := os.environ.get("TEST_DATABASE_URL"):
            return cls(sa.make_url(found).set(drivername="postgresql+psycopg"))
        if _programs() is None:
            assert not os.environ.get("CI"), "PostgreSQL must be there in CI: install it, or set TEST_DATABASE_URL"
            raise NotInstalled("PostgreSQL isn't installed here (apt-get install postgresql), so only SQLite is tested")
        return cls._start()

    @classmethod
    def _start(cls) -> "Postgres":
        folder = Path(tempfile.mkdtemp(prefix="collaborate-postgres-"))
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run(folder, "initdb", "-D", str(folder / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"{IN_A_HURRY} -c unix_socket_directories={folder}"
        _run(folder, "pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-o", options, "start")
        return cls(
            sa.URL.create("postgresql+psycopg", "tester", database="postgres", query={"host": str(folder)}), folder
        )

    def stop(self) -> None:
        """Stops the server if it is ours, and takes everything of it away."""
        if self._folder is not None:
            _run(self._folder, "pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")
            shutil.rmtree(self._folder)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a database that is empty and is dropped afterwards."""
        name = f"test_{uuid4().hex}"
        self._tell(f"CREATE DATABASE {name}")
        yield self.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _tell(self, command: str) -> None:
        engine = sa.create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(command)


def _programs() -> Path | None:
    """The folder of the newest server's programs."""
    versions = sorted(Path(PROGRAMS).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _run(folder: Path, program: str, *arguments: str) -> None:
    """Runs one of the server's programs, as a user of its own where we are root (as root it refuses)."""
    who = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    command = [*who, str((_programs() or Path()) / program), *arguments]
    subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=60)
