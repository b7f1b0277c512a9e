// One message as a row. A row is drawn in parts; a change draws only the parts that changed, so a player plays on.

import { face } from "../base/faces.js";
import { PARTS, author, isQuiet, noteOf } from "./message_parts.js";
import { permalink } from "../base/routing.js";
import { h } from "../base/ui.js";
import { dayAndTime, timeOf } from "../base/when.js";

const drawn = new WeakMap(); // row -> {message, keys: {part: what it was drawn from}}

/** A row for a message. `where` is `{channel, thread?}`: in a thread its head and replies look a little different. */
export function makeRow(message, where) {
  const row = h("div", { class: "row", role: "article", tabindex: "-1" });
  const content = h("div", { class: "content" });
  row.append(h("div", { class: "message" }, h("div", { class: "gutter" }), content));
  drawn.set(row, { keys: {} });
  updateRow(row, message, where);
  return row;
}

/** Draw what has changed in a message. */
export function updateRow(row, message, where) {
  const state = drawn.get(row);
  state.message = message;
  mark(row, message, where);
  const content = row.querySelector(".content");
  if (content.dataset.editing) return;
  let after = null;
  for (const [name, facts, draw] of PARTS) {
    const key = JSON.stringify(facts(message) ?? null);
    let part = content.querySelector(`:scope > [data-part="${name}"]`);
    if (state.keys[name] !== key) {
      part = replace(content, part, name, draw(message, where), after);
      state.keys[name] = key;
    }
    after = part ?? after;
  }
}

/** Draw everything anew, as after editing. */
export function redrawRow(row, where) {
  const state = drawn.get(row);
  state.keys = {};
  row.querySelector(".content").replaceChildren();
  updateRow(row, state.message, where);
}

/** The message that a row shows. */
export function messageOf(row) {
  return drawn.get(row)?.message;
}

function replace(content, old, name, fresh, after) {
  const part = fresh && h("div", { class: `part-${name}`, dataset: { part: name } }, fresh);
  const place = old?.contains(document.activeElement) ? placeOf(document.activeElement) : null;
  old?.remove();
  if (!part) return null;
  if (after) after.after(part);
  else content.prepend(part);
  if (place) (part.querySelector(place) ?? content.closest(".row"))?.focus({ preventScroll: true });
  return part;
}

function placeOf(element) {
  const action = element.closest("[data-action]");
  if (action) return `[data-action="${CSS.escape(action.dataset.action)}"] :is(button, a, input, textarea)`;
  return element.dataset.emoji ? `[data-emoji="${CSS.escape(element.dataset.emoji)}"]` : null;
}

function mark(row, message, where) {
  const someone = author(message);
  const isHead = where.thread && message.ts === where.thread;
  const flags = {
    mine: message.mine,
    ephemeral: message.ephemeral,
    pending: message.pending,
    quiet: isQuiet(message),
    head: isHead,
    noted: noteOf(message, where),
  };
  Object.assign(row.dataset, { ts: message.ts, author: someone.id });
  for (const [name, on] of Object.entries(flags)) {
    if (on) row.dataset[name] = "1";
    else delete row.dataset[name];
  }
  row.setAttribute("aria-label", `${someone.display}, ${dayAndTime(message.ts)}`);
  const time = h(
    "a",
    { class: "side-time", href: permalink(where.channel, message), tabindex: "-1", "aria-hidden": "true" },
    timeOf(message.ts),
  );
  row.querySelector(".gutter").replaceChildren(face(someone), time);
}
