// Reactions under a message: press one to join in or step back.

import { act } from "../base/api.js";
import { emojiOf, pickEmoji } from "../base/emoji.js";
import { person, store } from "../base/store.js";
import { h, icon } from "../base/ui.js";

/** The reactions of a message; null where there are none. */
export function renderReactions(message, where) {
  if (!message.reactions?.length || message.ephemeral) return null;
  const add = h(
    "button",
    {
      type: "button",
      class: "reaction add",
      "aria-label": "Add a reaction",
      title: "Add a reaction",
      onClick: () => react(add, message, where),
    },
    icon("smile"),
  );
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map((one) => reaction(one, message, where)),
    add,
  );
}

/** Let somebody pick a reaction beside `anchor`. */
export function react(anchor, message, where) {
  pickEmoji(anchor, (name) => setReaction(message, where, name, true));
}

/** Put a reaction of one's own on a message, or take it off. */
export function setReaction(message, where, emoji, on) {
  return act("react", { channel: where.channel, ts: message.ts, emoji, on });
}

function reaction(one, message, where) {
  const mine = one.users.includes(store.me.id);
  const who = one.users.map((id) => (id === store.me.id ? "you" : person(id).display)).join(", ");
  return h(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      dataset: { emoji: one.name },
      title: `${who} reacted with :${one.name}:`,
      "aria-label": `${one.name.replaceAll("_", " ")}, ${one.count}: ${who}`,
      onClick: () => setReaction(message, where, one.name, !mine),
    },
    h("span", { "aria-hidden": "true" }, emojiOf(one.name) ?? `:${one.name}:`),
    h("span", { class: "count" }, String(one.count)),
  );
}
