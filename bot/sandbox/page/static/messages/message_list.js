// Messages in the order of their ts. Putting one in, changing it or taking it out touches that row and the next.

import { makeRow, updateRow } from "./message.js";
import { h } from "../base/ui.js";
import { dayName, dayOf } from "../base/when.js";

const GROUPED_SECONDS = 300;

/** Rows of messages; `where` is `{channel, thread?: ts}`; `unreadAfter` is the ts after which the line "New" stands. */
export class MessageList {
  constructor(where, { unreadAfter = "" } = {}) {
    Object.assign(this, { where, unreadAfter, rows: new Map(), shownNew: null });
    this.element = h("div", { class: "rows" });
  }

  /** Show these messages and nothing else. */
  reset(messages) {
    this.rows.clear();
    this.shownNew = null;
    this.element.replaceChildren();
    this.extend(messages, null);
  }

  /** Put a page of messages before all others (or after, with `older` false). */
  add(messages, older) {
    const first = this.element.firstElementChild;
    this.extend(messages, older ? first : null);
    if (older && first) this.decorate(first);
  }

  extend(messages, before) {
    const batch = document.createDocumentFragment();
    for (const message of messages) batch.append(this.make(message));
    const made = [...batch.children];
    this.element.insertBefore(batch, before);
    for (const row of made) this.decorate(row);
  }

  make(message) {
    const row = makeRow(message, this.where);
    this.rows.set(message.ts, row);
    return row;
  }

  /** Put a message in, or change the one that has its ts. */
  put(message) {
    const known = this.rows.get(message.ts);
    if (known) {
      updateRow(known, message, this.where);
      this.around(known);
      return known;
    }
    const row = this.make(message);
    this.element.insertBefore(row, this.follower(message.ts));
    this.around(row);
    return row;
  }

  /** Take a message out. */
  remove(ts) {
    const row = this.rows.get(ts);
    const next = row?.nextElementSibling;
    this.rows.delete(ts);
    if (this.shownNew === ts) this.shownNew = null;
    row?.remove();
    if (next) this.decorate(next);
  }

  /** The row of a message, or undefined. */
  row(ts) {
    return this.rows.get(ts);
  }

  /** The row before which a ts belongs. What is on its way stands after all. */
  follower(ts) {
    let next = null;
    if (ts.includes("-")) return next;
    for (
      let row = this.element.lastElementChild;
      row && (row.dataset.pending || row.dataset.ts > ts);
      row = row.previousElementSibling
    )
      next = row;
    return next;
  }

  around(row) {
    this.decorate(row);
    if (row.nextElementSibling) this.decorate(row.nextElementSibling);
  }

  /** Day divider, line "New" and grouping depend on the row before only. */
  decorate(row) {
    const before = row.previousElementSibling;
    row.querySelector(":scope > .day")?.remove();
    row.querySelector(":scope > .new-line")?.remove();
    const { ts } = row.dataset;
    const newDay = !before || dayOf(before.dataset.ts) !== dayOf(ts);
    const firstNew = this.isFirstNew(row);
    if (firstNew) row.prepend(h("div", { class: "new-line", role: "separator" }, h("span", {}, "New")));
    if (newDay && !this.where.thread)
      row.prepend(h("div", { class: "day", role: "separator" }, h("span", {}, dayName(ts))));
    row.classList.toggle("follow", !newDay && !firstNew && follows(before, row));
  }

  /** The clock has moved: what was today may be yesterday. */
  nameDays() {
    for (const row of this.rows.values()) {
      const words = row.querySelector(":scope > .day > span");
      if (words) words.textContent = dayName(row.dataset.ts);
    }
  }

  isFirstNew(row) {
    const { ts, mine, ephemeral, pending } = row.dataset;
    if (!this.unreadAfter || ts <= this.unreadAfter || mine || ephemeral || pending) return false;
    if (this.shownNew && this.shownNew !== ts && this.shownNew < ts && this.rows.has(this.shownNew)) return false;
    this.shownNew = ts;
    return true;
  }
}

function follows(before, row) {
  const [one, other] = [before.dataset, row.dataset];
  if (one.ephemeral || other.ephemeral || one.quiet || other.quiet || one.head || other.noted) return false;
  return one.author === other.author && Number.parseFloat(other.ts) - Number.parseFloat(one.ts) < GROUPED_SECONDS;
}
