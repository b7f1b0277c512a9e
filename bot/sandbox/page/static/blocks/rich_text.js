// The rich_text block: what people typed, and words that an app shows exactly as they are (nothing in them is parsed).

import { broadcast, channelMention, dateText, emoji, groupMention, link, plain, preformatted, userMention } from "./text.js";
import { h } from "../base/ui.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code", highlight: "mark", client_highlight: "mark" };
const DEEPEST = 8;

/** A rich_text block, or a cell of a table that holds one. */
export function richText(block) {
  return h("div", { class: "rich-text" }, (block.elements ?? []).map(part));
}

/** Its words alone, lines kept: what a plain field shows of it. */
export function richTextWords(block) {
  return (block?.elements ?? []).map((one) => wordsOf(one)).join("\n");
}

function wordsOf(one) {
  if (one.elements) return one.elements.map(wordsOf).join(one.type === "rich_text_list" ? "\n" : "");
  return one.text ?? one.url ?? { user: `@${one.user_id}`, emoji: `:${one.name}:` }[one.type] ?? "";
}

/** A rich_text block that holds these typed words, as Slack's own field gives it. */
export function richTextOf(words) {
  const section = { type: "rich_text_section", elements: [{ type: "text", text: words }] };
  return { type: "rich_text", elements: [section] };
}

function part(one) {
  const make = PARTS[one.type];
  return make ? make(one) : h("p", { class: "unknown" }, `(${one.type ?? "something"} can't be shown here)`);
}

const PARTS = {
  rich_text_section: (one) => h("div", { class: "rich-section" }, pieces(one)),
  rich_text_quote: (one) => h("blockquote", { class: "quote" }, pieces(one)),
  rich_text_preformatted: (one) => preformatted(pieces(one)),
  rich_text_list: (one) => list(one),
};

function list(one) {
  const indent = Math.max(0, Math.min(one.indent ?? 0, DEEPEST));
  const ordered = one.style === "ordered";
  const start = ordered ? (one.offset ?? 0) + 1 : null;
  const props = { class: one.border ? "rich-list bordered" : "rich-list", dataset: { indent, sign: indent % 3 }, start };
  return h(ordered ? "ol" : "ul", props, (one.elements ?? []).map((entry) => h("li", {}, pieces(entry))));
}

function pieces(one) {
  return (one.elements ?? []).map((piece) => styled(PIECES[piece.type]?.(piece) ?? (piece.text ?? ""), piece.style));
}

const PIECES = {
  text: ({ text }) => lines(text ?? ""),
  link: ({ url, text }) => link(url, text ? plain(text) : url),
  emoji: ({ name }) => emoji(name),
  user: ({ user_id: id }) => userMention(id),
  usergroup: ({ usergroup_id: id }) => groupMention(id),
  channel: ({ channel_id: id }) => channelMention(id),
  broadcast: ({ range }) => broadcast(range),
  date: ({ timestamp, format, url, fallback, timezone }) => dateText(timestamp, format, { url, fallback, zone: timezone }),
  color: ({ value }) => h("code", { class: "code" }, value),
};

function lines(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function styled(content, style = {}) {
  const wanted = Object.keys(STYLES).filter((name) => style?.[name]);
  return wanted.reduce((inside, name) => h(STYLES[name], { class: name === "code" ? "code" : null }, inside), content);
}
