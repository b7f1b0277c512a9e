// Everything that the parts of the page build with, in one place to import from.

export * from "./dom.js";
export { ask } from "./asking.js";
export { icon } from "./icons.js";
export { menu, popover } from "./popovers.js";
