// The head of a conversation: its name, who is in it, what can be done with it; and the words at its very beginning.

import { act } from "../base/api.js";
import { badge, face, faceOf } from "../base/faces.js";
import { go } from "../base/routing.js";
import { popover } from "../base/popovers.js";
import { channelName, person, store } from "../base/store.js";
import { ask, h, icon, iconButton, menu } from "../base/ui.js";

/** The head's nodes. A channel that isn't known has only the way back. */
export function conversationHead(channel) {
  const back = iconButton("back", "Back to the list", () => go({ at: "" }), { class: "icon-button only-narrow" });
  if (!channel) return [back];
  const direct = isDirect(channel);
  const others = channel.members.filter((id) => id !== store.me.id);
  const sign = direct ? faceOf(others[0] ?? store.me.id, "small") : icon(channel.kind === "group" ? "lock" : "hash");
  const title = h(
    "h1",
    { class: "talk-name" },
    sign,
    h("span", {}, channelName(channel)),
    others.length === 1 && direct && badge(person(others[0])),
  );
  return [
    back,
    title,
    channel.topic && h("span", { class: "topic" }, channel.topic),
    h("span", { class: "stretch" }),
    !direct && membersButton(channel),
    !direct && channel.is_member && moreButton(channel),
  ];
}

function isDirect(channel) {
  return channel.kind === "im" || channel.kind === "mpim";
}

function membersButton(channel) {
  const button = h(
    "button",
    {
      type: "button",
      class: "members",
      "aria-haspopup": "dialog",
      onClick: () => popover(button, memberList(channel), { label: "Members" }),
    },
    channel.members.slice(0, 3).map((id) => faceOf(id, "tiny")),
    String(channel.members.length),
    h("span", { class: "for-ears" }, " members"),
  );
  return button;
}

function memberList(channel) {
  const people = channel.members.map(person).sort((one, other) => one.display.localeCompare(other.display));
  return h(
    "div",
    { class: "member-list" },
    h("h2", {}, "Members"),
    h(
      "ul",
      {},
      people.map((one) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", class: "person-row", onClick: () => talkTo(one.id) },
            face(one, "small"),
            h("span", {}, h("b", {}, one.display), badge(one), h("small", {}, one.title)),
          ),
        ),
      ),
    ),
  );
}

/** Open the direct conversation with these people. Gives the answer, for who wants to show its words. */
export async function talkTo(...people) {
  const answer = await act("direct", { people });
  if (answer.ok) go({ at: answer.channel });
  return answer;
}

function moreButton(channel) {
  const button = iconButton("more", "More about this channel", () =>
    menu(button, [{ label: "Leave channel", icon: "leave", danger: true, onSelect: () => leave(channel) }]),
  );
  return button;
}

async function leave(channel) {
  const answer = await act("leave", { channel: channel.id });
  if (!answer.ok)
    await ask({ title: "You are still in the channel", text: answer.words, yes: "All right", no: "Close" });
}

/** What stands above the first message. */
export function conversationIntro(channel) {
  const name = channelName(channel);
  const others = channel.members.filter((id) => id !== store.me.id).map(person);
  if (!isDirect(channel))
    return h(
      "div",
      { class: "intro" },
      h("h2", {}, icon(channel.kind === "group" ? "lock" : "hash"), name),
      h("p", {}, channel.topic || `This is the beginning of #${name}.`),
    );
  const words =
    others.length === 0
      ? "This is your own space, for notes and drafts."
      : `This conversation is between you and ${name} only.`;
  return h(
    "div",
    { class: "intro" },
    face(others[0] ?? store.me),
    h("h2", {}, name),
    others.length === 1 && others[0].title && h("p", { class: "quiet" }, others[0].title),
    h("p", {}, words),
  );
}
