// The table block: the first row is its heading; columns may be aligned and wrapped.

import { richText } from "./rich_text.js";
import { h } from "../base/ui.js";

/** A table block, in a box of its own that scrolls sideways where it is too wide. */
export function table(block) {
  const [head, ...rows] = block.rows ?? [];
  const columns = block.column_settings ?? [];
  return h("div", { class: "table-box", role: "group", "aria-label": block.caption ?? "Table", tabindex: "0" },
    h("table", { class: "table" },
      head && h("thead", {}, row(head, columns, "th")),
      h("tbody", {}, rows.map((cells) => row(cells, columns, "td")))));
}

function row(cells, columns, tag) {
  return h("tr", {}, cells.map((cell, at) => h(tag, cellProps(columns[at], cell, tag), content(cell))));
}

function cellProps(settings, cell, tag) {
  const align = settings?.align ?? (cell.type === "raw_number" ? "right" : "left");
  return { scope: tag === "th" ? "col" : null, dataset: { align, wrapped: String(Boolean(settings?.is_wrapped)) } };
}

function content(cell) {
  if (cell.type === "rich_text") return richText(cell);
  return String(cell.text ?? cell.value ?? "");
}
