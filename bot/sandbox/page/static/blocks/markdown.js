// The markdown block: ordinary Markdown, of which Slack draws headings, lists, tasks, quotes, code, tables, lines and links.

import { emoji, link, preformatted } from "./text.js";
import { emojiOf } from "../base/emoji.js";
import { h } from "../base/ui.js";

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const TASK = /^\[([ xX])\]\s+/;
const COLUMNS = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const DEEPEST = 6;

/** A Markdown text, drawn. */
export function markdown(text) {
  return h("div", { class: "markdown" }, blocks((text ?? "").replace(/\r\n?/g, "\n").split("\n"), 0));
}

function blocks(lines, depth) {
  const drawn = [];
  for (let at = 0; at < lines.length; ) {
    const kind = KINDS.find(({ starts }) => starts(lines, at, depth));
    const end = kind.end(lines, at);
    const node = kind.draw(lines.slice(at, end), depth);
    if (node) drawn.push(node);
    at = end;
  }
  return drawn;
}

/** From top to bottom: the first kind that starts at a line takes it, and the lines up to its end. */
const KINDS = [
  { starts: (lines, at) => !lines[at].trim(), end: (lines, at) => at + 1, draw: () => null },
  { starts: (lines, at) => FENCE.test(lines[at]), end: endOfFence, draw: (run) => preformatted(fenced(run)) },
  { starts: (lines, at) => HEADING.test(lines[at]), end: (lines, at) => at + 1, draw: heading },
  { starts: (lines, at) => RULE.test(lines[at]), end: (lines, at) => at + 1, draw: () => h("hr", { class: "divider" }) },
  { starts: (lines, at, depth) => QUOTE.test(lines[at]) && depth < DEEPEST, end: whileLines((line) => QUOTE.test(line)), draw: quote },
  { starts: (lines, at, depth) => ITEM.test(lines[at]) && depth < DEEPEST, end: whileLines(inList), draw: list },
  { starts: isTable, end: whileLines((line) => line.includes("|")), draw: tableOf },
  { starts: () => true, end: whileLines(inParagraph), draw: (run) => h("p", {}, inline(run.join("\n"))) },
];

function whileLines(goesOn) {
  return (lines, at) => {
    let end = at + 1;
    while (end < lines.length && goesOn(lines[end], lines[at])) end += 1;
    return end;
  };
}

function inParagraph(line) {
  return line.trim() !== "" && ![FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(line));
}

function inList(line, first) {
  const own = /^\s*/.exec(first)[0].length;
  const indent = /^\s*/.exec(line)[0].length;
  return line.trim() !== "" && (ITEM.test(line) ? indent >= own : indent > own) && !RULE.test(line);
}

function endOfFence(lines, at) {
  const mark = FENCE.exec(lines[at])[1];
  const close = lines.findIndex((line, place) => place > at && line.trim().startsWith(mark));
  return close < 0 ? lines.length : close + 1;
}

function fenced(run) {
  const closed = run.length > 1 && FENCE.test(run.at(-1));
  return run.slice(1, closed ? -1 : undefined).join("\n");
}

function heading([line]) {
  const [, marks, words] = HEADING.exec(line);
  const level = Math.min(marks.length, 3);
  return h("p", { class: "heading", role: "heading", "aria-level": level + 2, dataset: { level } }, inline(words));
}

function quote(run, depth) {
  return h("blockquote", { class: "quote" }, blocks(run.map((line) => line.replace(QUOTE, "")), depth + 1));
}

function list(run, depth) {
  const [, , sign] = ITEM.exec(run[0]);
  const ordered = /\d/.test(sign);
  const start = ordered ? Number.parseInt(sign, 10) : null;
  return h(ordered ? "ol" : "ul", { class: "rich-list", start }, items(run).map((item) => entry(item, depth)));
}

/** The lines of each item: its own, and what is indented below it. */
function items(run) {
  const own = /^\s*/.exec(run[0])[0].length;
  const found = [];
  for (const line of run) {
    const item = ITEM.exec(line);
    if (item && item[1].length < own + 2) found.push([item[3]]);
    else found.at(-1).push(line.replace(/^\s{1,4}/, ""));
  }
  return found;
}

function entry([first, ...below], depth) {
  const task = TASK.exec(first);
  const words = first.replace(TASK, "");
  const isDone = task && task[1] !== " ";
  const box = task && h("input", { type: "checkbox", checked: isDone, disabled: true, "aria-label": isDone ? "Done" : "To do" });
  return h("li", { class: task ? "task" : null }, box, inline(words), blocks(below, depth + 1));
}

function isTable(lines, at) {
  return lines[at].includes("|") && COLUMNS.test(lines[at + 1] ?? "") && lines[at + 1].includes("-");
}

function tableOf([head, columns, ...rows]) {
  const aligns = cells(columns).map(alignOf);
  const one = (cell, at, tag) => h(tag, { dataset: { align: aligns[at] ?? "left", wrapped: "true" } }, inline(cell));
  const row = (line, tag) => h("tr", {}, cells(line).map((cell, at) => one(cell, at, tag)));
  return h("div", { class: "table-box", role: "group", "aria-label": "Table", tabindex: "0" },
    h("table", { class: "table" }, h("thead", {}, row(head, "th")), h("tbody", {}, rows.map((line) => row(line, "td")))));
}

function alignOf(dashes) {
  if (!dashes.endsWith(":")) return "left";
  return dashes.startsWith(":") ? "center" : "right";
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** What may stand inside a line: [pattern, how its match is drawn]. */
const INLINE = [
  [/\\([!-/:-@[-`{-~])/y, ([, char]) => char],
  [/(`+)(?!`)([\s\S]*?[^`])\1(?!`)/y, ([, , code]) => h("code", { class: "code" }, code)],
  [/!?\[([^\]\n]*)\]\(\s*([^\s)]+)(?:\s+"[^"\n]*")?\s*\)/y, ([, label, url]) => link(url, inline(label || url))],
  [/<((?:https?:\/\/|mailto:)[^<>\s]+)>/y, ([, url]) => link(url, url.replace(/^mailto:/, ""))],
  [/https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]*_~]/y, ([url]) => link(url, url)],
  [/\*\*(?=\S)([\s\S]*?\S)\*\*/y, ([, words]) => h("strong", {}, inline(words))],
  [/(?<![\p{L}\p{N}])__(?=\S)([\s\S]*?\S)__(?![\p{L}\p{N}])/uy, ([, words]) => h("strong", {}, inline(words))],
  [/~~(?=\S)([\s\S]*?\S)~~/y, ([, words]) => h("s", {}, inline(words))],
  [/\*(?=[^\s*])([^*]*[^\s*])\*/y, ([, words]) => h("em", {}, inline(words))],
  [/(?<![\p{L}\p{N}])_(?=[^\s_])([^_]*[^\s_])_(?![\p{L}\p{N}])/uy, ([, words]) => h("em", {}, inline(words))],
  [/:([a-z0-9_+'-]+):/y, ([whole, name]) => (emojiOf(name) ? emoji(name) : whole)],
  [/ {2,}\n|\n/y, () => h("br")],
];
const SPECIAL = /[\\`![<h*_~: \n]/;

function inline(text) {
  const nodes = [];
  let words = "";
  for (let at = 0; at < text.length; ) {
    const found = SPECIAL.test(text[at]) && matchAt(text, at);
    if (found) {
      nodes.push(words, found.node);
      words = "";
    } else words += text[at];
    at += found ? found.length : 1;
  }
  return [...nodes, words];
}

function matchAt(text, at) {
  for (const [pattern, make] of INLINE) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { node: make(match), length: match[0].length };
  }
  return null;
}
