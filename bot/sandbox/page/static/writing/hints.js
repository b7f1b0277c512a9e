// What a composer offers while one types: slash commands, members to mention, emoji.

import { badge, face } from "../base/faces.js";
import { findEmoji } from "../base/emoji.js";
import { store } from "../base/store.js";
import { freshId, h, refill } from "../base/ui.js";
import { mentionOf } from "../messages/typed.js";

const MOST = 8;

/** The list above a composer. The field keeps focus; arrows choose, Enter or Tab takes, Escape closes. */
export class Hints {
  constructor(composer) {
    Object.assign(this, { composer, offers: [], chosen: 0, closedAt: "" });
    this.element = h("div", {
      class: "hints",
      role: "listbox",
      id: freshId("hints"),
      "aria-label": "Suggestions",
      hidden: true,
    });
    const { field } = composer;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.element.id,
    }))
      field.setAttribute(name, value);
    field.addEventListener("blur", () => this.close());
    field.addEventListener("click", () => this.look());
  }

  /** Look at what is typed before the cursor, and offer what fits. */
  look() {
    const { field } = this.composer;
    const before = field.value.slice(0, field.selectionStart);
    const found =
      before === this.closedAt
        ? null
        : (commands(before) ?? people(before, this.composer.place.channel) ?? emoji(before));
    this.offers = found?.offers ?? [];
    this.from = found?.from ?? 0;
    this.chosen = 0;
    this.draw();
  }

  draw() {
    const open = this.offers.length > 0;
    this.element.hidden = !open;
    this.composer.field.setAttribute("aria-expanded", String(open));
    refill(
      this.element,
      this.offers.map((offer, place) =>
        h(
          "div",
          {
            class: "hint",
            role: "option",
            id: `${this.element.id}-${place}`,
            "aria-selected": String(place === this.chosen),
            onPointerdown: (event) => event.preventDefault(),
            onClick: () => this.take(place),
          },
          offer.shown,
        ),
      ),
    );
    if (open) this.composer.field.setAttribute("aria-activedescendant", `${this.element.id}-${this.chosen}`);
    else this.composer.field.removeAttribute("aria-activedescendant");
    this.element.children[this.chosen]?.scrollIntoView({ block: "nearest" });
  }

  /** Whether a key meant the list. */
  key(event) {
    if (this.offers.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.chosen = (this.chosen + step + this.offers.length) % this.offers.length;
      this.draw();
    } else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      if (event.key === "Enter" && this.isTypedOut()) return false;
      this.take(this.chosen);
    } else return false;
    event.preventDefault();
    return true;
  }

  /** A command that stands there whole is run by Enter, not taken again. */
  isTypedOut() {
    return this.offers[this.chosen].text.trim() === this.composer.field.value.slice(this.from).trim();
  }

  take(place) {
    const offer = this.offers[place];
    const { field } = this.composer;
    if (offer.mention) this.composer.mentions.set(mentionOf(offer.mention), offer.mention);
    const to = field.selectionStart;
    this.offers = [];
    this.composer.insert(offer.text, this.from, to);
    this.closedAt = field.value.slice(0, field.selectionStart);
    this.look();
  }

  /** Offer nothing until something else is typed. */
  close() {
    const { field } = this.composer;
    this.closedAt = field.value.slice(0, field.selectionStart);
    this.offers = [];
    this.draw();
  }
}

function commands(before) {
  if (!/^\/\S*$/.test(before)) return null;
  const offers = store.commands.filter(({ command }) => command.startsWith(before.toLocaleLowerCase())).slice(0, MOST);
  return {
    from: 0,
    offers: offers.map((one) => ({
      text: `${one.command} `,
      shown: [
        h("b", {}, one.command),
        one.usage_hint && h("code", {}, one.usage_hint),
        h("small", {}, one.description),
      ],
    })),
  };
}

function people(before, channel) {
  const found = /(?:^|\s)@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]*)?)$/u.exec(before);
  if (!found) return null;
  const wanted = found[1].toLocaleLowerCase();
  const inside = new Set(store.channels.get(channel)?.members ?? []);
  const offers = [...store.people.values()]
    .filter((one) => !one.deleted && matches(one, wanted))
    .sort(
      (one, other) =>
        Number(inside.has(other.id)) - Number(inside.has(one.id)) || one.display.localeCompare(other.display),
    );
  return {
    from: before.length - found[1].length - 1,
    offers: offers.slice(0, MOST).map((one) => ({
      text: `${mentionOf(one.id)} `,
      mention: one.id,
      shown: [
        face(one, "tiny"),
        h("b", {}, one.display),
        badge(one),
        h("small", {}, inside.has(one.id) ? one.title : "Not in this conversation"),
      ],
    })),
  };
}

function matches(one, wanted) {
  return [one.display, one.name, one.handle ?? ""].some((name) =>
    name
      .toLocaleLowerCase()
      .split(" ")
      .some((_, place, words) => words.slice(place).join(" ").startsWith(wanted)),
  );
}

function emoji(before) {
  const found = /(?:^|\s):([a-z0-9_+-]{2,})$/.exec(before);
  if (!found) return null;
  return {
    from: before.length - found[1].length - 1,
    offers: findEmoji(found[1], MOST).map(({ name, char }) => ({
      text: `:${name}: `,
      shown: [char, h("b", {}, `:${name}:`)],
    })),
  };
}
