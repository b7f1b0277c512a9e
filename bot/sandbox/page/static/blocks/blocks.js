// Blocks of Block Kit, drawn as Slack shows them. `where` is the message or view that they stand in (see surface.js).

import { me } from "../base/api.js";
import { element } from "./elements.js";
import { markdown } from "./markdown.js";
import { safeUrl } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";
import { link, textOf, wordsOf } from "./text.js";
import { freshId, h, icon } from "../base/ui.js";

/** Blocks, one below the other. */
export function renderBlocks(blocks, where) {
  return h("div", { class: "blocks" }, (blocks ?? []).map((block) => renderBlock(block, where)));
}

/** One block. A kind that isn't known is named in a quiet line. */
export function renderBlock(block, where) {
  const make = BLOCKS[block.type] ?? unknown;
  const node = make(block, where);
  node.classList.add("block", `block-${block.type}`);
  if (block.block_id) node.dataset.block = block.block_id;
  return node;
}

const BLOCKS = {
  section,
  header: (block, where) => h("div", { role: "heading", "aria-level": where.view?.type === "home" ? "2" : "3" }, textOf(block.text)),
  divider: () => h("hr", { class: "divider" }),
  context: (block) => h("div", {}, (block.elements ?? []).map(contextPart)),
  actions: (block, where) => h("div", {}, (block.elements ?? []).map((one) => element(one, block, where))),
  input,
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, textOf(block.title)), picture(block)),
  rich_text: richText,
  table,
  data_table: table,
  markdown: (block) => markdown(block.text),
  video,
  file: (block) => h("p", { class: "quiet" }, icon("file"), " ", `A file kept elsewhere (${block.source ?? "remote"})`),
  alert,
  card,
};

function unknown(block) {
  return h("p", { class: "unknown" }, `A “${block.type ?? "nameless"}” block can't be shown here.`);
}

function alert(block) {
  return h("div", { role: "note", dataset: { level: block.level ?? "default" } }, icon("warning"), h("div", {}, textOf(block.text)));
}

function section(block, where) {
  const each = (block.fields ?? []).map((field) => h("div", { class: "words" }, textOf(field)));
  const fields = each.length > 0 && h("div", { class: "fields" }, each);
  const words = h("div", { class: "section-words" }, block.text && h("div", { class: "words" }, textOf(block.text)), fields);
  const { accessory } = block;
  if (!accessory) return h("div", {}, words);
  const beside = accessory.type === "image" ? picture(accessory, "thumb") : element(accessory, block, where);
  return h("div", { class: `with-${accessory.type === "image" ? "image" : "accessory"}` }, words, h("div", { class: "beside" }, beside));
}

function contextPart(part) {
  return part.type === "image" ? picture(part, "tiny") : h("span", { class: "words" }, textOf(part));
}

function input(block, where) {
  const id = freshId("field");
  const kind = block.element?.type ?? "";
  const isGroup = kind === "checkboxes" || kind === "radio_buttons";
  const aria = { "aria-describedby": block.hint ? `${id}-hint ${id}-error` : `${id}-error` };
  if (isGroup) aria["aria-labelledby"] = `${id}-label`;
  if (!block.optional && !(isGroup && kind === "checkboxes")) aria["aria-required"] = "true";
  const words = [textOf(block.label), block.optional && h("span", { class: "quiet" }, " (optional)")];
  return h("div", {},
    isGroup ? h("div", { class: "label", id: `${id}-label` }, words) : h("label", { class: "label", for: id, id: `${id}-label` }, words),
    block.element ? element(block.element, block, where, { id, aria }) : null,
    h("p", { class: "field-error", id: `${id}-error`, hidden: true }),
    block.hint && h("p", { class: "input-hint", id: `${id}-hint` }, textOf(block.hint)));
}

/** A picture; one that can't be fetched (the page opens nothing from elsewhere) shows its description and a link. */
function picture(image, size = "") {
  const address = sourceOf(image);
  const img = h("img", { class: `image ${size}`, src: address, alt: image.alt_text ?? "", loading: "lazy" });
  img.addEventListener("error", () => img.replaceWith(missing(image, address, size)), { once: true });
  return img;
}

function missing(image, address, size) {
  const words = image.alt_text || "Picture";
  const shown = size ? words : safeUrl(address) ? link(address, words) : words;
  return h("span", { class: `image-missing ${size}`, title: words }, icon("eye"), h("span", {}, shown));
}

function sourceOf(image) {
  const { image_url: url, slack_file: file } = image;
  if (!file) return safeUrl(url ?? "") ?? "";
  const id = file.id ?? /\/(F[A-Z0-9]+)\//.exec(file.url ?? "")?.[1] ?? "";
  return `/page/file/${id}/image?${new URLSearchParams({ as: me() })}`;
}

function video(block) {
  const title = wordsOf(block.title) || "Video";
  const from = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h("div", { class: "card" },
    h("div", { class: "card-title" }, icon("play"), " ", link(block.title_url ?? block.video_url, title)),
    from && h("div", { class: "quiet" }, from),
    block.description && h("div", {}, textOf(block.description)));
}

function card(block, where) {
  return h("div", { class: "card" },
    block.hero_image && picture(block.hero_image),
    block.title && h("div", { class: "card-title" }, block.icon && picture(block.icon, "tiny"), textOf(block.title)),
    block.subtitle && h("div", { class: "quiet" }, textOf(block.subtitle)),
    block.body && h("div", {}, textOf(block.body)),
    block.actions?.length > 0 && h("div", { class: "card-actions" }, block.actions.map((one) => element(one, block, where))));
}
