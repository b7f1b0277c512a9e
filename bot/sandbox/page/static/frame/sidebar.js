// The list at the left: channels, direct messages, the app, who one is.

import { face } from "../base/faces.js";
import { talkTo } from "./conversation_head.js";
import { pickPeople } from "./people_picker.js";
import { onMove } from "../base/routing.js";
import { dressRow, markHere, rowOf } from "./side_rows.js";
import { channelName, store } from "../base/store.js";
import { choose, theme } from "../base/theme.js";
import { h, icon, iconButton, menu, refill } from "../base/ui.js";

const DIRECT = "Direct messages";
const JOINABLE = "Channels you can join";

/** Fill the sidebar, and keep it up to date. Gives the place for tools at its foot. */
export function mountSidebar(root) {
  const sections = h("div", { class: "side-sections" });
  const tools = h("div", { class: "side-tools", id: "side-tools" });
  const away = h("p", { class: "side-away", role: "status" });
  root.append(sideHead(), sections, away, h("div", { class: "side-foot" }, themeButton(), tools));
  const draw = () => drawSections(sections);
  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  };
  for (const type of ["all", "channel", "person"]) store.on(type, soon);
  for (const type of ["all", "connections"]) store.on(type, () => showAway(away));
  onMove(markHere);
  root.addEventListener("keydown", (event) => moveInSidebar(root, event));
  showAway(away);
  draw();
  return tools;
}

function sideHead() {
  const button = h(
    "button",
    { type: "button", class: "side-me", "aria-haspopup": "menu", onClick: () => menu(button, meItems()) },
    face(store.me, "small"),
    h("span", { class: "side-who" }, h("b", {}, store.workspace.name), h("small", {}, store.me.display)),
    icon("down"),
  );
  return h("header", { class: "side-head" }, button);
}

function meItems() {
  return [
    { label: "Be somebody else (new tab)", icon: "people", onSelect: () => open("/", "_blank", "noopener") },
    "-",
    ...[
      ["Colours of this machine", ""],
      ["Light", "light"],
      ["Dark", "dark"],
    ].map(([label, name]) => ({ label, checked: theme() === name, onSelect: () => choose(name) })),
  ];
}

function themeButton() {
  const isDark = () => (theme() || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const button = iconButton("moon", "Light or dark", () => {
    choose(isDark() ? "light" : "dark");
    refill(button, icon(isDark() ? "sun" : "moon"));
  });
  refill(button, icon(isDark() ? "sun" : "moon"));
  return button;
}

function showAway(place) {
  place.textContent = store.connections
    ? ""
    : `${store.app?.name ?? "The app"} isn't connected just now. What you send waits for it.`;
}

/** Rows that stand where they stood are only dressed anew: one that is being pressed must not be taken away. */
function drawSections(root) {
  const sections = inSections();
  const places = JSON.stringify(sections.map(([title, channels]) => [title, channels.map(({ id }) => id)]));
  if (root.dataset.places === places) return sections.forEach(([, channels]) => channels.forEach(dressRow));
  root.dataset.places = places;
  const open = root.querySelector("details")?.open ?? false;
  const focused = root.contains(document.activeElement) && document.activeElement;
  refill(
    root,
    sections.map(([title, channels]) => (title === JOINABLE ? joinable(channels, open) : section(title, channels))),
  );
  if (focused?.isConnected) focused.focus();
  return markHere();
}

/** [title, channels] in the order in which they stand. */
function inSections() {
  const all = [...store.channels.values()].filter((one) => !one.archived).sort(byName);
  const app = all.filter((one) => one.id === store.app.direct);
  const mine = all.filter((one) => one.is_member && one.id !== store.app.direct);
  return [
    ["Channels", mine.filter((one) => one.kind === "channel" || one.kind === "group")],
    [JOINABLE, all.filter((one) => !one.is_member)],
    [DIRECT, mine.filter((one) => one.kind === "im" || one.kind === "mpim")],
    ["Apps", app],
  ];
}

function byName(one, other) {
  return channelName(one).localeCompare(channelName(other));
}

function section(title, channels) {
  const heading = h("div", { class: "side-title" }, h("h2", {}, title), title === DIRECT && newDirect());
  return h("section", {}, heading, list(channels));
}

function newDirect() {
  const choose = (event) => pickPeople(event.currentTarget, (ids) => talkTo(...ids));
  return iconButton("plus", "New direct message", choose);
}

function joinable(channels, open) {
  if (channels.length === 0) return null;
  return h("details", { class: "side-join", open }, h("summary", {}, JOINABLE), list(channels));
}

function list(channels) {
  const items = channels.map((one) => h("li", {}, rowOf(one)));
  return h("ul", {}, items);
}

function moveInSidebar(root, event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...root.querySelectorAll(".side-row, summary")].filter((one) => one.checkVisibility());
  const here = stops.indexOf(document.activeElement);
  if (here < 0) return;
  event.preventDefault();
  stops[(here + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length].focus();
}
