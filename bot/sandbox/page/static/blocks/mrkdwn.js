// Slack's own markup, read into plain nodes. Nothing here touches the page; text.js draws what this gives.
//
// A node is {kind, ...}: text · break · bold, italic, strike, quote (children) · code, pre (text) · emoji (name) ·
// link (url, label) · user, channel, usergroup (id, label) · broadcast (range) · date (at, format, url, fallback).

const FENCE = /```([\s\S]+?)```/g;
const QUOTE = /^(?:&gt;|>)(?!(?:&gt;|>){2}) ?/;
const LONG_QUOTE = /^(?:&gt;|>){3} ?/;
const ANGLE = /<([^<>\n]+)>/y;
const CODE = /`([^`\n]+)`/y;
const EMOJI = /:([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:/y;
const BARE_LINK = /https?:\/\/[^\s<>|]+/y;
const TAIL = ".,;:!?'\"”’)]*_~";
const MARKS = { "*": "bold", "_": "italic", "~": "strike" };
const WORD = /[\p{L}\p{N}]/u;

/** Text with Slack's three escaped characters back: &lt; &gt; &amp;. */
export function unescaped(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** The url if it is one that a page may open (http, https, mailto), else null. */
export function safeUrl(url) {
  return /^(https?:\/\/|mailto:)\S/i.test(url) ? url : null;
}

/** Nodes of a text in Slack's markup. `verbatim`: bare addresses stay text. `knows(name)`: whether there is such an emoji. */
export function parse(text, { verbatim = false, knows = () => false } = {}) {
  const reader = { verbatim, knows };
  const nodes = [];
  let done = 0;
  for (const fence of text.matchAll(FENCE)) {
    nodes.push(...lines(text.slice(done, fence.index).replace(/\n$/, ""), reader, true));
    nodes.push({ kind: "pre", text: unescaped(withoutAngles(fence[1].replace(/^\n|\n$/g, ""))) });
    done = fence.index + fence[0].length;
  }
  const rest = text.slice(done);
  return [...nodes, ...lines(done ? rest.replace(/^\n/, "") : rest, reader)];
}

function lines(text, reader, beforeBlock = false) {
  const nodes = [];
  if (!text) return nodes;
  const all = text.split("\n");
  for (let at = 0; at < all.length; ) {
    const end = endOfRun(all, at);
    const isQuote = isQuoted(all[at]);
    const run = all.slice(at, end).map((line) => (isQuote ? line.replace(LONG_QUOTE, "").replace(QUOTE, "") : line));
    const inside = inline(run.join("\n"), reader);
    nodes.push(...(isQuote ? [{ kind: "quote", children: inside }] : inside));
    if (!isQuote && run.at(-1) === "" && (beforeBlock || end < all.length)) nodes.push({ kind: "break" }); // its own line
    at = end;
  }
  return nodes;
}

function isQuoted(line) {
  return QUOTE.test(line) || LONG_QUOTE.test(line);
}

/** Where the run of quoted (or of other) lines ends; three marks quote all that follows. */
function endOfRun(all, start) {
  if (LONG_QUOTE.test(all[start])) return all.length;
  let end = start + 1;
  while (end < all.length && !LONG_QUOTE.test(all[end]) && isQuoted(all[end]) === isQuoted(all[start])) {
    end += 1;
  }
  return end;
}

function inline(text, reader, within = "") {
  const nodes = [];
  const hopeless = {}; // mark -> up to where no closing one is left, so that a long line is read once only
  let plain = "";
  const flush = () => {
    nodes.push(...broken(plain));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = token(text, at, reader) ?? emphasis(text, at, reader, within, hopeless);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

/** Text and line breaks. */
function broken(text) {
  return text.split("\n").flatMap((line, index) => [
    ...(index ? [{ kind: "break" }] : []),
    ...(line ? [{ kind: "text", text: unescaped(line) }] : []),
  ]);
}

function token(text, at, reader) {
  switch (text[at]) {
    case "`":
      return matched(CODE, text, at, (found) => ({ kind: "code", text: unescaped(withoutAngles(found[1])) }));
    case "<":
      return matched(ANGLE, text, at, (found) => angle(found[1]));
    case ":":
      return matched(EMOJI, text, at, (found) => (reader.knows(found[1]) ? { kind: "emoji", name: found[1] } : null));
    case "h":
      return reader.verbatim || WORD.test(text[at - 1] ?? "") ? null : bareLink(text, at);
    default:
      return null;
  }
}

function matched(pattern, text, at, make) {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  const node = found && make(found);
  return node ? { node, end: at + found[0].length } : null;
}

function bareLink(text, at) {
  BARE_LINK.lastIndex = at;
  const found = withoutTail(BARE_LINK.exec(text)?.[0] ?? "");
  const url = unescaped(found);
  return URL.canParse(url) ? { node: { kind: "link", url, label: url }, end: at + found.length } : null;
}

/** An address without the punctuation of the sentence around it. */
function withoutTail(address) {
  const stop = address.indexOf("&gt;");
  let end = stop < 0 ? address.length : stop;
  while (end > 0 && TAIL.includes(address[end - 1])) end -= 1;
  return address.slice(0, end);
}

/** What stands between < and >: a mention, a date, a link. Null for anything else, which then stays text. */
function angle(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(inside.slice(bar + 1));
  if (/^@[UWB][A-Z0-9]+$/.test(target)) {
    return { kind: "user", id: target.slice(1), label };
  }
  if (/^#[CGD][A-Z0-9]+$/.test(target)) {
    return { kind: "channel", id: target.slice(1), label };
  }
  return target.startsWith("!") ? special(target.slice(1), label) : link(unescaped(target), label);
}

function link(url, label) {
  return safeUrl(url) ? { kind: "link", url, label: label || url.replace(/^mailto:/i, "") } : null;
}

function special(what, label) {
  const [name, ...parts] = what.split("^");
  if (["here", "channel", "everyone"].includes(name)) {
    return { kind: "broadcast", range: name };
  }
  if (name === "subteam") {
    return { kind: "usergroup", id: parts[0] ?? "", label };
  }
  if (name === "date" && /^\d+$/.test(parts[0] ?? "")) {
    const url = safeUrl(unescaped(parts[2] ?? ""));
    return { kind: "date", at: Number(parts[0]), format: unescaped(parts[1] ?? ""), url, fallback: label };
  }
  return label ? { kind: "text", text: label } : null;
}

/** Inside code Slack shows an address or a label, not the angles around it. */
function withoutAngles(text) {
  return text.replace(/<(?:https?:\/\/[^<>|\n]*\|([^<>\n]*)|(https?:\/\/[^<>\n]*))>/g, (_, label, url) => label ?? url);
}

function emphasis(text, at, reader, within, hopeless) {
  const mark = text[at];
  if (!(mark in MARKS) || within.includes(mark) || at < (hopeless[mark] ?? 0) || !opens(text, at, mark)) {
    return null;
  }
  const end = closing(text, at, mark);
  if (end < 0) {
    hopeless[mark] = ~end;
    return null;
  }
  const children = inline(text.slice(at + 1, end), reader, within + mark);
  return { node: { kind: MARKS[mark], children }, end: end + 1 };
}

function opens(text, at, mark) {
  const before = text[at - 1] ?? " ";
  const after = text[at + 1] ?? " ";
  return !WORD.test(before) && before !== mark && !/\s/.test(after) && after !== mark;
}

/** Where the mark that opened is closed, on the same line and outside of code and angles; else ~(end of what was read). */
function closing(text, start, mark) {
  let at = start + 1;
  while (at < text.length && text[at] !== "\n") {
    const skip = skipped(text, at);
    if (skip) {
      at = skip;
    } else if (text[at] === mark && closes(text, at, start, mark)) {
      return at;
    } else {
      at += 1;
    }
  }
  return ~at;
}

function closes(text, at, start, mark) {
  const after = text[at + 1] ?? " ";
  return at > start + 1 && !/\s/.test(text[at - 1]) && !WORD.test(after) && after !== mark;
}

function skipped(text, at) {
  const pattern = { "`": CODE, "<": ANGLE }[text[at]];
  if (!pattern) {
    return 0;
  }
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : 0;
}
