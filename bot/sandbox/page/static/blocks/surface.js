// Where blocks stand (a message, or a view), and telling the server when somebody uses what is in them.
//
// `where` is {message: {channel, ts}} or {view, onChange, held, onSent}; the latter three come from form.js.

import { act } from "../base/api.js";
import { ask, h, icon } from "../base/ui.js";
import { textOf, wordsOf } from "./text.js";
import { initialOf } from "./values.js";

const chosen = new Map(); // what was chosen in messages: key -> {json of the element, entry}; views keep theirs in a form
const states = new Map(); // key -> {busy: how many are under way, words: what went wrong}
const queues = new Map(); // key -> the promise of what was sent last, so that nothing overtakes

/** One element in one place on the page. */
export class Use {
  constructor(where, block, element) {
    Object.assign(this, { where, block, element });
    const place = where.view ? where.view.id : `${where.message.channel}/${where.message.ts}`;
    this.key = `${place}/${block.block_id ?? ""}/${element.action_id ?? ""}`;
  }

  /** Whether changing it tells the app at once, rather than with the form. */
  get fires() {
    return this.block.type !== "input" || Boolean(this.block.dispatch_action);
  }

  /** Whether the server still has something to answer. */
  get isBusy() {
    return (states.get(this.key)?.busy ?? 0) > 0;
  }

  /** What the field holds: an entry of `state.values`. */
  get value() {
    if (this.where.held) return this.where.held(this.block, this.element);
    const known = chosen.get(this.key);
    return known?.json === JSON.stringify(this.element) ? known.entry : initialOf(this.element);
  }

  /** Keep what was typed or chosen on this page; nothing is sent yet. */
  record(entry) {
    this.where.onChange?.(this.block.block_id, this.element.action_id, entry);
    if (!this.where.view) chosen.set(this.key, { json: JSON.stringify(this.element), entry });
  }

  /** Somebody has chosen: keep it and send it. Where the element asks first and they say no, `undo` puts it back. */
  async commit(entry, undo) {
    if (this.fires && !(await confirmed(this.element.confirm))) return undo?.();
    this.record(entry);
    const answer = await this.send(this.fires ? "act" : "fill", entry);
    if (answer.ok) this.where.onSent?.(this.block.block_id, this.element.action_id, entry);
    return answer;
  }

  /** Press it: a button, an entry of a menu, Enter in a field that tells the app. */
  async press(value) {
    if (this.isBusy || !(await confirmed(this.element.confirm))) return null;
    return this.send("act", value);
  }

  /** Options for these letters, from the app. */
  suggest(query) {
    return act("suggest", { ...this.address, query });
  }

  get address() {
    const { where, block, element } = this;
    const place = where.view ? { view: where.view.id } : { message: { channel: where.message.channel, ts: where.message.ts } };
    return { ...place, block_id: block.block_id, action_id: element.action_id };
  }

  async send(what, value) {
    const state = states.get(this.key) ?? { busy: 0 };
    states.set(this.key, state);
    state.words = "";
    state.busy += what === "act" ? 1 : 0;
    showState(this.key);
    const before = queues.get(this.key);
    const under = Promise.resolve(before).then(() => act(what, { ...this.address, value }));
    queues.set(this.key, under);
    const answer = await under;
    state.busy -= what === "act" ? 1 : 0;
    if (!answer.ok) state.words = answer.words;
    states.set(this.key, state);
    showState(this.key);
    return answer;
  }
}

/** Ask first, where the element says so. */
export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = question;
  return ask({
    title: wordsOf(title),
    text: h("div", {}, textOf(text)),
    yes: confirm ? wordsOf(confirm) : "Yes",
    no: deny ? wordsOf(deny) : "No",
    danger: style === "danger",
  });
}

/** An element that is drawn anew has changed since it last failed: what went wrong then is no longer of interest. */
export function paintAnew(holder, key) {
  if (states.get(key)?.busy === 0) states.delete(key);
  paint(holder, key);
}

/** Show on `holder` (an element's node) whether it is at work, and what went wrong last. */
function paint(holder, key) {
  const state = states.get(key);
  const button = holder.querySelector(":scope > :is(button, a)");
  holder.dataset.busy = String((state?.busy ?? 0) > 0);
  button?.setAttribute("aria-busy", holder.dataset.busy);
  holder.querySelector(":scope > .element-trouble")?.remove();
  if (state?.words) holder.append(h("span", { class: "element-trouble", role: "alert" }, icon("warning"), state.words));
}

/** The block may have been drawn anew since, or be on the page twice (in its thread, too). */
function showState(key) {
  for (const holder of document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)) paint(holder, key);
}
