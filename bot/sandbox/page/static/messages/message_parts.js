// What a message is made of: a note above it, who and when, its words, files, reactions, and the way to its thread.

import { act } from "../base/api.js";
import { renderBlocks } from "../blocks/blocks.js";
import { badge, faceOf } from "../base/faces.js";
import { renderFiles } from "./files.js";
import { renderReactions } from "./reactions.js";
import { addressOf, go, permalink } from "../base/routing.js";
import { person, standsInChannel, store } from "../base/store.js";
import { mrkdwn, plain } from "../blocks/text.js";
import { h } from "../base/ui.js";
import { dayAndTime, exactly, timeOf } from "../base/when.js";

/** The parts in the order they stand: name, what the part is drawn from, how it is drawn (null: nothing). */
export const PARTS = [
  ["note", (m) => [m.ephemeral, m.subtype, m.thread_ts], drawNote],
  ["head", (m) => [author(m), m.ts], drawHead],
  ["body", (m) => [m.text, m.blocks, m.attachments, m.edited?.ts], drawBody],
  ["files", (m) => m.files, (m, where) => renderFiles(m, where)],
  ["reactions", (m) => m.reactions, (m, where) => renderReactions(m, where)],
  ["replies", (m) => [m.reply_count, m.reply_users, m.latest_reply], drawReplies],
];

/** A message in the few words that are read out when it comes. */
export function spoken(message) {
  const words = mrkdwn(message.text || message.files?.[0]?.title || "a message").textContent;
  return `${author(message).display}: ${words}`.slice(0, 200);
}

/** Whose message it is; Slackbot and other names without a person too. */
export function author(message) {
  if (message.notice || message.user === "USLACKBOT") return { id: "slackbot", display: "Slackbot", name: "Slackbot", kind: "bot", colour: 7 };
  if (message.bot_profile && !store.people.has(message.user))
    return { id: message.bot_id, display: message.bot_profile.name, kind: "app", colour: 7 };
  return person(message.user);
}

/** Whether it is a line that Slack writes itself, such as somebody joining. */
export function isQuiet(message) {
  return /^(channel|group)_/.test(message.subtype ?? "");
}

/** The note above a message: "eye" only its reader sees it, "also" and "replied" for replies to everybody, or "". */
export function noteOf(message, where) {
  if (message.ephemeral) return "eye";
  const reply = message.thread_ts && message.thread_ts !== message.ts;
  if (reply && standsInChannel(message)) return where.thread ? "also" : "replied";
  return "";
}

function drawNote(message, where) {
  const note = noteOf(message, where);
  if (note === "eye") return [h("span", {}, "Only visible to you"), dismissButton(message, where)];
  if (note === "also") return "Also sent to the conversation";
  if (note !== "replied") return null;
  return [
    "replied to ",
    h(
      "a",
      {
        href: addressOf({ at: where.channel, thread: message.thread_ts }),
        onClick: (event) => openThread(event, where.channel, message.thread_ts),
      },
      "a thread",
    ),
  ];
}

function dismissButton(message, where) {
  const dismiss = () =>
    message.notice ? message.notice.dismiss() : act("dismiss", { channel: where.channel, ts: message.ts });
  return h("button", { type: "button", class: "link-button", onClick: dismiss }, "Dismiss");
}

function openThread(event, channel, thread) {
  event.preventDefault();
  go({ at: channel, thread });
}

function drawHead(message, where) {
  const someone = author(message);
  const link = h(
    "a",
    { class: "time", href: permalink(where.channel, message), title: exactly(message.ts), tabindex: "-1" },
    timeOf(message.ts),
  );
  return [h("b", { class: "author" }, someone.display), badge(someone), link];
}

function drawBody(message, where) {
  const edited = message.edited && h("span", { class: "edited" }, " (edited)");
  if (message.subtype === "tombstone") return h("p", { class: "quiet" }, "This message was deleted.");
  const place = { message: { channel: where.channel, ts: message.ts } };
  const parts = [];
  if (message.blocks?.length) parts.push(withEdited(renderBlocks(message.blocks, place), edited));
  else if (message.text)
    parts.push(h("div", { class: isQuiet(message) ? "words quiet" : "words" }, mrkdwn(message.text), edited));
  for (const one of message.attachments ?? []) parts.push(drawAttachment(one, place));
  return parts.length ? parts : null;
}

/** "(edited)" stands behind the last words, where those are what somebody typed. */
function withEdited(blocks, edited) {
  const words = [...blocks.querySelectorAll(":scope > :last-child > .rich-section:last-child")].at(-1);
  if (edited) (words ?? blocks).append(edited);
  return blocks;
}

function drawAttachment(one, place) {
  const card = h("div", { class: "attachment" });
  if (one.pretext) card.append(h("div", { class: "words" }, mrkdwn(one.pretext)));
  if (one.title) card.append(h("b", {}, plain(one.title)));
  if (one.blocks?.length) card.append(renderBlocks(one.blocks, place));
  else card.append(h("div", { class: "words" }, mrkdwn(one.text ?? one.fallback ?? "")));
  if (one.footer) card.append(h("small", {}, plain(one.footer)));
  return card;
}

function drawReplies(message, where) {
  if (!message.reply_count || where.thread) return null;
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return h(
    "a",
    {
      class: "replies",
      href: addressOf({ at: where.channel, thread: message.ts }),
      onClick: (event) => openThread(event, where.channel, message.ts),
    },
    (message.reply_users ?? []).slice(0, 5).map((id) => faceOf(id, "tiny")),
    h("b", {}, count),
    h("span", {}, `Last reply ${dayAndTime(message.latest_reply)}`),
  );
}
