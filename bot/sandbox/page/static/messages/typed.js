// What people type, and the same as Slack sends it: a mention that was picked from the list becomes <@U…>.

import { person } from "../base/store.js";

/** A member as their mention looks while typing. */
export function mentionOf(id) {
  return `@${person(id).display}`;
}

/**
 * The text to send. Whole names only: "@Ann" isn't taken out of "@Anna".
 * @param {string} text as it stands in the field
 * @param {Map<string, string>} mentions what was picked: "@Name" -> id
 */
export function toSlack(text, mentions) {
  const names = [...mentions.keys()].sort((one, other) => other.length - one.length);
  if (names.length === 0) return text;
  const pattern = new RegExp(`(${names.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "gu");
  return text.replace(pattern, (name) => `<@${mentions.get(name)}>`);
}

/** The same as the message will hold it: escaped, but for mentions. */
export function escapedAsSlack(sent) {
  const safe = sent.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return safe.replace(/&lt;@(\w+)&gt;/g, "<@$1>");
}

/** The opposite, for editing: `{text, mentions}` of a message's own text. */
export function asTyped(sent) {
  const mentions = new Map();
  const named = sent.replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id) => {
    mentions.set(mentionOf(id), id);
    return mentionOf(id);
  });
  const text = named.replace(/<([^>|]+)(?:\|[^>]*)?>/g, "$1");
  return { text: text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"), mentions };
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
