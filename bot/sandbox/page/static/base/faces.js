// People as the page shows them: a square with their initials, their name, a badge for what isn't a person.

import { h } from "./ui.js";
import { person } from "./store.js";

/** Up to two letters for somebody. */
export function initials(name) {
  const words = name.split(/[\s-]+/).filter((word) => /\p{L}|\p{N}/u.test(word[0] ?? ""));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => word[0].toLocaleUpperCase()).join("") || "?";
}

/** Somebody's square with initials, drawn by CSS as their name stands beside it; `size` "small", "tiny" or none. */
export function face(someone, size = "") {
  const isApp = someone.kind === "app" || someone.kind === "bot";
  return h("span", {
    class: `face ${size} ${isApp ? "app" : ""}`,
    "aria-hidden": "true",
    dataset: { initials: initials(someone.display ?? someone.name) },
    style: { "--tint": `var(--avatar-${someone.colour ?? 7})` },
  });
}

/** The same by id. */
export function faceOf(id, size) {
  return face(person(id), size);
}

/** A badge beside the name of an app or a guest; null for members. */
export function badge(someone) {
  if (someone.kind === "app" || someone.kind === "bot") return h("span", { class: "badge" }, "App");
  return someone.kind === "guest" ? h("span", { class: "badge" }, "Guest") : null;
}
