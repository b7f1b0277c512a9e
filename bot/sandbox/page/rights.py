"""Who may see what: a member sees what Slack would show them, and nothing else."""

from bot.sandbox.workspace.state import Channel, File, Message, User, View, Workspace


def knows_of(me: User, channel: Channel) -> bool:
    """Whether the conversation may be in this person's list: theirs, and public ones but for who is from outside."""
    return me.id in channel.members or (channel.kind == "channel" and not me.is_outsider)


def reads(me: User, channel: Channel) -> bool:
    """Whether they may read what is said there."""
    return me.id in channel.members


def sees_message(me: User, channel: Channel, message: Message) -> bool:
    """Whether the message is before this person's eyes: in a conversation of theirs, not for somebody else alone."""
    return reads(me, channel) and message.ephemeral_to in (None, me.id)


def sees_person(workspace: Workspace, me: User, other: User) -> bool:
    """Everybody sees everybody, but who is from outside sees only who shares a conversation with them."""
    if not me.is_outsider or other.id in (me.id, workspace.bot.id):
        return True
    return any(me.id in c.members and other.id in c.members for c in workspace.channels.values())


def sees_file(workspace: Workspace, me: User, file: File) -> bool:
    """Whether they may open the file: its owner, and who reads a conversation in which it was shared."""
    return file.owner == me.id or any(reads(me, workspace.channels[c]) for c in file.shared_in)


def has_open(workspace: Workspace, me: User, view: View) -> bool:
    """Whether the view is on this person's screen now: in their stack of modals, or their Home."""
    return view in workspace.modals.get(me.id, []) or workspace.homes.get(me.id) is view
