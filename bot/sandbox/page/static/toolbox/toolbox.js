// The toolbox: a drawer with what nobody has in a real workspace — time, trouble, the traffic, and who is here.

import { faultsPanel } from "./faults.js";
import { resumeGuide } from "./guide.js";
import { inspectorPanel } from "./inspector.js";
import { newcomersPanel } from "./newcomers.js";
import { store } from "../base/store.js";
import { timePanel } from "./time.js";
import { focusables, h, icon, iconButton } from "../base/ui.js";

const TABS = [
  { name: "time", title: "Time", icon: "clock", make: timePanel },
  { name: "trouble", title: "Trouble", icon: "bolt", make: faultsPanel },
  { name: "traffic", title: "Traffic", icon: "refresh", make: inspectorPanel },
  { name: "people", title: "People", icon: "people", make: newcomersPanel },
];
const REMEMBERED = "collaborate.toolbox";
const PHONE = matchMedia("(max-width: 700px)");
const ROOM_FOR_BOTH = matchMedia("(min-width: 1600px)"); // the drawer and the tour's card, as in toolbox.css

let drawer = null;

/** Put the toolbox into the page, closed unless it was open in this tab before. Ctrl or ⌘ with a full stop opens and closes it. */
export function mountToolbox(root) {
  if (drawer) return;
  drawer = new Drawer(root);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "." || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    toggleToolbox();
  });
  const { open, tab } = remembered();
  if (open) drawer.open(tab, { focus: false });
}

/** Open the toolbox, or close it. */
export function toggleToolbox() {
  if (drawer?.isOpen) drawer.close();
  else openToolbox();
}

/** Open the toolbox at a tab: "time", "trouble", "traffic" or "people"; without one, where it was last. */
export function openToolbox(tab = remembered().tab) {
  drawer?.open(tab);
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(REMEMBERED)) ?? {};
  } catch {
    return {};
  }
}

class Drawer {
  constructor(root) {
    this.isOpen = false;
    this.panels = new Map();
    this.current = null;
    this.tabs = TABS.map((tab) => this.tabButton(tab));
    this.list = h("div", { role: "tablist", class: "toolbox-tabs", "aria-label": "Tools", onKeydown: (event) => this.keyInTabs(event) }, this.tabs);
    this.body = h("div", { class: "toolbox-body" });
    this.tour = iconButton("right", "Show the tour", () => this.showTour(), { class: "button toolbox-tour", hidden: true });
    this.tour.append("Tour");
    this.element = h("aside", { class: "toolbox", "aria-label": "Toolbox", hidden: true },
      h("header", { class: "toolbox-head" }, icon("tools"), h("h2", {}, "Toolbox"), this.tour, iconButton("close", "Close the toolbox", () => this.close())),
      this.list, this.body);
    this.element.addEventListener("keydown", (event) => this.key(event));
    root.append(this.element);
    PHONE.addEventListener("change", () => this.coverOrNot());
  }

  tabButton({ name, title, icon: picture }) {
    return h("button", {
      type: "button", role: "tab", id: `toolbox-tab-${name}`, "aria-controls": `toolbox-${name}`, "aria-selected": "false",
      tabindex: "-1", dataset: { tab: name }, onClick: () => this.show(name),
    }, icon(picture), title);
  }

  open(tab, { focus = true } = {}) {
    if (!this.isOpen) this.before = document.activeElement;
    this.isOpen = true;
    this.element.hidden = false;
    this.tour.hidden = !store.guide;
    document.documentElement.dataset.toolbox = "open";
    this.coverOrNot();
    this.show(TABS.some((one) => one.name === tab) ? tab : TABS[0].name);
    if (focus) this.tabs.find((one) => one.tabIndex === 0).focus();
  }

  close() {
    const hadFocus = this.element.contains(document.activeElement);
    this.panels.get(this.current)?.hides();
    this.isOpen = false;
    this.element.hidden = true;
    delete document.documentElement.dataset.toolbox;
    this.coverOrNot();
    this.remember();
    if (hadFocus && this.before?.isConnected) this.before.focus({ preventScroll: true });
  }

  show(name) {
    if (this.current !== name) this.panels.get(this.current)?.hides();
    this.current = name;
    const panel = this.panel(name);
    for (const [each, { element }] of this.panels) element.hidden = each !== name;
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
      tab.tabIndex = tab.dataset.tab === name ? 0 : -1;
    }
    panel.shows();
    this.remember();
  }

  /** A panel is built when it is first looked at. */
  panel(name) {
    if (!this.panels.has(name)) {
      const panel = TABS.find((one) => one.name === name).make();
      panel.element.id = `toolbox-${name}`;
      panel.element.setAttribute("role", "tabpanel");
      panel.element.setAttribute("aria-labelledby", `toolbox-tab-${name}`);
      this.body.append(panel.element);
      this.panels.set(name, panel);
    }
    return this.panels.get(name);
  }

  showTour() {
    if (!ROOM_FOR_BOTH.matches) this.close();
    resumeGuide();
  }

  keyInTabs(event) {
    const here = this.tabs.findIndex((one) => one.tabIndex === 0);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: this.tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = this.tabs.at(next % this.tabs.length);
    this.show(tab.dataset.tab);
    tab.focus();
  }

  /** Escape closes; on a phone, where the drawer covers everything, Tab stays inside. */
  key(event) {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Tab" && PHONE.matches) this.stayInside(event);
  }

  stayInside(event) {
    const stops = focusables(this.element);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }

  /** On a phone nothing behind the drawer can be reached. */
  coverOrNot() {
    document.getElementById("app").inert = this.isOpen && PHONE.matches;
  }

  remember() {
    sessionStorage.setItem(REMEMBERED, JSON.stringify({ open: this.isOpen, tab: this.current }));
  }
}
