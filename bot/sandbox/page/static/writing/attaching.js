// Ways for files to come into a composer: chosen, dropped, pasted; samples; and the app's shortcuts.

import { act, upload } from "../base/api.js";
import { store } from "../base/store.js";
import { h, menu } from "../base/ui.js";
import { minutes } from "../base/when.js";

/** The menu behind the composer's plus. */
export function attachMenu(anchor, composer) {
  const items = [
    { label: "Attach a file", icon: "attach", onSelect: () => chooseFiles((files) => composer.staged.add(files)) },
    { label: "Record a voice clip", icon: "microphone", onSelect: () => composer.record() },
  ];
  if (store.samples.length)
    items.push({ label: "Use a sample recording …", icon: "play", onSelect: () => sampleMenu(anchor, composer) });
  const global = store.shortcuts.filter(({ type }) => type !== "message");
  if (global.length) items.push("-");
  for (const one of global)
    items.push({ label: one.name, hint: store.app.name, icon: "bolt", onSelect: () => shortcut(one, composer) });
  menu(anchor, items, { placement: "above" });
}

/** Let somebody choose files; `take` gets them. */
export function chooseFiles(take) {
  const input = h("input", { type: "file", multiple: true, onChange: () => take([...input.files]) });
  input.click();
}

/** A menu of the sandbox's own recordings; the chosen one is sent at once, as a voice clip. */
export function sampleMenu(anchor, composer) {
  menu(
    anchor,
    store.samples.map((one) => ({
      label: one.title,
      hint: minutes(one.seconds),
      icon: "play",
      onSelect: () => sendSample(one, composer),
    })),
    { placement: "above" },
  );
}

/** Send one of the samples as a voice clip. Gives the answer. */
export async function sendSample(sample, { place, options, trouble }) {
  const pending = options.talk().pending(`_Sending “${sample.title}” …_`, (message) => message.files?.length > 0);
  const answer = await upload({
    channel: place.channel,
    thread: place.thread,
    clip: true,
    sample: sample.name,
    name: sample.name,
  });
  pending[answer.ok ? "sent" : "failed"](answer.message?.ts ?? answer.ts);
  if (!answer.ok && trouble) trouble.textContent = answer.words;
  return answer;
}

async function shortcut(one, composer) {
  const answer = await act("shortcut", { callback_id: one.callback_id });
  if (!answer.ok) composer.trouble.textContent = answer.words;
}

/** Take files that are dropped on `element` or pasted into `field`. */
export function takeDrops(element, field, take) {
  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  element.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    element.classList.add("dropping");
  });
  element.addEventListener(
    "dragleave",
    (event) => element.contains(event.relatedTarget) || element.classList.remove("dropping"),
  );
  element.addEventListener("drop", (event) => {
    element.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  field.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    take([...event.clipboardData.files]);
  });
}
