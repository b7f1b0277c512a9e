"""Every table of every room, seen together: what migrations are compared with.

After a change of models, `python -m bot.tables "what changed"` writes the migration, to be read and mended by hand.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet
from sqlmodel import SQLModel

from bot.desk import models as desk
from bot.interviews import models as interviews
from bot.people import models as people
from bot.schedule import models as schedule
from bot.slack import models as slack
from bot.store import audit, blobs, deliveries
from bot.store.crypto import Keyring
from bot.store.engine import Store
from bot.store.migrate import FOLDER, upgrade, write_revision
from bot.stories import models as stories

#: importing a room's models puts its tables here
METADATA = SQLModel.metadata
ROOMS = (people, interviews, desk, stories, schedule, slack, audit, blobs, deliveries)


def revise(message: str, *, folder: Path = FOLDER) -> None:
    """Writes the migration from the newest revision in `folder` to the models as they are now."""
    with TemporaryDirectory() as place:
        store = Store(f"sqlite:///{place}/models.db", Keyring([Fernet.generate_key().decode()]))
        upgrade(store, folder=folder)
        write_revision(store, message, folder=folder)
        store.close()


if __name__ == "__main__":
    revise(sys.argv[1])
