// The Time tab: what time it is in the workspace, and buttons that move it on.

import { control } from "../base/api.js";
import { now, store, takeIn } from "../base/store.js";
import { announce, h, icon } from "../base/ui.js";

const MOVES = [
  { label: "An hour on", icon: "clock", order: { hours: 1 } },
  { label: "To tomorrow, 9:00", icon: "sun", order: { to: "tomorrow" } },
  { label: "A week on", icon: "calendar", order: { days: 7 } },
];

/** The tab, for toolbox.js: `{element, shows(), hides()}`. */
export function timePanel() {
  const face = h("p", { class: "clock-face", role: "timer", "aria-live": "off" });
  const said = h("p", { class: "panel-said", role: "status" });
  const buttons = MOVES.map((move) => h("button", {
    type: "button", class: "button", onClick: () => moveOn(move.order, buttons, said),
  }, icon(move.icon), move.label));
  const note = h("p", { class: "panel-note" });
  const element = h("section", { class: "panel" }, face, h("div", { class: "panel-buttons" }, buttons), said, note);
  const draw = () => drawClock(face, note, buttons);
  let ends = [];
  return {
    element,
    shows() {
      draw();
      const timer = setInterval(draw, 1000);
      ends = [() => clearInterval(timer), store.on("clock", draw), store.on("all", draw)];
    },
    hides() {
      for (const end of ends) end();
      ends = [];
    },
  };
}

function drawClock(face, note, buttons) {
  const zone = store.clock?.tz ?? "Europe/London";
  const movable = Boolean(store.clock?.movable);
  const day = words(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const time = words(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (face.dataset.day !== day) face.replaceChildren(h("span", { class: "clock-day" }, day), h("span", { class: "clock-time" }));
  face.dataset.day = day;
  face.lastElementChild.textContent = time;
  note.textContent = movable
    ? `This is the time of the whole workspace (${zone.replace("_", " ")}). Moving it on does whatever falls due on the way: reminders, and deletions that were promised. A bot that keeps quiet hours keeps them here too: on a Sunday it may well wait for Monday. Time never goes back.`
    : "This workspace goes by the machine's own clock, so its time can't be moved.";
  for (const button of buttons) button.disabled = !movable || button.dataset.busy === "yes";
}

function words(zone, parts) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...parts }).format(now());
}

async function moveOn(order, buttons, said) {
  busy(buttons, true);
  const answer = await control("clock", order);
  busy(buttons, false);
  if (answer.ok === false) said.textContent = answer.words;
  else {
    takeClock(answer);
    said.textContent = `It is now ${words(store.clock.tz, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" })}.`;
    announce(said.textContent);
  }
}

function busy(buttons, yes) {
  for (const button of buttons) {
    button.dataset.busy = yes ? "yes" : "no";
    button.disabled = yes;
  }
}

/** The answer is as good as the frame that every tab is sent, and may be here first. */
function takeClock(answer) {
  const { now: moment, movable, tz } = answer;
  takeIn({ type: "clock", clock: { now: moment, movable, tz, heard: Date.now() } });
}
