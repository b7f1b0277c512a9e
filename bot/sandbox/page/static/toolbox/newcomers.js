// The People tab: open anybody in a tab of their own, bring in somebody new, make a channel.

import { control } from "../base/api.js";
import { store } from "../base/store.js";
import { announce, freshId, h, later, refill } from "../base/ui.js";

const SHOWN_AT_ONCE = 50;

/** The tab, for toolbox.js: `{element, shows(), hides()}`. */
export function newcomersPanel() {
  const list = h("ul", { class: "townsfolk", "aria-label": "People" });
  const search = h("input", { type: "search", id: freshId("search"), placeholder: "name or what they do", onInput: later(100, () => draw(list, search)) });
  const element = h("section", { class: "panel" },
    h("p", { class: "panel-note" }, "Each opens in a tab of its own, so you can be several people at once."),
    h("div", { class: "panel-field" }, h("label", { for: search.id }, "Find"), search), list, personForm(), channelForm());
  let ends = [];
  return {
    element,
    shows() {
      const again = () => draw(list, search);
      again();
      ends = [store.on("person", again), store.on("all", again)];
    },
    hides() {
      for (const end of ends) end();
      ends = [];
    },
  };
}

function draw(list, search) {
  const words = search.value.trim().toLocaleLowerCase();
  const people = [...store.people.values()].filter((one) => one.kind === "member" || one.kind === "guest");
  const found = people.filter((one) => !one.deleted && `${one.name} ${one.title ?? ""}`.toLocaleLowerCase().includes(words));
  const rest = found.length - SHOWN_AT_ONCE;
  refill(list, found.slice(0, SHOWN_AT_ONCE).map(personLine),
    rest > 0 && h("li", { class: "panel-note" }, `and ${rest} more: type a part of the name`),
    found.length === 0 && h("li", { class: "panel-note" }, "Nobody of that name is here."));
}

function personLine(one) {
  const about = one.kind === "guest" ? ["guest", one.title].filter(Boolean).join(", ") : one.title;
  return h("li", {},
    h("span", { class: "townsfolk-who" }, h("strong", {}, one.name), one.id === store.me?.id && " (you, here)", about && h("span", { class: "panel-note" }, about)),
    h("a", { class: "button", href: `/?as=${encodeURIComponent(one.id)}`, target: "_blank", rel: "noopener", "aria-label": `Be ${one.name} in a new tab` }, "Open"));
}

function personForm() {
  const name = h("input", { type: "text", id: freshId("name"), maxlength: "80", required: true, autocomplete: "off" });
  const guest = h("input", { type: "checkbox", id: freshId("guest") });
  return form("Somebody new", "Bring in", async (said) => {
    const answer = await control("add_person", { name: name.value.trim(), guest: guest.checked });
    if (failed(answer, said)) return;
    tellDone(said, `${name.value.trim()} is here now.`);
    name.value = "";
  }, h("div", { class: "panel-field" }, h("label", { for: name.id }, "Name"), name),
  h("div", { class: "panel-check" }, guest, h("label", { for: guest.id }, "As a guest, who sees only the channels they are put in")));
}

function channelForm() {
  const name = h("input", { type: "text", id: freshId("channel"), maxlength: "80", required: true, autocomplete: "off", placeholder: "rural-leaders" });
  const secret = h("input", { type: "checkbox", id: freshId("private") });
  return form("A new channel", "Make it", async (said) => {
    const answer = await control("add_channel", { name: name.value.trim(), private: secret.checked, members: store.me ? [store.me.id] : [] });
    if (failed(answer, said)) return;
    tellDone(said, `${name.value.trim()} is there now, with you in it.`);
    name.value = "";
  }, h("div", { class: "panel-field" }, h("label", { for: name.id }, "Name"), name),
  h("div", { class: "panel-check" }, secret, h("label", { for: secret.id }, "Private: only who is invited can see it")));
}

function failed(answer, said) {
  if (answer.ok === false) tellDone(said, answer.words);
  return answer.ok === false;
}

function tellDone(said, words) {
  said.textContent = words;
  announce(words);
}

function form(title, submit, send, ...fields) {
  const said = h("p", { class: "panel-said", role: "status" });
  const onSubmit = (event) => {
    event.preventDefault();
    send(said);
  };
  return h("form", { class: "panel-part", onSubmit }, h("h3", {}, title), fields, h("button", { type: "submit", class: "button" }, submit), said);
}
