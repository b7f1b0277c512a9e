// A short question in a dialog: are you sure?

import { focusTrap, freshId, h } from "./dom.js";

/**
 * Ask a yes-or-no question. `text` is a string or a node.
 * @param {{title: string, text?: string|Node, yes?: string, no?: string, danger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, yes = "OK", no = "Cancel", danger = false }) {
  const { promise, resolve } = settled();
  const id = freshId("ask");
  const answer = (said) => {
    dialog.close();
    dialog.remove();
    letGo();
    resolve(said);
  };
  const agree = h(
    "button",
    { type: "button", class: danger ? "button danger" : "button primary", onClick: () => answer(true) },
    yes,
  );
  const dialog = h(
    "dialog",
    { class: "ask", role: "alertdialog", "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-text` },
    h("h2", { id: `${id}-title` }, title),
    h("div", { id: `${id}-text`, class: "ask-text" }, text),
    h(
      "div",
      { class: "ask-foot" },
      h("button", { type: "button", class: "button", onClick: () => answer(false) }, no),
      agree,
    ),
  );
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  const before = document.activeElement;
  dialog.showModal();
  const release = focusTrap(dialog, { onEscape: () => answer(false), initial: agree });
  const letGo = () => {
    release();
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  return promise;
}

function settled() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
