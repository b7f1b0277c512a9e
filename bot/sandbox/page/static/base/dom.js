// Elements: how every part of the page builds them, moves the focus among them, and speaks to those who listen.

import { icon } from "./icons.js";

const PROPERTIES = new Set([
  "value",
  "checked",
  "disabled",
  "indeterminate",
  "selected",
  "readOnly",
  "hidden",
  "inert",
]);

/**
 * Build an element. `props`: `class`, `dataset: {…}`, `style: {…}` (custom properties too), listeners as `onClick`,
 * properties such as `value` and `checked`, anything else is an attribute (false, null and undefined leave it out).
 * `children` may be nodes, strings, numbers, lists of these; null and false are left out.
 * @returns {HTMLElement}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) give(element, name, value);
  append(element, children);
  return element;
}

/** Put children (as in `h`) at the end of an element or fragment. */
export function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") parent.append(child);
  }
  return parent;
}

/** Put these children in the place of whatever the element holds. */
export function refill(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

function give(element, name, value) {
  if (value === undefined || value === null) return;
  if (name === "class") element.className = value;
  else if (name === "dataset") giveData(element, value);
  else if (name === "style") giveStyle(element, value);
  else if (typeof value === "function") element.addEventListener(name.slice(2).toLowerCase(), value);
  else if (PROPERTIES.has(name)) element[name] = value;
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false) element.setAttribute(name, value);
}

function giveData(element, data) {
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined && value !== null) element.dataset[name] = value;
  }
}

function giveStyle(element, style) {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
}

/** A button that shows an icon only; `label` is what it is called for those who can't see it. */
export function iconButton(name, label, onClick, props = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onClick, ...props },
    icon(name),
  );
}

/** Say something to people who listen to the page rather than look at it; `urgent` interrupts. */
export function announce(text, urgent = false) {
  const place = document.getElementById("live");
  if (!place) return;
  place.setAttribute("aria-live", urgent ? "assertive" : "polite");
  place.append(h("p", {}, text));
  while (place.childElementCount > 5) place.firstElementChild.remove();
}

const FOCUSABLE = "a[href], button, input, select, textarea, audio[controls], video[controls], [tabindex]";

/** What can take focus inside an element, in order. */
export function focusables(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter(
    (one) =>
      !one.disabled &&
      one.tabIndex >= 0 &&
      !one.closest("[inert], [hidden]") &&
      one.checkVisibility({ visibilityProperty: true }),
  );
}

/**
 * Keep Tab inside an element; `onEscape` is called for the Escape key.
 * @returns {() => void} lets go, and gives focus back to where it was
 */
export function focusTrap(root, { onEscape, initial } = {}) {
  const before = document.activeElement;
  const onKey = (event) => {
    if (event.key === "Escape" && onEscape && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      onEscape(event);
    } else if (event.key === "Tab") keepTabInside(root, event);
  };
  root.addEventListener("keydown", onKey);
  (initial ?? focusables(root)[0] ?? root).focus();
  return () => {
    root.removeEventListener("keydown", onKey);
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
}

function keepTabInside(root, event) {
  const stops = focusables(root);
  if (stops.length === 0) return event.preventDefault();
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && root.contains(document.activeElement)) return undefined;
  event.preventDefault();
  return (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}

/** Call at most once in `wait` milliseconds, after the last call. */
export function later(wait, fn) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...given), wait);
  };
}

let counted = 0;

/** An id that nothing else on the page has, for labels and descriptions. */
export function freshId(prefix = "id") {
  counted += 1;
  return `${prefix}-${counted}`;
}
