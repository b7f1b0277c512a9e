// Focus, and where the writing mark stands, kept while what is focused is drawn anew.

/** Run `change`; if it takes the focused element of `root` away, focus what now stands in its place. */
export function keepFocus(root, change) {
  const held = root.contains(document.activeElement) ? describe(document.activeElement) : null;
  const result = change();
  if (held && !root.contains(document.activeElement)) giveBack(root, held);
  return result;
}

function describe(node) {
  const holder = node.closest("[data-key]");
  const block = node.closest("[data-block]");
  return {
    key: holder?.dataset.key,
    block: block?.dataset.block,
    place: stops(holder ?? block).indexOf(node),
    selection: "selectionStart" in node && node.selectionStart !== null ? [node.selectionStart, node.selectionEnd] : null,
  };
}

function giveBack(root, { key, block, place, selection }) {
  const find = (name, value) => (value ? root.querySelector(`[data-${name}="${CSS.escape(value)}"]`) : null);
  const holder = find("key", key) ?? find("block", block);
  const inside = stops(holder);
  const node = inside[place] ?? inside.at(-1);
  node?.focus({ preventScroll: true });
  if (selection && node && "setSelectionRange" in node && node.selectionStart !== null) node.setSelectionRange(...selection);
}

function stops(holder) {
  return holder ? [...holder.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")] : [];
}
