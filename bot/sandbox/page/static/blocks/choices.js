// Radio buttons and checkboxes, each option with its description below it.

import { freshId, h } from "../base/ui.js";
import { textOf } from "./text.js";

/** One of several. */
export function radioButtons(element, use, { aria = {} } = {}) {
  const name = freshId("radio");
  const chosen = use.value.selected_option?.value;
  const choose = (option) => use.commit({ selected_option: option }, () => show());
  const group = h("div", { class: "choices", role: "radiogroup", ...aria },
    element.options.map((option) => choice("radio", option, { name, checked: option.value === chosen, onChange: () => choose(option) })));
  const show = () => mark(group, element.options, (option) => option.value === use.value.selected_option?.value);
  return group;
}

/** Any of several. */
export function checkboxes(element, use, { aria = {} } = {}) {
  const chosen = () => new Set((use.value.selected_options ?? []).map((option) => option.value));
  const ticked = chosen();
  const change = () => {
    const inputs = [...group.querySelectorAll("input")];
    use.commit({ selected_options: element.options.filter((_, place) => inputs[place].checked) }, () => show());
  };
  const group = h("div", { class: "choices", role: "group", ...aria },
    element.options.map((option) => choice("checkbox", option, { checked: ticked.has(option.value), onChange: change })));
  const show = () => mark(group, element.options, (option) => chosen().has(option.value));
  return group;
}

function choice(type, option, props) {
  const id = freshId("choice");
  const description = option.description && h("span", { class: "choice-more", id: `${id}-more` }, textOf(option.description));
  return h("label", { class: "choice" },
    h("input", { type, value: option.value, "aria-labelledby": id, "aria-describedby": description ? `${id}-more` : null, ...props }),
    h("span", { class: "choice-words" }, h("span", { id }, textOf(option.text)), description));
}

function mark(group, options, isChosen) {
  [...group.querySelectorAll("input")].forEach((input, place) => {
    input.checked = isChosen(options[place]);
  });
}
