// What a view holds while somebody fills it in. When the app changes the view, what stayed the same keeps its node (so
// focus and the writing mark stay), and nothing typed is lost where block and action ids stay.

import { renderBlock } from "./blocks.js";
import { keepFocus } from "./focus.js";
import { fieldsOf, initialOf, isEmpty } from "./values.js";
import { h } from "../base/ui.js";

/** The blocks of one view, and what is filled in. */
export class Form {
  constructor(view) {
    this.view = view;
    this.root = h("div", { class: "blocks" });
    this.drawn = new Map(); // block_id -> {node, json, held: what its fields show}
    this.own = new Map(); // field -> {entry, type, sent, base: what the server said when it was put in}
    this.where = {
      view,
      onChange: (block, action, entry) => this.keep(block, action, entry),
      held: (block, element) => this.valueOf(block, element),
      onSent: (block, action, entry) => this.sent(block, action, entry),
    };
    this.draw();
  }

  /** The view as the app has it now. */
  update(view) {
    this.view = view;
    this.where.view = view;
    this.letGo();
    keepFocus(this.root, () => this.draw());
  }

  /** `state.values` as they stand on this page, with what was typed and is not yet sent. */
  values() {
    const values = {};
    for (const { block, element } of fieldsOf(this.view.blocks)) {
      values[block.block_id] ??= {};
      values[block.block_id][element.action_id] = { type: element.type, ...this.valueOf(block, element) };
    }
    return values;
  }

  /** Whether a field holds (here, or on the server since before) something other than what it began with. */
  get isChanged() {
    return fieldsOf(this.view.blocks).some(({ block, element }) => {
      const [held, initial] = [this.valueOf(block, element), initialOf(element)];
      return !same(held, initial) && !(isEmpty(element, held) && isEmpty(element, initial));
    });
  }

  /** Words under fields, by block_id; focuses the first. Gives the words that have no field to stand under. */
  showErrors(errors) {
    const homeless = Object.entries(errors).filter(([block, words]) => !this.showError(block, words)).map(([, words]) => words);
    const first = this.root.querySelector("[aria-invalid=true]");
    first?.focus();
    first?.closest(".block").scrollIntoView({ block: "nearest" });
    return homeless;
  }

  /** Take the words under fields away again. */
  clearErrors() {
    for (const block of this.root.querySelectorAll(".has-error")) this.showError(block.dataset.block, "");
  }

  showError(block, words) {
    const node = this.drawn.get(block)?.node;
    const place = node?.querySelector(".field-error");
    if (!place) return false;
    place.textContent = words;
    place.hidden = !words;
    node.classList.toggle("has-error", Boolean(words));
    for (const control of node.querySelectorAll("input, textarea")) setInvalid(control, words);
    return true;
  }

  draw() {
    const before = this.drawn;
    this.drawn = new Map();
    const nodes = this.view.blocks.map((block) => this.drawBlock(block, before.get(block.block_id)));
    for (const child of [...this.root.children]) {
      if (!nodes.includes(child)) child.remove(); // first, so that nothing that stays has to move and lose its focus
    }
    nodes.forEach((node, place) => {
      if (this.root.children[place] !== node) this.root.insertBefore(node, this.root.children[place] ?? null);
    });
  }

  drawBlock(block, before) {
    const json = JSON.stringify(block);
    const held = this.held(block);
    const stays = before?.json === json && same(before.held, held);
    const node = stays ? before.node : renderBlock(block, this.where);
    if (block.block_id) this.drawn.set(block.block_id, { node, json, held });
    return node;
  }

  held(block) {
    return fieldsOf([block]).map(({ element }) => this.valueOf(block, element));
  }

  valueOf(block, element) {
    const own = this.own.get(nameOf(block.block_id, element.action_id));
    return own ? own.entry : this.serversOf(block, element);
  }

  serversOf(block, element) {
    const known = this.view.state?.values?.[block.block_id]?.[element.action_id];
    if (known?.type !== element.type) return initialOf(element);
    const { type, ...entry } = known;
    return entry;
  }

  keep(block_id, action_id, entry) {
    const found = this.find(block_id, action_id);
    if (!found) return;
    const { block, element } = found;
    const name = nameOf(block_id, action_id);
    const base = this.own.get(name)?.base ?? this.serversOf(block, element);
    this.own.set(name, { entry, type: element.type, sent: false, base });
    const drawn = this.drawn.get(block_id);
    if (drawn) drawn.held = this.held(block); // its node shows this already
    if (drawn?.node.classList.contains("has-error")) this.showError(block_id, "");
  }

  sent(block_id, action_id, entry) {
    const own = this.own.get(nameOf(block_id, action_id));
    if (own?.entry === entry) own.sent = true;
  }

  /**
   * Give up an own entry where its field is gone, or where the server has it and has since heard something else (from
   * another tab). A frame that was on its way before the entry arrived still says what it said before: that counts for nothing.
   */
  letGo() {
    for (const [name, own] of this.own) {
      const found = this.find(...name.split("\n"));
      const isGone = found?.element.type !== own.type;
      if (isGone || (own.sent && !same(this.serversOf(found.block, found.element), own.base))) this.own.delete(name);
    }
  }

  find(block_id, action_id) {
    return fieldsOf(this.view.blocks).find(({ block, element }) => block.block_id === block_id && element.action_id === action_id);
  }
}

function nameOf(block, action) {
  return `${block}\n${action}`;
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function setInvalid(control, words) {
  if (words) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}
