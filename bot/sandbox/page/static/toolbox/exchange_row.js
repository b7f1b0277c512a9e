// One exchange in the inspector: a line, and below it, once pressed, what was asked and what was answered.

import { KINDS, outcomeWords, stateOf } from "./exchanges.js";
import { freshId, h, icon, refill } from "../base/ui.js";

const PICTURES = { good: "check", bad: "warning", waiting: "clock" };
const LONGEST = 20_000; // characters of JSON shown at once

/** A row of the list. @returns {{element: HTMLElement, button: HTMLElement, update: (exchange: object) => void}} */
export function exchangeRow(first) {
  let exchange = first;
  const id = freshId("exchange");
  const details = h("div", { id, class: "exchange-details", hidden: true });
  const button = h("button", {
    type: "button", class: "exchange-line", tabindex: "-1", "aria-expanded": "false", "aria-controls": id,
    onClick: () => {
      details.hidden = !details.hidden;
      button.setAttribute("aria-expanded", String(!details.hidden));
      refill(details, details.hidden ? [] : contents(exchange));
      if (!details.hidden) element.scrollIntoView({ block: "nearest" });
    },
  });
  const element = h("li", { class: "exchange", dataset: { number: exchange.number } }, button, details);
  const update = (fresh) => {
    exchange = fresh;
    element.dataset.state = stateOf(exchange);
    refill(button, line(exchange));
    if (!details.hidden) refill(details, contents(exchange));
  };
  update(first);
  return { element, button, update };
}

function line(exchange) {
  const kind = KINDS[exchange.kind] ?? { label: exchange.kind, to: "slack" };
  return [
    h("span", { class: "exchange-way", title: kind.to === "bot" ? "Slack to the bot" : "the bot to Slack" }, kind.to === "bot" ? "→" : "←"),
    h("span", { class: "exchange-name" }, h("span", { class: "exchange-kind" }, kind.label), " ", exchange.name),
    h("span", { class: "exchange-time" }, clockTime(exchange.at)),
    h("span", { class: "exchange-outcome" }, icon(PICTURES[stateOf(exchange)]), outcomeWords(exchange)),
    h("span", { class: "exchange-ms" }, took(exchange.milliseconds)),
  ];
}

function clockTime(at) {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

function took(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return "";
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

function contents(exchange) {
  const parts = [part("Asked", exchange.asked)];
  if (stateOf(exchange) !== "waiting") parts.push(part("Answered", exchange.answered));
  return parts;
}

function part(title, body) {
  const empty = body === null || body === undefined || Object.keys(body).length === 0;
  const words = empty ? "" : JSON.stringify(body, null, 2);
  const shown = words.length > LONGEST ? `${words.slice(0, LONGEST)}\n… ${words.length - LONGEST} characters more` : words;
  return h("div", { class: "exchange-part" },
    h("div", { class: "exchange-part-head" }, h("h3", {}, title), words && copyButton(title, words)),
    words ? h("pre", { tabindex: "0", "aria-label": title }, shown) : h("p", { class: "panel-note" }, "Nothing but the acknowledgement."));
}

function copyButton(title, words) {
  const button = h("button", {
    type: "button", class: "button exchange-copy", "aria-label": `Copy what was ${title.toLowerCase()}`,
    onClick: async () => {
      const done = await copied(words);
      refill(button, icon(done ? "check" : "warning"), done ? "Copied" : "Not copied");
    },
  }, icon("copy"), "Copy");
  return button;
}

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}
