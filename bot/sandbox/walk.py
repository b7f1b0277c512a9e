"""Every string of a workspace, for a test that looks for a phrase that must be nowhere."""

from collections.abc import Iterator

from bot.sandbox.workspace.state import File, Message, View, Workspace
from bot.sandbox.workspace.texts import strings_in


def everything(workspace: Workspace, include_history: bool) -> Iterator[str]:
    """Strings of messages (blocks, metadata, ephemeral ones too), files
    (names, and the words of text files), open modals, homes, people, channels; with
    the history also earlier versions, deleted messages and files, and views that were closed or replaced."""
    with workspace.changed:
        found = list(_walk(workspace, include_history))
    return iter(found)


def _walk(workspace: Workspace, history: bool) -> Iterator[str]:
    for user in workspace.users.values():
        yield from (user.name, user.real_name, user.email)
    for channel in workspace.channels.values():
        yield channel.name
        for message in (*channel.messages.values(), *channel.ephemerals, *(channel.deleted if history else ())):
            yield from _message(message, history)
    for file in workspace.files.values():
        if history or not file.deleted:
            yield from _file(file)
    shown = [*workspace.homes.values(), *(view for stack in workspace.modals.values() for view in stack)]
    for view in workspace.views.values() if history else shown:
        yield from _view(view, history)


def _message(message: Message, history: bool) -> Iterator[str]:
    yield message.text
    yield from strings_in([message.blocks, message.attachments, message.metadata])
    if history:
        for version in message.versions:
            yield from _message(version, history=False)


def _file(file: File) -> Iterator[str]:
    yield from (file.name, file.title, file.alt_text, file.transcription or "")
    if file.mimetype.startswith("text/") or file.mimetype.endswith("json"):
        yield file.data.decode("utf-8", errors="replace")


def _view(view: View, history: bool) -> Iterator[str]:
    yield from strings_in([view.content, view.values])
    if history:
        yield from strings_in(view.earlier)
