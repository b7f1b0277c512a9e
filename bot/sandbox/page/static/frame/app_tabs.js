// A conversation in the middle; the app's own has the tabs Home and Messages above it.

import { act } from "../base/api.js";
import { Conversation } from "./conversation.js";
import { renderHome } from "../blocks/home.js";
import { go, where } from "../base/routing.js";
import { store } from "../base/store.js";
import { h, refill } from "../base/ui.js";

const TABS = { home: "Home", messages: "Messages" };

/** What fills the middle for one conversation, until `end()`. */
export class AppTabs {
  constructor(root, id) {
    Object.assign(this, { root, id, isApp: id === store.app.direct });
    if (!this.isApp) this.talk = new Conversation(root, id);
    else this.build();
  }

  build() {
    this.body = h("div", { class: "talk-whole" });
    this.home = h("div", { class: "home-place", role: "tabpanel", "aria-label": "Home", hidden: true });
    this.talk = new Conversation(this.body, this.id);
    this.tabs = h(
      "div",
      { class: "tabs", role: "tablist", "aria-label": store.app.name, onKeydown: (event) => this.key(event) },
      this.offered().map((name) => this.tabButton(name)),
    );
    this.talk.underHead = this.tabs;
    this.body.append(this.home);
    refill(this.root, this.body);
    this.offHome = store.on("home", () => this.drawHome());
    this.offAll = store.on("all", () => this.drawHome());
  }

  offered() {
    return Object.keys(TABS).filter((name) => store.app[`${name}_tab`]);
  }

  tabButton(name) {
    return h(
      "button",
      { type: "button", role: "tab", dataset: { tab: name }, onClick: () => go({ tab: name, message: "" }) },
      TABS[name],
    );
  }

  /** Show a place in here. */
  async open(place) {
    if (this.isApp) this.choose(place);
    await this.talk.open(place.message);
  }

  /** The place has changed, the conversation hasn't. */
  moveTo(place) {
    if (this.isApp) this.choose(place);
    if (place.message && !place.thread) this.talk.jumpTo(place.message);
  }

  choose({ tab, message, thread }) {
    const wanted = message || thread ? "messages" : tab || "messages";
    const chosen = this.offered().includes(wanted) ? wanted : (this.offered()[0] ?? "messages");
    if (chosen === this.chosen) return;
    this.chosen = chosen;
    for (const button of this.tabs.children) {
      const on = button.dataset.tab === chosen;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    this.body.classList.toggle("at-home", chosen === "home");
    this.home.hidden = chosen !== "home";
    if (chosen === "home") this.drawHome();
    else this.talk.talk?.toFoot();
    act(chosen === "home" ? "home" : "messages_tab");
  }

  drawHome() {
    if (this.chosen !== "home") return;
    const shown = renderHome(store.home);
    if (this.home.firstChild !== shown || this.home.childElementCount > 1) refill(this.home, shown);
  }

  key(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const tabs = [...this.tabs.children];
    const next = tabs.at((tabs.indexOf(document.activeElement) + (event.key === "ArrowRight" ? 1 : -1)) % tabs.length);
    event.preventDefault();
    next.click();
    next.focus();
  }

  /** Put focus on a message, or where one writes. */
  focus(ts) {
    (this.talk.talk?.list.row(ts) ?? this.talk.composer?.field)?.focus();
  }

  /** Connected again. */
  renew() {
    return this.talk.renew(where().message);
  }

  /** Let go of everything. */
  end() {
    this.offHome?.();
    this.offAll?.();
    this.talk.end();
  }
}
