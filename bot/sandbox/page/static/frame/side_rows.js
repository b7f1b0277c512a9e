// The rows of the sidebar, one a conversation. A row lives as long as the page; what it says changes.

import { faceOf } from "../base/faces.js";
import { addressOf, go, where } from "../base/routing.js";
import { channelName, store } from "../base/store.js";
import { h, icon, refill } from "../base/ui.js";

const MOST_COUNTED = 100;
const rows = new Map(); // channel id -> row

/** The row of a conversation, as it stands now. */
export function rowOf(channel) {
  if (!rows.has(channel.id)) rows.set(channel.id, makeRow(channel.id));
  return dressRow(channel);
}

/** Say in its row what a conversation is called and how much in it is unread. */
export function dressRow(channel) {
  const row = rows.get(channel.id);
  const { unread } = channel;
  const calls = isDirect(channel) ? unread : channel.mentions;
  const name = channelName(channel);
  row.classList.toggle("unread", unread > 0);
  row.setAttribute("aria-label", inWords(name, unread, calls));
  const count =
    calls > 0 && h("span", { class: "count-badge" }, calls >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : String(calls));
  refill(row, sign(channel), h("span", { class: "side-name" }, name), count);
  return row;
}

function makeRow(id) {
  const href = addressOf({ at: id });
  return h("a", { class: "side-row", href, dataset: { channel: id }, onClick: (event) => follow(event, id) });
}

function isDirect(channel) {
  return channel.kind === "im" || channel.kind === "mpim";
}

function inWords(name, unread, calls) {
  return [name, unread && `${unread} unread`, calls && `${calls} for you`].filter(Boolean).join(", ");
}

function sign(channel) {
  if (!isDirect(channel)) return icon(channel.kind === "group" ? "lock" : "hash");
  const other = channel.members.find((id) => id !== store.me.id);
  return faceOf(other ?? store.me.id, "tiny");
}

function follow(event, id) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ at: id });
}

/** Mark the row of where the tab is. */
export function markHere() {
  const { at } = where();
  for (const [id, row] of rows) {
    if (id === at) row.setAttribute("aria-current", "page");
    else row.removeAttribute("aria-current");
  }
}
