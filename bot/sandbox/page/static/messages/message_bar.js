// The bar of things to do with a message: one for the whole list, it moves to the message that is pointed at or focused.

import { act } from "../base/api.js";
import { QUICK, emojiOf } from "../base/emoji.js";
import { editMessage } from "./message_edit.js";
import { messageOf } from "./message.js";
import { react, setReaction } from "./reactions.js";
import { go, permalink } from "../base/routing.js";
import { store } from "../base/store.js";
import { announce, ask, h, iconButton, menu, refill } from "../base/ui.js";

/** Give a list of messages its bar and its keys: arrows from message to message; t thread, r react, e edit, Delete. */
export function mountBar(list, where) {
  const bar = h("div", { class: "message-bar", role: "toolbar", "aria-label": "Message actions" });
  const come = (event) => {
    const row = event.target.closest?.(".row");
    if (row && list.contains(row)) moveTo(bar, row, where);
  };
  list.addEventListener("pointerover", come);
  list.addEventListener("focusin", come);
  list.addEventListener("pointerleave", () => isBusy(bar) || takeAway(bar));
  list.addEventListener("focusout", () => setTimeout(() => isBusy(bar) || list.matches(":hover") || takeAway(bar)));
  list.addEventListener("keydown", (event) => onKey(event, list, bar, where));
}

/** Whether somebody is using the bar, or a menu of it, or has its row by the keyboard. */
function isBusy(bar) {
  const row = bar.closest(".row");
  return Boolean(row && (row.contains(document.activeElement) || bar.querySelector("[aria-expanded=true]")));
}

function takeAway(bar) {
  bar.closest(".row")?.classList.remove("barred");
  bar.remove();
}

function moveTo(bar, row, where) {
  if (bar.closest(".row") === row) return;
  const message = messageOf(row);
  takeAway(bar);
  if (!message || !hasActions(message) || row.querySelector("[data-editing]")) return;
  refill(bar, buttons(row, where));
  row.querySelector(".message").append(bar);
  row.classList.add("barred");
}

function hasActions(message) {
  return !(message.pending || message.notice || message.ephemeral || message.subtype === "tombstone");
}

function buttons(row, where) {
  const message = () => messageOf(row);
  const quick = QUICK.map((name) =>
    h(
      "button",
      {
        type: "button",
        class: "icon-button quick",
        title: `:${name}:`,
        "aria-label": `React with ${name.replaceAll("_", " ")}`,
        onClick: () => setReaction(message(), where, name, !hasMine(message(), name)),
      },
      emojiOf(name),
    ),
  );
  const pick = iconButton("smile", "Find another reaction", () => react(pick, message(), where), {
    class: "icon-button find-reaction",
  });
  const more = iconButton("more", "More actions", () => menu(more, moreItems(row, where)));
  const reply = !where.thread && iconButton("reply", "Reply in thread", () => openThread(message(), where));
  return [quick, pick, reply, iconButton("link", "Copy link", () => copyLink(message(), where)), more]
    .flat()
    .filter(Boolean);
}

function hasMine(message, name) {
  return Boolean(message.reactions?.some((one) => one.name === name && one.users.includes(store.me.id)));
}

function openThread(message, where) {
  go({ at: where.channel, thread: message.thread_ts ?? message.ts });
}

function moreItems(row, where) {
  const message = messageOf(row);
  const items = [
    { label: "Copy text", icon: "copy", onSelect: () => copy(row.querySelector(".part-body")?.innerText ?? "") },
  ];
  for (const one of store.shortcuts.filter(({ type }) => type === "message")) {
    items.push({
      label: one.name,
      hint: store.app.name,
      icon: "bolt",
      onSelect: () => runShortcut(one, message, where),
    });
  }
  if (message.mine) {
    items.push("-", { label: "Edit message", icon: "edit", hint: "E", onSelect: () => editMessage(row, where) });
    items.push({
      label: "Delete message …",
      icon: "bin",
      hint: "Del",
      danger: true,
      onSelect: () => removeMessage(message, where),
    });
  }
  return items;
}

async function runShortcut(shortcut, message, where) {
  const answer = await act("shortcut", {
    callback_id: shortcut.callback_id,
    message: { channel: where.channel, ts: message.ts },
  });
  if (!answer.ok) await ask({ title: shortcut.name, text: answer.words, yes: "All right", no: "Close" });
}

async function removeMessage(message, where) {
  const sure = await ask({
    title: "Delete message",
    text: "Do you want to delete this message? This can't be undone.",
    yes: "Delete",
    danger: true,
  });
  const answer = sure ? await act("delete", { channel: where.channel, ts: message.ts }) : { ok: true };
  if (!answer.ok) await ask({ title: "The message is still there", text: answer.words, yes: "All right", no: "Close" });
}

async function copyLink(message, where) {
  await copy(permalink(where.channel, message));
  announce("Link copied");
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
}

function onKey(event, list, bar, where) {
  if (bar.contains(event.target) && (event.key === "ArrowLeft" || event.key === "ArrowRight"))
    return moveInBar(event, bar);
  const row = event.target.closest(".row");
  if (event.target !== row && event.target !== list) return undefined;
  const next = neighbour(list, row, event.key);
  if (next) {
    event.preventDefault();
    next.focus();
    return next.scrollIntoView({ block: "nearest" });
  }
  return row && !event.ctrlKey && !event.metaKey && !event.altKey ? shortKey(event, row, bar, where) : undefined;
}

function moveInBar(event, bar) {
  const stops = [...bar.querySelectorAll("button")];
  const next = stops.indexOf(document.activeElement) + (event.key === "ArrowRight" ? 1 : -1);
  event.preventDefault();
  stops.at(next % stops.length).focus();
}

function neighbour(list, row, key) {
  const rows = list.querySelector(".rows");
  if (key === "ArrowUp") return row ? row.previousElementSibling : rows.lastElementChild;
  if (key === "ArrowDown") return row ? row.nextElementSibling : rows.firstElementChild;
  return null;
}

function shortKey(event, row, bar, where) {
  const message = messageOf(row);
  const doing = {
    t: () => !where.thread && openThread(message, where),
    r: () => react(bar.querySelector(".find-reaction") ?? row, message, where),
    e: () => message.mine && editMessage(row, where),
    Delete: () => message.mine && removeMessage(message, where),
  }[event.key];
  if (!doing || message.ephemeral || message.pending) return;
  event.preventDefault();
  doing();
}
