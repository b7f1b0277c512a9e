// Choosing whom to write to.

import { badge, face } from "../base/faces.js";
import { moveInMenu, popover } from "../base/popovers.js";
import { person, store } from "../base/store.js";
import { h, refill } from "../base/ui.js";

const MOST_SHOWN = 40;

/** Let somebody choose one or several people beside `anchor`; `onPick` gets their ids. */
export function pickPeople(anchor, onPick) {
  const chosen = new Set();
  const list = h("div", { class: "picker-list" });
  const foot = h("div", { class: "picker-foot" });
  const search = h("input", {
    type: "search",
    class: "field",
    placeholder: "Find somebody",
    "aria-label": "Find somebody",
    onInput: () => draw(),
  });
  const finish = () => {
    box.close();
    onPick([...chosen]);
  };
  const choose = (id) => {
    if (!chosen.delete(id)) chosen.add(id);
    draw();
    search.focus();
  };
  const draw = () => {
    refill(
      list,
      matching(search.value).map((one) => personButton(one, chosen.has(one.id), () => choose(one.id))),
    );
    refill(
      foot,
      chosen.size > 0 && h("span", {}, [...chosen].map((id) => person(id).display).join(", ")),
      h("button", { type: "button", class: "button primary", disabled: chosen.size === 0, onClick: finish }, "Open"),
    );
  };
  draw();
  const content = h("div", { class: "people-picker" }, h("h2", {}, "New direct message"), search, list, foot);
  content.addEventListener("keydown", (event) => onKey(event, search, list));
  const box = popover(anchor, content, { label: "New direct message" });
}

function matching(typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  return [...store.people.values()]
    .filter(
      (one) =>
        !one.deleted && one.id !== store.me.id && `${one.display} ${one.title}`.toLocaleLowerCase().includes(wanted),
    )
    .sort((one, other) => one.display.localeCompare(other.display))
    .slice(0, MOST_SHOWN);
}

function personButton(one, on, choose) {
  return h(
    "button",
    { type: "button", class: "person-row", "aria-pressed": String(on), onClick: choose },
    face(one, "small"),
    h("span", {}, h("b", {}, one.display), badge(one), h("small", {}, one.title)),
  );
}

function onKey(event, search, list) {
  if (event.target === search && event.key === "Enter") {
    event.preventDefault();
    list.querySelector("button")?.click();
  } else if (event.key === "ArrowDown" || (event.key === "ArrowUp" && event.target !== search)) moveInMenu(list, event);
}
