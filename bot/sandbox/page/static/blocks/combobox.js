// A field with a list to choose from: type to search, arrow keys and Enter to choose; chips where several may be chosen.
//
// A choice is {value, text, description?, face?}; `value` tells choices apart, the rest is what is shown.

import { announce, freshId, h, icon, popover, refill } from "../base/ui.js";

/**
 * The field as a node.
 * @param {{id?: string, aria?: object, placeholder?: string, several?: boolean, most?: number, canClear?: boolean,
 *   chosen: object[], find: (query: string) => Promise<{groups: {label?: string, choices: object[]}[], note?: string}>,
 *   onChange: (choices: object[]) => void}} given `chosen` is what it starts with, `find` gives what there is for these letters
 */
export function combobox(given) {
  return new Combobox(given).root;
}

class Combobox {
  constructor(given) {
    Object.assign(this, { canClear: false, several: false, most: Infinity, placeholder: "", ...given });
    this.active = -1;
    this.options = [];
    this.listId = freshId("list");
    this.chips = h("ul", { class: "chips", "aria-label": "Chosen" });
    this.input = this.makeInput();
    this.clear = h("button", { type: "button", class: "select-clear", "aria-label": "Clear", onClick: () => this.set([]) }, icon("close"));
    this.root = h("div", { class: this.several ? "select several" : "select" }, this.chips, this.input, this.clear, icon("down"));
    this.root.addEventListener("click", (event) => this.pressed(event));
    this.show();
  }

  makeInput() {
    return h("input", {
      type: "text", role: "combobox", id: this.id, class: "select-input", autocomplete: "off", spellcheck: "false",
      "aria-expanded": "false", "aria-autocomplete": "list", "aria-haspopup": "listbox", ...this.aria,
      onInput: () => this.open(this.input.value),
      onKeydown: (event) => this.key(event),
      onBlur: () => this.close(),
    });
  }

  get isOpen() {
    return Boolean(this.box);
  }

  pressed(event) {
    if (event.target.closest("button")) return;
    this.input.focus();
    if (this.isOpen) this.close();
    else this.open("");
  }

  /** Write what is chosen: chips, or the words in the field. */
  show() {
    this.chips.hidden = !this.several || this.chosen.length === 0;
    if (this.several) refill(this.chips, this.chosen.map((choice) => this.chip(choice)));
    this.input.value = this.several ? "" : this.chosen[0]?.text ?? "";
    this.input.placeholder = this.several && this.chosen.length ? "" : this.placeholder;
    this.clear.hidden = this.several || !this.canClear || this.chosen.length === 0;
  }

  chip(choice) {
    const remove = () => {
      this.set(this.chosen.filter((one) => one.value !== choice.value));
      this.input.focus();
    };
    return h("li", { class: "chip" }, choice.face?.(), h("span", { class: "chip-words" }, choice.text),
      h("button", { type: "button", "aria-label": `Remove ${choice.text}`, onClick: remove }, icon("close")));
  }

  async open(query) {
    if (!this.isOpen) this.openBox();
    this.asked = query;
    if (!this.options.length) this.note.textContent = "Searching …";
    const found = await this.find(query);
    if (this.asked !== query || !this.isOpen) return;
    this.list(found);
    this.box.place();
  }

  openBox() {
    const aria = { "aria-label": "Choices", "aria-multiselectable": this.several ? "true" : null };
    this.listbox = h("div", { role: "listbox", id: this.listId, class: "options", ...aria });
    this.note = h("p", { class: "options-note", role: "status" });
    const panel = h("div", { class: "options-panel", onPointerdown: (event) => event.preventDefault() }, this.listbox, this.note);
    this.input.setAttribute("aria-controls", this.listId);
    const onClose = () => this.closed();
    this.box = popover(this.root, panel, { role: "presentation", focus: false, width: "anchor", class: "options-box", onClose });
    this.sayOpen(true);
    if (!this.several) this.input.select();
  }

  /** The popover says it of the box around; those who listen ask the field. */
  sayOpen(isOpen) {
    this.root.removeAttribute("aria-expanded");
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  list({ groups, note = "" }) {
    this.options = [];
    refill(this.listbox, groups.filter((group) => group.choices.length).map((group) => this.group(group)));
    this.note.textContent = this.options.length ? note : note || "Nothing like that here.";
    this.note.hidden = !this.note.textContent;
    const latest = this.options.findIndex(({ choice }) => choice.value === this.latest);
    const current = latest < 0 ? this.options.findIndex(({ choice }) => this.has(choice)) : latest;
    this.point(Math.max(0, current));
  }

  group({ label, choices }) {
    const id = freshId("group");
    const rows = choices.map((choice) => this.option(choice));
    if (!label) return rows;
    return h("div", { role: "group", "aria-labelledby": id }, h("div", { class: "options-label", id, role: "presentation" }, label), rows);
  }

  option(choice) {
    const isFull = this.several && !this.has(choice) && this.chosen.length >= this.most;
    const more = choice.description && h("span", { class: "option-more" }, choice.description);
    const node = h("div", {
      role: "option", id: freshId("option"), class: "option", dataset: { value: choice.value },
      "aria-selected": String(this.has(choice)), "aria-disabled": isFull ? "true" : null,
      onClick: () => this.choose(choice),
    }, choice.face?.(), h("span", { class: "option-words" }, h("span", {}, choice.text), more), icon("check"));
    this.options.push({ node, choice });
    return node;
  }

  has(choice) {
    return this.chosen.some((one) => one.value === choice.value);
  }

  choose(choice) {
    if (!this.several) {
      this.set([choice]);
      return this.close();
    }
    if (this.has(choice)) this.set(this.chosen.filter((one) => one.value !== choice.value));
    else if (this.chosen.length < this.most) this.set([...this.chosen, choice]);
    else announce(`You can choose ${this.most} at most.`);
    this.latest = choice.value; // stay there, though the list is made anew
    return this.open("");
  }

  set(choices) {
    this.chosen = choices;
    this.show();
    this.onChange(choices);
  }

  /** Point at the option that Enter would choose. */
  point(place) {
    this.options[this.active]?.node.classList.remove("active");
    this.active = this.options.length ? (place + this.options.length) % this.options.length : -1;
    const node = this.options[this.active]?.node;
    node?.classList.add("active");
    node?.scrollIntoView({ block: "nearest" });
    if (node) this.input.setAttribute("aria-activedescendant", node.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const act = (this.isOpen ? this.openKeys : this.closedKeys)[event.key];
    if (act && !event.isComposing && act.call(this) !== false) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  openKeys = {
    ArrowDown: () => this.point(this.active + 1),
    ArrowUp: () => this.point(this.active - 1),
    Enter: () => this.options[this.active] && this.choose(this.options[this.active].choice),
    Escape: () => this.close(),
    Backspace: () => this.takeLast(),
  };

  closedKeys = {
    ArrowDown: () => this.open(""),
    ArrowUp: () => this.open(""),
    Enter: () => this.open(""),
    Backspace: () => this.takeLast(),
  };

  takeLast() {
    if (!this.several || this.input.value || !this.chosen.length) return false;
    return this.set(this.chosen.slice(0, -1));
  }

  close() {
    this.box?.close(false);
  }

  closed() {
    this.box = null;
    this.asked = null;
    this.options = [];
    this.active = -1;
    this.latest = null;
    this.sayOpen(false);
    this.input.removeAttribute("aria-activedescendant");
    this.show();
  }
}
