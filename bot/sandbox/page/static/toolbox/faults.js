// The Trouble tab: order what goes wrong next, see what is ordered, call it all off.

import { control } from "../base/api.js";
import { ANSWERS, DELIVERIES, DOWNLOADS, FILES, inWords, METHODS, taken } from "./orders.js";
import { announce, freshId, h, icon, refill } from "../base/ui.js";

const LOOK_EVERY = 2000; // ms: what is ordered is used up as it strikes

/** The tab, for toolbox.js: `{element, shows(), hides()}`. */
export function faultsPanel() {
  const list = h("ul", { class: "ordered", "aria-label": "Ordered now" });
  const said = h("p", { class: "panel-said", role: "status" });
  const order = (name, given = {}) => ordered({ list, said }, name, given);
  const element = h("section", { class: "panel" },
    h("p", { class: "panel-note" }, "Order what goes wrong next, then go on as usual and see how the bot bears it. Each order strikes once, unless you say how often."),
    h("div", { class: "panel-part ordered-part" }, h("h3", {}, "Ordered now"), list,
      h("button", { type: "button", class: "button", onClick: () => order("clear") }, "Clear all"), said),
    answersForm(order), filesForm(order), deliveriesForm(order));
  let timer = 0;
  return {
    element,
    shows() {
      look(list);
      timer = setInterval(() => look(list), LOOK_EVERY);
    },
    hides: () => clearInterval(timer),
  };
}

async function ordered({ list, said }, name, given) {
  const answer = await control("fault", { name, ...given });
  said.textContent = answer.ok === false ? answer.words : taken(name);
  announce(said.textContent);
  drawOrdered(list, answer.faults);
}

async function look(list) {
  drawOrdered(list, (await control("faults")).faults);
}

/** The list as the server gives it; nothing happens where it gave none, or the same. */
function drawOrdered(list, faults) {
  const words = JSON.stringify(faults);
  if (!faults || list.dataset.shown === words) return;
  list.dataset.shown = words;
  if (faults.length === 0) refill(list, h("li", { class: "ordered-none" }, "Nothing. All goes well."));
  else refill(list, faults.map((fault) => h("li", {}, icon("bolt"), inWords(fault))));
}

/** When the bot calls Slack: which call, what goes wrong, how often. */
function answersForm(order) {
  const method = field("Call", h("input", { type: "text", value: METHODS[0], list: "toolbox-methods", autocomplete: "off", spellcheck: "false", required: true }));
  const way = field("What happens to it", h("select", {}, ANSWERS.map((one) => h("option", { value: one.name }, one.label))));
  const times = field("How often", h("input", { type: "number", min: "1", max: "100", value: "1", required: true }));
  const number = field("", h("input", { type: "number", min: "1", max: "600", value: "1", required: true }));
  const chosen = () => ANSWERS.find((one) => one.name === way.input.value);
  const asks = () => fitNumber(number, chosen().asks);
  way.input.addEventListener("change", asks);
  asks();
  return form("When the bot calls Slack", "Order it", () => {
    const extra = chosen().asks ? { [chosen().asks.name]: Number(number.input.value) } : {};
    return order(chosen().name, { method: method.input.value.trim(), times: Number(times.input.value), ...extra });
  }, h("datalist", { id: "toolbox-methods" }, METHODS.map((one) => h("option", { value: one }))), method.element, way.element, h("div", { class: "panel-row" }, number.element, times.element));
}

function fitNumber(number, asks) {
  number.element.hidden = !asks;
  if (!asks) return;
  number.label.textContent = asks.label;
  number.input.value = String(asks.value);
}

function filesForm(order) {
  const kind = field("The next download", h("select", {}, DOWNLOADS.map((one) => h("option", { value: one.kind }, one.label))));
  const part = form("When the bot fetches a file", "Order it", () => order("download", { kind: kind.input.value }), kind.element);
  part.append(buttons(FILES, order));
  return part;
}

function deliveriesForm(order) {
  return h("div", { class: "panel-part" }, h("h3", {}, "When Slack tells the bot something"), buttons(DELIVERIES, order));
}

function buttons(orders, order) {
  return h("ul", { class: "order-list" }, orders.map(({ name, given, label, hint }) => {
    const id = freshId("hint");
    return h("li", {},
      h("button", { type: "button", class: "button", "aria-describedby": id, onClick: () => order(name, given) }, label),
      h("span", { id, class: "panel-note" }, hint));
  }));
}

function form(title, submit, send, ...fields) {
  const onSubmit = (event) => {
    event.preventDefault();
    send();
  };
  return h("form", { class: "panel-part", onSubmit }, h("h3", {}, title), fields, h("button", { type: "submit", class: "button" }, submit));
}

/** A labelled field: `{element, input, label}`. */
function field(words, input) {
  input.id = freshId("field");
  const label = h("label", { for: input.id }, words);
  return { element: h("div", { class: "panel-field" }, label, input), input, label };
}
