// Editing one's own message in its place.

import { act } from "../base/api.js";
import { redrawRow, messageOf } from "./message.js";
import { asTyped, toSlack } from "./typed.js";
import { h } from "../base/ui.js";

/** Turn a row into a field with its words; Enter saves, Escape leaves them as they were. */
export function editMessage(row, where) {
  const message = messageOf(row);
  const content = row.querySelector(".content");
  if (content.dataset.editing) return;
  const { text, mentions } = asTyped(message.text);
  const field = h("textarea", { class: "field", rows: "2", "aria-label": "Edit message", value: text });
  const trouble = h("p", { class: "trouble", role: "alert" });
  const close = () => {
    delete content.dataset.editing;
    redrawRow(row, where);
    row.focus();
  };
  const save = async () => {
    const answer = await act("edit", { channel: where.channel, ts: message.ts, text: toSlack(field.value, mentions) });
    if (answer.ok) close();
    else trouble.textContent = answer.words;
  };
  field.addEventListener("keydown", (event) => onKey(event, save, close));
  content.dataset.editing = "1";
  row.querySelector(".message-bar")?.remove();
  content.replaceChildren(
    h(
      "div",
      { class: "editing" },
      field,
      trouble,
      h(
        "div",
        { class: "editing-foot" },
        h("button", { type: "button", class: "button", onClick: close }, "Cancel"),
        h("button", { type: "button", class: "button primary", onClick: save }, "Save"),
      ),
    ),
  );
  field.focus();
  field.setSelectionRange(text.length, text.length);
}

function onKey(event, save, close) {
  event.stopPropagation();
  if (event.key === "Escape") close();
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  save();
}
