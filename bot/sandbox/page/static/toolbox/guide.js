// The tour: a small card that says what to try next and takes you there. It remembers how far you got, also after it was closed.

import { addressOf, go, onMove, where } from "../base/routing.js";
import { person, store } from "../base/store.js";
import { mrkdwn } from "../blocks/text.js";
import { announce, h, iconButton, refill } from "../base/ui.js";

const REMEMBERED = "collaborate.tour";
const NARROW = matchMedia("(max-width: 700px)");

let card = null;

/** Put the tour into the page, where there is one and unless it was closed before. */
export function mountGuide(root) {
  if (card) return;
  card = new Card(root);
  store.on("all", () => card.begin());
  onMove(() => card.state && card.moved());
  addEventListener("storage", (event) => event.key === REMEMBERED && card.begin());
  if (store.ready) card.begin();
}

/** Show the tour again where it was left. */
export function resumeGuide() {
  if (card) card.isTucked = false;
  card?.change({ closed: false, folded: false });
  card?.element.querySelector("h2")?.focus();
}

/** What makes this tour this one: the people of another workspace have other ids. */
function fingerprint(guide) {
  return guide.steps.map((step) => `${step.as ?? ""}/${step.at ?? ""}`).join(" ");
}

function remembered(guide) {
  const fresh = { of: fingerprint(guide), step: 0, closed: false, folded: NARROW.matches };
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED));
    return kept?.of === fresh.of ? { ...fresh, ...kept, step: Math.min(Math.max(0, kept.step), guide.steps.length) } : fresh;
  } catch {
    return fresh;
  }
}

/** Whether this tab shows the place; of the app's tabs, Messages is the one that needs no naming. */
function isHere({ at, tab }) {
  const here = where();
  return here.at === (at === "app" ? store.app?.direct : at) && (here.tab || "messages") === (tab || "messages");
}

class Card {
  constructor(root) {
    this.element = h("aside", { class: "guide", "aria-label": "Tour", hidden: true });
    root.append(this.element);
  }

  /** The tour as the server gives it, at the step that was reached. */
  begin() {
    this.guide = store.guide;
    if (this.guide?.steps?.length) {
      this.state = remembered(this.guide);
      this.moved();
    } else this.element.hidden = true;
  }

  /** The tab shows another place; the card makes itself small while a thread is read, until somebody unfolds it. */
  moved() {
    const { thread } = where();
    if (thread !== this.thread) this.isTucked = Boolean(thread);
    this.thread = thread;
    this.draw();
  }

  get isFolded() {
    return this.state.folded || this.isTucked;
  }

  change(changes) {
    if (!this.state) return;
    Object.assign(this.state, changes);
    localStorage.setItem(REMEMBERED, JSON.stringify(this.state));
    this.draw();
  }

  /** The step that is shown; `null` after the last one. */
  get step() {
    return this.guide.steps[this.state.step] ?? null;
  }

  draw() {
    const [closed, folded] = [this.state.closed, this.isFolded];
    this.element.hidden = closed;
    this.element.dataset.folded = folded ? "yes" : "no";
    document.documentElement.dataset.tour = closed ? "closed" : folded ? "folded" : "open";
    if (!closed) refill(this.element, this.head(), !folded && [this.dots(), this.body(), this.foot()]);
  }

  head() {
    const [folded, step] = [this.isFolded, this.state.step];
    const count = this.step ? `${step + 1} of ${this.guide.steps.length}` : "done";
    const fold = iconButton("down", folded ? "Unfold the tour" : "Fold the tour", () => this.fold(), { "aria-expanded": String(!folded) });
    return h("header", { class: "guide-head" },
      h("h2", { tabindex: "-1" }, h("span", { class: "guide-count" }, `Tour · ${count}`), h("span", {}, this.step?.title ?? this.guide.title)),
      fold, iconButton("close", "Close the tour", () => this.close()));
  }

  dots() {
    return h("ol", { class: "guide-dots", "aria-hidden": "true" }, this.guide.steps.map((_, place) => h("li", { dataset: { state: this.stateOf(place) } })));
  }

  stateOf(place) {
    if (place === this.state.step) return "here";
    return place < this.state.step ? "done" : "to come";
  }

  body() {
    if (!this.step) return h("div", { class: "guide-text" }, h("p", {}, "That was the tour. Everything stays as it is for as long as the workspace is open, so carry on as you like."));
    const intro = this.state.step === 0 && this.guide.intro ? [this.guide.intro] : [];
    return h("div", { class: "guide-text" }, [...intro, ...this.step.text.split(/\n\s*\n/)].map((words) => h("p", {}, mrkdwn(words))));
  }

  foot() {
    const back = h("button", { type: "button", class: "button", disabled: this.state.step === 0, onClick: () => this.move(-1) }, "Back");
    if (!this.step) return h("footer", { class: "guide-foot" }, back, h("button", { type: "button", class: "button primary", onClick: () => this.close() }, "Close"));
    const last = this.state.step === this.guide.steps.length - 1;
    const way = this.goThere();
    const on = h("button", { type: "button", class: way ? "button" : "button primary", onClick: () => this.move(1) }, last ? "Finish" : "Next");
    return h("footer", { class: "guide-foot" }, way, back, on);
  }

  /** The way to a step's place, null where one is there; as somebody else it is a real journey, to the same page as them. */
  goThere() {
    const { as, at, tab } = this.step;
    const same = !as || as === store.me?.id;
    const place = { as: as ?? store.me?.id, at: at ?? "", tab: tab ?? "" };
    if (same && isHere(place)) return null;
    const onClick = (event) => this.follow(event, same, place);
    return h("a", { class: "button primary guide-go", href: addressOf(place), onClick }, same ? "Take me there" : `Be ${this.step.name ?? person(place.as).display}`);
  }

  follow(event, same, place) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (NARROW.matches) this.change({ folded: true });
    if (!same) return;
    event.preventDefault();
    go({ at: place.at, tab: place.tab, thread: "", message: "" });
  }

  move(by) {
    this.change({ step: this.state.step + by });
    announce(this.step ? `Tour, step ${this.state.step + 1}: ${this.step.title}` : "The tour is done.");
    this.element.querySelector(".guide-go, .guide-foot button:last-child")?.focus();
  }

  fold() {
    const folded = !this.isFolded;
    this.isTucked = false;
    this.change({ folded });
    this.element.querySelector(".guide-head button").focus();
  }

  close() {
    this.change({ closed: true });
    announce("The tour is closed. The toolbox has a button that brings it back.");
  }
}
