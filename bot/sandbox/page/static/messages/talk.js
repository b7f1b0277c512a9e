// The scrolling part of a conversation or thread: messages, what is on its way, staying at the foot, loading more.

import { messageOf } from "./message.js";
import { mountBar } from "./message_bar.js";
import { MessageList } from "./message_list.js";
import { now, store } from "../base/store.js";
import { h, icon } from "../base/ui.js";

const NEAR_FOOT = 40;
const HAND_MILLISECONDS = 500;
let counted = 0;

/**
 * Messages that scroll. `where` is `{channel, thread?}`; `options`: `label`, `intro` (a node above all), `unreadAfter`,
 * `onEdge("older"|"newer")` when an end comes near, `onFoot` when the foot is seen.
 */
export class Talk {
  constructor(where, options) {
    Object.assign(this, {
      where,
      options,
      atFoot: true,
      last: 0,
      height: 0,
      touched: -Infinity,
      onTheirWay: new Map(),
    });
    this.list = new MessageList(where, options);
    this.top = h("div", { class: "edge" });
    this.foot = h("div", { class: "edge" });
    this.inner = h("div", { class: "talk-inner" }, options.intro, this.top, this.list.element, this.foot);
    this.scroller = h(
      "div",
      { class: "talk-scroll", tabindex: "0", role: "region", "aria-label": options.label },
      this.inner,
    );
    this.jump = h(
      "button",
      { type: "button", class: "to-foot", hidden: true, onClick: () => this.toFoot() },
      icon("down"),
      "New messages",
    );
    this.element = h("div", { class: "talk-body" }, this.scroller, this.jump);
    mountBar(this.scroller, where);
    this.watch();
  }

  watch() {
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      this.scroller.addEventListener(gesture, () => (this.touched = performance.now()), { passive: true });
    }
    this.sizes = new ResizeObserver(() => this.atFoot && this.toFoot());
    this.sizes.observe(this.inner);
    this.sizes.observe(this.scroller);
    this.offClock = store.on("clock", () => this.list.nameDays());
    this.edges = new IntersectionObserver((seen) => this.edge(seen), { root: this.scroller, rootMargin: "600px 0px" });
  }

  /** Begin to load more at the ends; once the first messages stand. */
  watchEdges() {
    this.edges.observe(this.top);
    this.edges.observe(this.foot);
  }

  edge(seen) {
    for (const one of seen) {
      if (one.isIntersecting) this.options.onEdge?.(one.target === this.top ? "older" : "newer");
    }
  }

  /** Look at an edge again, as after a page was loaded that was shorter than the screen. */
  lookAgain() {
    this.edges.disconnect();
    this.watchEdges();
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_FOOT;
    if (near) this.reachedFoot();
    else if (scrollTop < this.last - 1 && this.isByHand(scrollHeight)) this.atFoot = false;
    this.last = scrollTop;
    this.height = scrollHeight;
  }

  /** Rows that come or find their height move the foot too; only who scrolls themselves wants to leave it. */
  isByHand(scrollHeight) {
    return scrollHeight === this.height || performance.now() - this.touched < HAND_MILLISECONDS;
  }

  reachedFoot() {
    this.atFoot = true;
    this.jump.hidden = true;
    this.options.onFoot?.();
  }

  /** Scroll to the newest message. */
  toFoot() {
    this.atFoot = true;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.last = this.scroller.scrollTop;
  }

  /** A page of messages at one end; what is being read stays where it is. */
  addPage(messages, way) {
    const kept = this.firstInView() ?? this.list.element.firstElementChild;
    const before = kept?.getBoundingClientRect().top;
    this.list.add(messages, way === "older");
    if (way === "older" && kept) this.scroller.scrollTop += kept.getBoundingClientRect().top - before;
    this.last = this.scroller.scrollTop;
  }

  firstInView() {
    const { left, top } = this.scroller.getBoundingClientRect();
    return document.elementFromPoint(left + 24, top + 24)?.closest(".row");
  }

  /** A message that is new or has changed. */
  put(message) {
    const isNew = !this.list.row(message.ts);
    const row = this.list.put(message);
    if (isNew) this.arrived(message);
    return row;
  }

  arrived(message) {
    if (message.mine) this.isHere(message);
    if (message.mine) this.toFoot();
    else if (!this.atFoot) this.jump.hidden = false;
  }

  /** What was on its way is here: its greyed row goes. The live message may come before the answer does. */
  isHere(message) {
    const found = [...this.onTheirWay].find(
      ([ts, isThis]) => this.list.row(ts)?.dataset.sent === message.ts || isThis(message),
    );
    if (found) this.takeOff(found[0]);
  }

  takeOff(ts) {
    this.onTheirWay.delete(ts);
    this.list.remove(ts);
  }

  /**
   * Show at once what was just sent, greyed. `isThis(message)` knows it again when it comes.
   * `sent(ts)` says where it stands, `failed()` takes it off again.
   * @returns {{sent: (ts?: string) => void, failed: () => void}}
   */
  pending(text, isThis = (message) => message.text === text) {
    counted += 1;
    const ts = `${(now() / 1000).toFixed(6)}-${counted}`;
    this.onTheirWay.set(ts, isThis);
    this.list.put({ ts, user: store.me.id, text, mine: true, pending: true });
    this.toFoot();
    return { sent: (final) => this.settle(ts, final), failed: () => this.takeOff(ts) };
  }

  settle(ts, final) {
    const row = this.list.row(ts);
    if (!row) return;
    if (!final || this.list.row(final)) this.takeOff(ts);
    else row.dataset.sent = final;
  }

  /** A few words that only this person sees, as Slackbot says them; they can be dismissed. */
  notice(text) {
    const newest = Number.parseFloat(this.list.element.lastElementChild?.dataset.ts ?? "0");
    const ts = Math.max(now() / 1000, newest + 0.000001).toFixed(6);
    this.list.put({ ts, user: "slackbot", text, ephemeral: true, notice: { dismiss: () => this.list.remove(ts) } });
    this.toFoot();
  }

  /** Bring a message into view and mark it; false if it isn't loaded. */
  show(ts) {
    const row = this.list.row(ts);
    if (!row) return false;
    this.atFoot = false;
    row.classList.add("found");
    row.scrollIntoView({ block: "center" });
    requestAnimationFrame(() => row.scrollIntoView({ block: "center" }));
    row.focus({ preventScroll: true });
    setTimeout(() => row.classList.remove("found"), 4000);
    return true;
  }

  /** The row of this person's last message, or undefined. */
  lastOwn() {
    for (let row = this.list.element.lastElementChild; row; row = row.previousElementSibling) {
      if (messageOf(row)?.mine && !row.dataset.pending) return row;
    }
    return undefined;
  }

  /** Let go of everything that watches. */
  end() {
    this.sizes.disconnect();
    this.edges.disconnect();
    this.offClock();
  }
}
