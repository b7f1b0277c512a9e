// What was typed and not yet sent, kept for each conversation and thread while the tab lives.

import { me } from "../base/api.js";

function keyOf({ channel, thread }) {
  return `sandbox:draft:${me()}:${channel}:${thread ?? ""}`;
}

/** The draft of a place: `{text, mentions: Map}`. */
export function draftOf(place) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(place)) ?? "null");
  return { text: kept?.text ?? "", mentions: new Map(kept?.mentions ?? []) };
}

/** Keep a draft; an empty one is forgotten. */
export function keepDraft(place, text, mentions) {
  if (text) sessionStorage.setItem(keyOf(place), JSON.stringify({ text, mentions: [...mentions] }));
  else sessionStorage.removeItem(keyOf(place));
}
