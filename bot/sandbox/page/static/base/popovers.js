// Boxes that float beside what opened them: popovers and menus. They close on Escape, on a click elsewhere, on Tab.

import { focusables, h } from "./dom.js";
import { icon } from "./icons.js";

let open = null;

/**
 * Show `content` (a node) in a floating box beside `anchor`; one at a time.
 * `options`: `label`, `role` ("dialog" unless told), `placement` "below"|"above", `focus` (false leaves it where it is),
 * `width` "anchor" makes it at least as wide as its anchor, `onClose`.
 * @returns {{element: HTMLElement, close: (giveFocusBack?: boolean) => void, place: () => void}}
 */
export function popover(anchor, content, options = {}) {
  open?.close(false);
  const element = h(
    "div",
    {
      class: `popover ${options.class ?? ""}`,
      role: options.role ?? "dialog",
      "aria-label": options.label,
      popover: "manual",
    },
    content,
  );
  (anchor.closest("dialog, [role=dialog]") ?? document.body).append(element);
  element.showPopover?.();
  const box = new Box(anchor, element, options);
  open = box;
  box.start();
  return box;
}

class Box {
  constructor(anchor, element, options) {
    Object.assign(this, { anchor, element, options, closed: false, ending: new AbortController() });
    this.close = this.close.bind(this);
    this.place = this.place.bind(this);
  }

  start() {
    const { signal } = this.ending;
    this.anchor.setAttribute("aria-expanded", "true");
    this.place();
    addEventListener("resize", this.place, { signal });
    document.addEventListener("pointerdown", (event) => this.pressedAt(event.target), { signal, capture: true });
    document.addEventListener("scroll", (event) => this.scrolled(event.target), {
      signal,
      capture: true,
      passive: true,
    });
    this.element.addEventListener("keydown", (event) => this.key(event), { signal });
    if (this.options.focus !== false) (focusables(this.element)[0] ?? this.element).focus();
  }

  place() {
    const [from, box] = [this.anchor.getBoundingClientRect(), this.element];
    if (this.options.width === "anchor") box.style.minInlineSize = `${from.width}px`;
    const [wide, high] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const { width, height } = box.getBoundingClientRect();
    const below = from.bottom + 4;
    const above = from.top - height - 4;
    const up = this.options.placement === "above" ? above >= 8 : below + height > high - 8 && above >= 8;
    box.style.insetBlockStart = `${Math.max(8, Math.min(up ? above : below, high - height - 8))}px`;
    box.style.insetInlineStart = `${Math.max(8, Math.min(from.left, wide - width - 8))}px`;
  }

  pressedAt(target) {
    if (!this.element.contains(target) && !this.anchor.contains(target)) this.close(false);
  }

  scrolled(target) {
    if (!this.element.contains(target) && target.contains?.(this.anchor)) this.place();
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && this.options.role === "menu") this.close();
  }

  close(giveFocusBack = true) {
    if (this.closed) return;
    this.closed = true;
    this.ending.abort();
    if (open === this) open = null;
    this.anchor.setAttribute("aria-expanded", "false");
    const hadFocus = this.element.contains(document.activeElement);
    this.element.remove();
    if (giveFocusBack && hadFocus && this.anchor.isConnected) this.anchor.focus({ preventScroll: true });
    this.options.onClose?.();
  }
}

/** Close whatever floats. */
export function closePopover() {
  open?.close(false);
}

/**
 * A menu beside `anchor`. `items`: `{label, icon?, hint?, danger?, disabled?, checked?, onSelect}` or "-" for a line.
 * Arrow keys, Home, End and first letters move; Enter chooses; Escape closes.
 */
export function menu(anchor, items, options = {}) {
  const list = h(
    "div",
    { class: "menu" },
    items.map((item) => (item === "-" ? h("hr", {}) : menuItem(item, () => box.close()))),
  );
  anchor.setAttribute("aria-haspopup", "menu");
  const box = popover(anchor, list, { role: "menu", focus: false, ...options });
  list.addEventListener("keydown", (event) => moveInMenu(list, event));
  list.querySelector("button:not(:disabled)")?.focus();
  return box;
}

function menuItem(item, close) {
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  return h(
    "button",
    {
      type: "button",
      role,
      class: item.danger ? "menu-item danger" : "menu-item",
      disabled: Boolean(item.disabled),
      tabindex: "-1",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      onClick: () => {
        close();
        item.onSelect();
      },
    },
    item.icon && icon(item.icon),
    h("span", { class: "menu-label" }, item.label),
    item.hint && h("span", { class: "menu-hint" }, item.hint),
  );
}

/** Move focus among the buttons of a list as in a menu; true when the key meant something. */
export function moveInMenu(list, event) {
  const stops = [...list.querySelectorAll("button:not(:disabled)")];
  const here = stops.indexOf(document.activeElement);
  const moves = {
    ArrowDown: here + 1,
    ArrowUp: here < 0 ? stops.length - 1 : here - 1,
    Home: 0,
    End: stops.length - 1,
  };
  let next = moves[event.key];
  if (next === undefined && /^[\p{L}\p{N}]$/u.test(event.key)) next = firstLetter(stops, here, event.key);
  if (next === undefined || next < -stops.length || stops.length === 0) return false;
  event.preventDefault();
  stops.at(next % stops.length).focus();
  return true;
}

function firstLetter(stops, here, letter) {
  const wanted = letter.toLocaleLowerCase();
  const order = stops.map((_, place) => (here + 1 + place) % stops.length);
  return order.find((place) => stops[place].textContent.trim().toLocaleLowerCase().startsWith(wanted));
}
