// The page: the door, or the workspace as one person sees it.

import { AppTabs } from "./frame/app_tabs.js";
import { mountDoor } from "./frame/door.js";
import { mountGuide } from "./toolbox/guide.js";
import { goLive } from "./base/live.js";
import { showModals } from "./blocks/modal.js";
import { followOwnLinks, go, onMove, where } from "./base/routing.js";
import { mountSidebar } from "./frame/sidebar.js";
import { store } from "./base/store.js";
import { keepTheme } from "./base/theme.js";
import { Thread } from "./frame/thread.js";
import { mountToolbox, toggleToolbox } from "./toolbox/toolbox.js";
import { h, iconButton, refill } from "./base/ui.js";

const FIRST_STOPS = [
  ".composer textarea",
  ".side-row[aria-current]",
  ".side-row",
  "[role=tab][aria-selected=true]",
  "button",
];
const NARROW = matchMedia("(max-width: 700px)");

/** The workspace on the screen: sidebar, conversation, thread. */
class Shell {
  constructor(root) {
    this.side = h("nav", { class: "side", "aria-label": "Conversations", tabindex: "-1" });
    this.middle = h("main", { class: "talk", tabindex: "-1" });
    this.right = h("aside", { class: "thread", "aria-label": "Thread", tabindex: "-1", hidden: true });
    this.bar = h("p", { class: "cut-off", role: "status", hidden: true });
    this.element = h("div", { class: "shell" }, this.bar, this.side, this.middle, this.right);
    refill(root, this.element);
    mountSidebar(this.side).append(iconButton("tools", "Toolbox", toggleToolbox));
    addEventListener("keydown", (event) => this.key(event));
  }

  /** Show a place: what has changed of it, and nothing else. */
  show(place) {
    if (place.at === "app") return go({ ...place, at: store.app.direct }, { replace: true });
    const { at } = place;
    this.element.dataset.screen = place.thread ? "thread" : at ? "talk" : "list";
    if (at !== this.at) this.showConversation(at, place);
    else if (this.conversation) this.conversation.moveTo?.(place);
    this.showThread(at, place);
    if (place.message) go({ message: "" }, { replace: true, quiet: true });
    return undefined;
  }

  showConversation(at, place) {
    this.conversation?.end();
    this.at = at;
    this.conversation = null;
    if (!at) return refill(this.middle, h("div", { class: "empty" }, h("p", {}, "Choose a conversation on the left.")));
    this.conversation = new AppTabs(this.middle, at);
    this.conversation.open(place);
    return undefined;
  }

  showThread(at, place) {
    const wanted = place.thread ? `${at} ${place.thread}` : "";
    if (wanted === this.threadShown) return void (place.message && this.thread?.talk?.show(place.message));
    const hadFocus = this.right.contains(document.activeElement);
    const before = this.thread;
    before?.end();
    refill(this.right);
    this.threadShown = wanted;
    this.thread = wanted ? new Thread(this.right, at, place.thread) : null;
    this.right.hidden = !wanted;
    if (!wanted && hadFocus) this.conversation?.focus(before.ts);
    this.thread?.open(place.message).then(() => place.message || this.thread?.composer?.field.focus());
    return undefined;
  }

  /** Connected again: everything is fetched anew, what is typed stays. */
  renew() {
    this.conversation?.renew();
    this.thread?.renew();
  }

  /** F6 goes from region to region; Escape closes the thread. */
  key(event) {
    if (event.key === "F6") {
      event.preventDefault();
      nextRegion(
        [this.side, this.middle, this.right, ...document.querySelectorAll("#toolbox > aside, #guide > aside")],
        event.shiftKey ? -1 : 1,
      );
    } else if (event.key === "Escape" && !event.defaultPrevented && this.right.contains(document.activeElement))
      go({ thread: "" });
  }

  cutOff(isCut) {
    this.bar.hidden = !isCut;
    this.bar.textContent = isCut ? "Connecting again …" : "";
  }
}

function nextRegion(regions, step) {
  const shown = regions.filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const here = shown.findIndex((one) => one.contains(document.activeElement));
  const next = shown[(here + step + shown.length) % shown.length];
  const stops = FIRST_STOPS.flatMap((kind) => [...next.querySelectorAll(kind)]);
  (stops.find((one) => one.checkVisibility({ visibilityProperty: true })) ?? next).focus();
}

function openWorkspace(root) {
  let shell = null;
  store.on("all", () => {
    if (shell) return shell.renew();
    shell = new Shell(root);
    onMove((place) => shell.show(place));
    mountToolbox(document.getElementById("toolbox"));
    mountGuide(document.getElementById("guide"));
    if (!where().at && !NARROW.matches) return go({ at: firstPlace() }, { replace: true });
    return shell.show(where());
  });
  for (const type of ["all", "modals"]) store.on(type, () => showModals(store.modals));
  store.on("socket", ({ open }) => shell?.cutOff(!open));
  followOwnLinks();
  goLive();
}

/** Where somebody begins: the app, which this workspace is for. */
function firstPlace() {
  return store.app.direct || [...store.channels.values()].find((one) => one.is_member)?.id || "";
}

keepTheme();
const root = document.getElementById("app");
if (root.querySelector(".door")) mountDoor(root);
else openWorkspace(root);
