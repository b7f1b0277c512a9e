// Modals: a stack of windows for this person, of which the topmost is shown. What is typed in a covered one stays.

import { act } from "../base/api.js";
import { faceOf } from "../base/faces.js";
import { Form } from "./form.js";
import { store } from "../base/store.js";
import { wordsOf } from "./text.js";
import { ask, focusables, focusTrap, freshId, h, icon, iconButton, refill } from "../base/ui.js";

const LEAVING = {
  title: "Leave without saving?", text: "What you put into this window will be lost.", yes: "Leave", no: "Stay", danger: true,
};
const windows = new Map(); // view id -> Window
let shown = null; // the Window on the screen
let opener = null; // where focus was before the first one: {node, key}
let release = null;

/** Show this stack of views (bottom first), as the server tells it; an empty one closes what is open. */
export function showModals(stack) {
  for (const [id, one] of windows) {
    if (!stack.some((view) => view.id === id)) forget(id, one);
  }
  for (const view of stack) {
    if (windows.has(view.id)) windows.get(view.id).update(view, stack);
    else windows.set(view.id, new Window(view, stack));
  }
  const top = stack.length ? windows.get(stack.at(-1).id) : null;
  if (top !== shown) bringUp(top);
}

function forget(id, one) {
  one.isGone = true;
  windows.delete(id);
}

function bringUp(top) {
  const place = document.getElementById("modals");
  if (!shown) opener = { node: document.activeElement, key: document.activeElement?.closest?.("[data-key]")?.dataset.key };
  release?.();
  release = null;
  shown = top;
  document.getElementById("app").inert = Boolean(top);
  if (!top) {
    place.replaceChildren();
    giveFocusBack();
    return;
  }
  place.replaceChildren(h("div", { class: "veil", onPointerdown: keepFocusInside }, top.root));
  release = focusTrap(top.root, { onEscape: () => top.close(), initial: top.firstStop() });
}

/** A click beside the window does nothing, and takes no focus away. */
function keepFocusInside(event) {
  if (event.target === event.currentTarget) event.preventDefault();
}

/** To what opened the first window; it may have been drawn anew since. */
function giveFocusBack() {
  const { node, key } = opener ?? {};
  const again = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const target = node?.isConnected ? node : again && focusables(again)[0];
  target?.focus({ preventScroll: true });
  opener = null;
}

/** One view as a window: its title, its form, what went wrong, its buttons. */
class Window {
  constructor(view, stack) {
    this.form = new Form(view);
    this.titleId = freshId("title");
    this.title = h("h2", { id: this.titleId });
    this.back = iconButton("back", "Back", () => this.close());
    this.shut = iconButton("close", "Close window", () => this.close(true));
    this.trouble = h("p", { class: "modal-trouble", role: "alert" });
    this.cancel = h("button", { type: "button", class: "button", onClick: () => this.close() });
    this.submit = h("button", { type: "submit", class: "button primary" });
    this.body = h("div", { class: "modal-body" }, this.form.root);
    this.root = this.frame();
    this.update(view, stack);
  }

  frame() {
    const head = h("header", { class: "modal-head" }, this.back, store.app && faceOf(store.app.user, "tiny"), this.title, this.shut);
    const foot = h("footer", { class: "modal-foot" }, this.trouble, this.cancel, this.submit);
    const onSubmit = (event) => {
      event.preventDefault();
      this.send();
    };
    const form = h("form", { class: "modal-form", novalidate: true, autocomplete: "off", onSubmit }, head, this.body, foot);
    return h("div", { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": this.titleId, tabindex: "-1" }, form);
  }

  update(view, stack) {
    this.view = view;
    this.stack = stack;
    this.root.dataset.view = view.id;
    this.root.dataset.callback = view.callback_id ?? "";
    refill(this.title, wordsOf(view.title));
    refill(this.submit, h("span", { class: "button-words" }, wordsOf(view.submit)), h("span", { class: "spinner", "aria-hidden": "true" }));
    refill(this.cancel, view.close ? wordsOf(view.close) : view.submit ? "Cancel" : "Close");
    this.submit.hidden = !view.submit;
    this.back.hidden = stack[0]?.id === view.id;
    this.form.update(view);
    if (this === shown) this.holdFocus();
  }

  /** What had the focus may be gone with the old content; and a window that was only loading may have fields now. */
  holdFocus() {
    const held = document.activeElement;
    if (held === this.root || held === document.body || held?.hidden) this.firstStop().focus();
  }

  /** What gets the focus as it opens: where the app says, else the first field, else the window itself. */
  firstStop() {
    const said = this.body.querySelector("[data-focus-on-load]");
    const field = this.body.querySelector(".block-input :is(input, textarea, button):not(:disabled)");
    return said ?? field ?? this.root;
  }

  async send() {
    if (this.isBusy || !this.view.submit) return;
    this.form.clearErrors();
    this.setBusy(true);
    const answer = await act("submit", { view: this.view.id, values: this.form.values() });
    this.setBusy(false);
    if (answer.ok || this.isGone) return;
    if (answer.error === "fields") this.say(this.form.showErrors(answer.errors).join(" "));
    else this.say(answer.words);
  }

  setBusy(isBusy) {
    this.isBusy = isBusy;
    this.say("");
    this.submit.dataset.busy = String(isBusy);
    this.submit.setAttribute("aria-busy", String(isBusy));
  }

  say(words) {
    refill(this.trouble, words && [icon("warning"), " ", words]);
  }

  /** Close this view, or all of them; asks first if something was typed. */
  async close(all = false) {
    const everything = all || Boolean(this.view.clear_on_close);
    const closing = everything ? this.stack.map((view) => windows.get(view.id)) : [this];
    const isChanged = closing.some((one) => one?.form.isChanged);
    if (isChanged && !(await ask(LEAVING))) return;
    const answer = await act("close", { view: this.view.id, all: everything });
    if (!answer.ok && !this.isGone) this.say(answer.words);
  }
}
