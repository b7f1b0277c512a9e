// Words as Slack shows them: its own markup, plain text, mentions, links and dates. Everything is built as nodes.

import { fillDate } from "./dates.js";
import { emojiOf } from "../base/emoji.js";
import { parse, safeUrl, unescaped } from "./mrkdwn.js";
import { channelName, now, store } from "../base/store.js";
import { h } from "../base/ui.js";

const knows = (name) => emojiOf(name) !== null;
const EMOJI = /:([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:/g;

/** A text in Slack's markup, drawn. `verbatim` leaves bare addresses as they are. */
export function mrkdwn(text, { verbatim = false } = {}) {
  return fragment(draw(parse(text ?? "", { verbatim, knows })));
}

/** A plain text as a person reads it: the escaped characters back, :emoji: as pictures. */
export function plain(text) {
  return withEmoji(unescaped(text ?? ""));
}

/** A text object ({type: plain_text|mrkdwn, text}), drawn; nothing for a missing one. */
export function textOf(object) {
  if (!object) return "";
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim });
  return object.emoji === false ? unescaped(object.text) : plain(object.text);
}

/** A text object's words, without any markup; for labels that are only heard. */
export function wordsOf(object) {
  const drawn = textOf(object);
  return typeof drawn === "string" ? drawn : drawn.textContent;
}

function withEmoji(text) {
  return text.replace(EMOJI, (whole, name) => emojiOf(name) ?? whole);
}

function draw(nodes) {
  return nodes.map((node) => DRAWN[node.kind](node));
}

const DRAWN = {
  text: ({ text }) => text,
  break: () => h("br"),
  bold: ({ children }) => h("strong", {}, draw(children)),
  italic: ({ children }) => h("em", {}, draw(children)),
  strike: ({ children }) => h("s", {}, draw(children)),
  quote: ({ children }) => h("blockquote", { class: "quote" }, draw(children)),
  code: ({ text }) => h("code", { class: "code" }, text),
  pre: ({ text }) => preformatted(text),
  emoji: ({ name }) => emoji(name),
  link: ({ url, label }) => link(url, withEmoji(label)),
  user: ({ id, label }) => userMention(id, label),
  channel: ({ id, label }) => channelMention(id, label),
  usergroup: ({ id, label }) => groupMention(id, label),
  broadcast: ({ range }) => broadcast(range),
  date: ({ at, format, url, fallback }) => dateText(at, format, { url, fallback }),
};

/** A block of code, kept as it was typed. */
export function preformatted(...content) {
  return h("pre", { class: "pre", tabindex: "0", role: "group", "aria-label": "Code" }, h("code", {}, content));
}

/** An emoji by its name; one that isn't known shows its name. */
export function emoji(name) {
  const char = emojiOf(name);
  if (!char) return `:${name}:`;
  return h("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` }, char);
}

/** A link that opens in a new tab, or only its label where a page may not open it. */
export function link(url, ...label) {
  const safe = safeUrl(url ?? "");
  if (!safe) return h("span", {}, label.length ? label : url);
  return h("a", { class: "link", href: safe, target: "_blank", rel: "noopener noreferrer" }, label.length ? label : url);
}

/** Somebody mentioned: @name, marked where it is the one who looks. */
export function userMention(id, label = "") {
  const known = store.people.get(id);
  const name = known?.display ?? label.replace(/^@/, "") ?? "";
  const kind = id === store.me?.id ? "mention mention-me" : "mention";
  return h("span", { class: kind, dataset: { user: id }, title: known?.name }, `@${name || "somebody"}`);
}

/** A channel mentioned: a link to it where it can be seen. */
export function channelMention(id, label = "") {
  const known = store.channels.get(id);
  if (!known && !label) return h("span", { class: "mention mention-hidden" }, "a private channel");
  const name = known ? channelName(known) : label;
  const sign = known?.kind === "im" || known?.kind === "mpim" ? "@" : "#";
  if (!known) return h("span", { class: "mention" }, `#${name}`);
  return h("a", { class: "mention", href: `/archives/${id}` }, `${sign}${name}`);
}

/** A user group mentioned. */
export function groupMention(id, label = "") {
  return h("span", { class: "mention" }, label || `@${id}`);
}

/** @here, @channel or @everyone. */
export function broadcast(range) {
  return h("span", { class: "mention mention-me" }, `@${range}`);
}

/** A moment (seconds) in one of Slack's formats, in the zone of whoever looks. */
export function dateText(moment, format, { url, fallback, zone } = {}) {
  const shown = fillDate(format || "{date} {time}", moment, zone || store.me?.tz, now().getTime() / 1000);
  const words = h("time", { datetime: isoOf(moment), title: fallback || null }, shown);
  return url ? link(url, words) : words;
}

function isoOf(moment) {
  const date = new Date(moment * 1000);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}

function fragment(nodes) {
  const whole = document.createDocumentFragment();
  whole.append(...nodes);
  return whole;
}
