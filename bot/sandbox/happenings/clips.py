"""Slack transcribes voice clips by itself, a little later than they arrive."""

from datetime import timedelta

from bot.sandbox.engine import Engine
from bot.sandbox.happenings import events
from bot.sandbox.workspace.state import File

#: on the workspace's clock. Slack does not say how long it takes; real payloads had it done within seconds
TRANSCRIBED_AFTER = timedelta(seconds=5)


def transcribe_later(engine: Engine, file: File) -> None:
    """Finish the transcription of a clip that was just shared, and tell the app with `file_change`."""
    if file.is_clip and not file.is_transcribed:
        engine.agenda.after(TRANSCRIBED_AFTER, lambda: _finish(engine, file))


def _finish(engine: Engine, file: File) -> None:
    workspace = engine.workspace
    with workspace.changing():
        if file.deleted or file.is_transcribed:
            return
        file.is_transcribed = True
        for channel in (workspace.channels[c] for c in file.shared_in):
            for message in channel.messages.values():
                if file in message.files:
                    workspace.tell("message", channel.id, message.ts)
        events.file_changed(engine, file)
