// Fields to type in: one line, several lines, email, address, number, and Slack's field with formatting.

import { h, later } from "../base/ui.js";
import { plain } from "./text.js";
import { richTextOf, richTextWords } from "./rich_text.js";
import { keyOf } from "./values.js";

const KINDS = {
  plain_text_input: {},
  email_text_input: { type: "email", autocomplete: "email" },
  url_text_input: { type: "url", autocomplete: "url" },
  // not type=number: it would swallow what isn't a number instead of letting the person see and correct it
  number_input: { inputmode: "decimal", autocomplete: "off" },
};
const TYPING_PAUSE = 400;

/** A field to type in. What is typed is kept at once, and sent when the person leaves the field. */
export function textInput(element, use, { id, aria = {} } = {}) {
  const control = element.multiline ? area(element, use.value.value) : line(element, use.value.value);
  setAll(control, { id, placeholder: placeholderOf(element), maxlength: element.max_length, ...aria });
  const entry = () => ({ value: control.value === "" ? null : control.value });
  return wired(control, element, use, entry);
}

/** Slack's field with formatting, here without its toolbar: what is typed becomes a rich_text block. */
export function richTextInput(element, use, { id, aria = {} } = {}) {
  const control = area(element, richTextWords(use.value.rich_text_value));
  setAll(control, { id, placeholder: placeholderOf(element), ...aria });
  const entry = () => ({ [keyOf(element)]: control.value === "" ? null : richTextOf(control.value) });
  return wired(control, element, use, entry);
}

function line(element, value) {
  return h("input", { type: "text", class: "field", autocomplete: "off", ...KINDS[element.type], value: value ?? "" });
}

function area(element, value) {
  return h("textarea", { class: "field", rows: "4", value: value ?? "" });
}

function placeholderOf(element) {
  return element.placeholder ? plain(element.placeholder.text) : null;
}

function setAll(control, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) control.setAttribute(name, value);
  }
}

function wired(control, element, use, entry) {
  const count = counter(element, control);
  const reasons = use.fires ? element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"] : [];
  const tell = later(TYPING_PAUSE, () => use.commit(entry()));
  control.addEventListener("input", () => {
    use.record(entry());
    count?.show();
    if (reasons.includes("on_character_entered")) tell();
  });
  control.addEventListener("change", () => {
    if (!use.fires) use.commit(entry());
  });
  control.addEventListener("keydown", (event) => {
    const isEnter = event.key === "Enter" && !event.isComposing && !element.multiline && element.type !== "rich_text_input";
    if (isEnter && reasons.includes("on_enter_pressed")) {
      event.preventDefault();
      use.commit(entry());
    }
  });
  if (element.focus_on_load) control.dataset.focusOnLoad = "true";
  return count ? h("div", { class: "counted" }, control, count.node) : control;
}

/** How much of its room is used, where a field has a limit. */
function counter(element, control) {
  if (!element.max_length) return null;
  const node = h("span", { class: "counter", "aria-hidden": "true" });
  const show = () => {
    node.textContent = `${control.value.length} / ${element.max_length}`;
    node.classList.toggle("full", control.value.length >= element.max_length);
  };
  show();
  return { node, show };
}
