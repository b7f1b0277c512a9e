// Buttons and overflow menus: what is pressed rather than filled in.

import { h, icon, menu } from "../base/ui.js";
import { safeUrl } from "./mrkdwn.js";
import { textOf, wordsOf } from "./text.js";

/** A button. One with a url opens it in a new tab, and tells the app as well. */
export function button(element, use, { aria = {} } = {}) {
  const style = ["primary", "danger"].includes(element.style) ? `button ${element.style}` : "button";
  const label = [h("span", { class: "button-words" }, textOf(element.text)), h("span", { class: "spinner", "aria-hidden": "true" })];
  const named = { ...aria, "aria-label": element.accessibility_label ?? null };
  const url = safeUrl(element.url ?? "");
  if (url) return linkButton(element, use, url, style, label);
  return h("button", { type: "button", class: style, ...named, onClick: () => use.press() }, label);
}

function linkButton(element, use, url, style, label) {
  const follow = async (event) => {
    if (!element.confirm) return use.press();
    event.preventDefault();
    const answer = await use.press();
    return answer && open(url, "_blank", "noopener");
  };
  const named = { "aria-label": element.accessibility_label ?? null };
  return h("a", { class: style, href: url, target: "_blank", rel: "noopener noreferrer", ...named, onClick: follow }, label);
}

/** The three dots with a short menu behind them. */
export function overflow(element, use) {
  const choose = (option) => {
    const url = safeUrl(option.url ?? "");
    if (url) open(url, "_blank", "noopener");
    use.press({ selected_option: option });
  };
  const items = (element.options ?? []).map((option) => ({
    label: wordsOf(option.text),
    hint: option.description ? wordsOf(option.description) : undefined,
    onSelect: () => choose(option),
  }));
  const dots = h("button", {
    type: "button", class: "button overflow", "aria-label": element.accessibility_label ?? "More actions", "aria-haspopup": "menu",
    onClick: () => menu(dots, items),
  }, icon("more"), h("span", { class: "spinner", "aria-hidden": "true" }));
  return dots;
}
