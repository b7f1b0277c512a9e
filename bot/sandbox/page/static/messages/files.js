// Files under a message: pictures, recordings to listen to, anything else as a card to download.

import { act } from "../base/api.js";
import { menu } from "../base/popovers.js";
import { renderPlayer } from "./player.js";
import { store } from "../base/store.js";
import { ask, h, icon, iconButton } from "../base/ui.js";
import { plain } from "../blocks/text.js";

const PICTURES = /^image\/(png|jpe?g|gif|webp)$/;

/** The files of a message; null where there are none. */
export function renderFiles(message) {
  return message.files?.length ? message.files.map(renderFile) : null;
}

function renderFile(file) {
  if (file.mode === "tombstone") return h("div", { class: "file gone" }, icon("bin"), "This file was deleted.");
  if (!file.page_url) return h("div", { class: "file gone" }, icon("file"), "This file can't be shown here.");
  const box = h("div", { class: "file", dataset: { file: file.id } });
  if (file.subtype === "slack_audio" || file.mimetype?.startsWith("audio/")) box.append(...recording(file));
  else if (PICTURES.test(file.mimetype)) box.append(...picture(file));
  else if (file.mimetype?.startsWith("video/"))
    box.append(h("video", { src: file.page_url, controls: true, preload: "metadata" }), caption(file));
  else box.append(card(file));
  return box;
}

function recording(file) {
  const isClip = file.subtype === "slack_audio";
  const player = renderPlayer({
    src: file.page_url,
    seconds: (file.duration_ms ?? 0) / 1000,
    wave: file.audio_wave_samples ?? [],
    label: isClip ? "Voice clip" : file.title,
  });
  player.append(fileMenu(file));
  const heard = file.transcription?.preview;
  return [
    isClip ? null : caption(file, false),
    player,
    heard && h("p", { class: "transcription" }, plain(heard.content), heard.has_more ? " …" : ""),
  ].filter(Boolean);
}

function picture(file) {
  const image = h("img", { src: file.page_url, alt: file.alt_txt || file.title, loading: "lazy" });
  return [
    caption(file),
    h(
      "a",
      {
        class: "picture",
        href: file.page_url,
        target: "_blank",
        rel: "noopener",
        "aria-label": `${file.title}, full size`,
      },
      image,
    ),
  ];
}

function caption(file, withMenu = true) {
  return h("div", { class: "file-caption" }, h("span", {}, file.title), withMenu && fileMenu(file));
}

function card(file) {
  return h(
    "div",
    { class: "file-card" },
    h("span", { class: "file-kind" }, icon("file")),
    h(
      "span",
      { class: "file-words" },
      h("b", {}, file.title),
      h("small", {}, `${file.pretty_type ?? ""} · ${inWords(file.size)}`),
    ),
    h(
      "a",
      {
        class: "icon-button",
        href: file.page_url,
        download: file.name,
        "aria-label": `Download ${file.title}`,
        title: "Download",
      },
      icon("download"),
    ),
    fileMenu(file, false),
  );
}

function fileMenu(file, withDownload = true) {
  const items = [];
  if (withDownload) items.push({ label: "Download", icon: "download", onSelect: () => download(file) });
  if (file.user === store.me.id)
    items.push({ label: "Delete file", icon: "bin", danger: true, onSelect: () => remove(file) });
  if (items.length === 0) return null;
  const button = iconButton("more", `More about ${file.title}`, () => menu(button, items));
  return button;
}

function download(file) {
  h("a", { href: file.page_url, download: file.name }).click();
}

async function remove(file) {
  const sure = await ask({
    title: "Delete this file?",
    text: "It will be gone for everybody. This can't be undone.",
    yes: "Delete",
    danger: true,
  });
  if (!sure) return;
  const answer = await act("delete_file", { file: file.id });
  if (!answer.ok) await ask({ title: "The file is still there", text: answer.words, yes: "All right", no: "Close" });
}

/** A size in bytes as people read it. */
export function inWords(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
