// The Traffic tab: what the workspace and the bot say to one another, live.

import { CHOICES, Exchanges, fits, KEPT } from "./exchanges.js";
import { exchangeRow } from "./exchange_row.js";
import { freshId, h, later } from "../base/ui.js";

const NEAR_THE_FOOT = 24; // px

/** The tab, for toolbox.js: `{element, shows(), hides()}`. */
export function inspectorPanel() {
  const inspector = new Inspector();
  return { element: inspector.element, shows: () => inspector.shows(), hides: () => inspector.hides() };
}

class Inspector {
  constructor() {
    this.exchanges = new Exchanges((changed, dropped) => this.changed(changed, dropped));
    this.rows = new Map(); // number -> row, of those that fit the filter
    this.current = null; // the line that Tab leads to
    this.paused = false;
    this.missed = 0;
    this.list = h("ol", { class: "exchanges", "aria-label": "Exchanges, oldest first", onKeydown: (event) => this.key(event) });
    this.list.addEventListener("focusin", (event) => this.roveTo(event.target));
    this.count = h("p", { class: "panel-said" }); // not said aloud: it changes all the time
    this.element = h("section", { class: "panel panel-traffic" }, this.head(), this.list, this.foot());
  }

  head() {
    const [kind, words] = [freshId("kind"), freshId("words")];
    this.choice = h("select", { id: kind, onChange: () => this.redraw() }, CHOICES.map(([name, label]) => h("option", { value: name }, label)));
    this.words = h("input", { id: words, type: "search", placeholder: "name, id, word", onInput: later(150, () => this.redraw()) });
    return h("div", { class: "traffic-head" },
      h("div", { class: "panel-field" }, h("label", { for: kind }, "Show"), this.choice),
      h("div", { class: "panel-field" }, h("label", { for: words }, "With"), this.words));
  }

  foot() {
    this.pause = h("button", { type: "button", class: "button", onClick: () => this.pauseOrGoOn() }, "Pause");
    const clear = h("button", { type: "button", class: "button", onClick: () => this.clear() }, "Clear");
    return h("div", { class: "traffic-foot" }, this.count, this.pause, clear);
  }

  shows() {
    this.exchanges.connect();
    this.redraw();
  }

  hides() {
    this.exchanges.close();
  }

  filter() {
    return { choice: this.choice.value, words: this.words.value.trim() };
  }

  /** Draw what has changed; a row stays the same element, so that what is open and what is focused stays so. */
  changed(numbers, dropped) {
    if (this.paused) {
      this.missed += numbers.length;
      return this.say();
    }
    const atFoot = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_THE_FOOT;
    const filter = this.filter();
    for (const number of numbers) this.draw(number, filter);
    this.forget(dropped);
    if (atFoot) this.list.scrollTop = this.list.scrollHeight;
    return this.say();
  }

  draw(number, filter) {
    const exchange = this.exchanges.kept.get(number);
    const row = this.rows.get(number);
    if (row) row.update(exchange);
    else if (fits(exchange, filter)) this.add(number, exchange);
  }

  add(number, exchange) {
    const row = exchangeRow(exchange);
    this.rows.set(number, row);
    const last = this.list.lastElementChild;
    const after = last && Number(last.dataset.number) > number ? [...this.list.children].find((one) => Number(one.dataset.number) > number) : null;
    this.list.insertBefore(row.element, after);
    if (!this.current?.isConnected) this.roveTo(row.button);
  }

  forget(numbers) {
    for (const number of numbers) {
      this.rows.get(number)?.element.remove();
      this.rows.delete(number);
    }
    if (!this.current?.isConnected) this.roveTo(this.list.querySelector(".exchange-line"));
  }

  redraw() {
    const filter = this.filter();
    this.rows.clear();
    this.list.replaceChildren();
    for (const [number, exchange] of this.exchanges.kept) if (fits(exchange, filter)) this.add(number, exchange);
    this.list.scrollTop = this.list.scrollHeight;
    this.say();
  }

  pauseOrGoOn() {
    this.paused = !this.paused;
    this.missed = 0;
    this.pause.textContent = this.paused ? "Go on" : "Pause";
    if (this.paused) this.say();
    else this.redraw();
  }

  clear() {
    this.exchanges.clear();
    this.redraw();
  }

  say() {
    const [shown, all] = [this.rows.size, this.exchanges.kept.size];
    const what = all === 0 ? "Nothing has been said yet." : shown === all ? `${all} exchanges (the last ${KEPT} are kept)` : `${shown} of ${all} exchanges`;
    const waits = this.paused ? `Paused, ${this.missed} changes since. ` : "";
    if (this.count.textContent !== waits + what) this.count.textContent = waits + what;
  }

  /** One row at a time can be reached with Tab; arrows move among them. */
  roveTo(target) {
    const line = target?.closest?.(".exchange-line");
    if (!line) return;
    if (this.current) this.current.tabIndex = -1;
    this.current = line;
    line.tabIndex = 0;
  }

  key(event) {
    const row = event.target.closest(".exchange");
    if (!row || !event.target.matches(".exchange-line")) return;
    const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling, Home: this.list.firstElementChild, End: this.list.lastElementChild };
    if (!(event.key in next)) return;
    event.preventDefault();
    next[event.key]?.querySelector(".exchange-line").focus();
  }
}
