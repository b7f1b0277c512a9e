// One interactive element of Block Kit, in the holder that shows whether it is at work and what went wrong.

import { button, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { datePicker, dateTimePicker, timePicker } from "./date_inputs.js";
import { richTextInput, textInput } from "./inputs.js";
import { select } from "./pickers.js";
import { paintAnew, Use } from "./surface.js";
import { wordsOf } from "./text.js";
import { h } from "../base/ui.js";

const MAKERS = {
  button,
  workflow_button: button,
  overflow,
  radio_buttons: radioButtons,
  checkboxes,
  static_select: select,
  multi_static_select: select,
  external_select: select,
  multi_external_select: select,
  users_select: select,
  multi_users_select: select,
  channels_select: select,
  multi_channels_select: select,
  conversations_select: select,
  multi_conversations_select: select,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: richTextInput,
};

const PLAIN_NAMES = { datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time", overflow: "More actions" };

/** An element, drawn. `naming` says what it is called: {id, aria}; without it, its placeholder or its block's words do. */
export function element(one, block, where, naming) {
  const make = MAKERS[one.type];
  if (!make) return h("p", { class: "unknown" }, `(${one.type ?? "something"} can't be shown here)`);
  const use = new Use(where, block, one);
  const holder = h("div", { class: `element element-${one.type}`, dataset: { action: one.action_id ?? "", key: use.key } });
  holder.append(make(one, use, naming ?? named(one, block)));
  paintAnew(holder, use.key);
  return holder;
}

function named(one, block) {
  const isPressed = one.text !== undefined;
  const words = one.accessibility_label ?? wordsOf(one.placeholder ?? block.text);
  return isPressed ? {} : { aria: { "aria-label": words || PLAIN_NAMES[one.type] || "Choose" } };
}
