// Where people write: several lines, Enter sends, Shift+Enter is a new line; files, recordings, hints, drafts.

import { attachMenu, takeDrops } from "./attaching.js";
import { draftOf, keepDraft } from "./drafts.js";
import { pickEmoji } from "../base/emoji.js";
import { Hints } from "./hints.js";
import { takeClip } from "./kept_clips.js";
import { Recorder } from "./recorder.js";
import { isCommand, sendAll } from "./sending.js";
import { Staged } from "./staged.js";
import { freshId, h, iconButton, later, refill } from "../base/ui.js";

/**
 * A composer. `options`: `channel`, `thread?`, `label`, `talk()` (where pending messages and notices show), `foot?` (a
 * node under the field), `broadcast?()` (whether a reply also goes to the conversation), `editLast?()`.
 */
export class Composer {
  constructor(options) {
    this.options = options;
    this.place = { channel: options.channel, thread: options.thread };
    const { text, mentions } = draftOf(this.place);
    this.mentions = mentions;
    this.field = h("textarea", {
      rows: "1",
      id: freshId("write"),
      "aria-label": options.label,
      placeholder: options.label,
      value: text,
      autocomplete: "off",
    });
    this.staged = new Staged(() => this.changed());
    this.hints = new Hints(this);
    this.trouble = h("p", { class: "trouble", role: "alert" });
    this.send = iconButton("send", "Send now", () => this.sendNow(), { class: "icon-button send" });
    this.box = h("div", { class: "composer-box" }, this.field, this.staged.element, this.tools());
    this.element = h(
      "form",
      { class: "composer", "aria-label": options.label, onSubmit: (event) => event.preventDefault() },
      this.hints.element,
      this.box,
      this.trouble,
      options.foot,
    );
    this.keep = later(200, () => keepDraft(this.place, this.field.value, this.mentions));
    this.listen();
    this.changed();
    const clip = takeClip(this.place);
    if (clip) this.record(clip);
  }

  tools() {
    const plus = iconButton("plus", "Attach, record or run a shortcut", () => attachMenu(plus, this));
    const smile = iconButton("smile", "Emoji", () => pickEmoji(smile, (name) => this.insert(`:${name}: `)));
    const at = iconButton("at", "Mention somebody", () => this.insert("@"));
    const microphone = iconButton("microphone", "Record a voice clip", () => this.record());
    return h(
      "div",
      { class: "composer-tools" },
      plus,
      smile,
      at,
      microphone,
      h("span", { class: "stretch" }),
      this.send,
    );
  }

  listen() {
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    takeDrops(this.element, this.field, (files) => this.staged.add(files));
  }

  key(event) {
    if (event.isComposing || this.hints.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.sendNow();
    } else if (event.key === "ArrowUp" && !this.field.value && this.options.editLast) {
      event.preventDefault();
      this.options.editLast();
    }
  }

  changed() {
    this.trouble.textContent = "";
    this.send.disabled = !this.field.value.trim() && this.staged.isEmpty();
    this.grow();
    this.hints.look();
    this.keep?.();
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }

  /** Put text where the cursor is; a space keeps words apart. */
  insert(text, from = this.field.selectionStart, to = this.field.selectionEnd) {
    const before = this.field.value.slice(0, from);
    const apart = before && !/\s$/.test(before) && /^[:@]/.test(text) ? " " : "";
    this.field.setRangeText(apart + text, from, to, "end");
    this.field.focus();
    this.changed();
  }

  /** Send what stands here. It is taken off the field at once, and comes back if it can't be sent. */
  async sendNow() {
    if (this.send.disabled) return;
    const given = { text: this.field.value.trim(), mentions: this.mentions, files: this.staged.take() };
    if (!isCommand(given.text)) given.broadcast = this.options.broadcast?.() ?? false;
    this.write("", new Map());
    const answer = await sendAll(given, this.options);
    if (answer.ok) return;
    this.bringBack(answer.left ?? given.text, given.mentions);
    this.staged.add(answer.files ?? []);
    this.trouble.textContent = answer.words;
  }

  /** What couldn't be sent stands in front of what was typed since, or of the draft where somebody has gone elsewhere. */
  bringBack(text, mentions) {
    const since = this.ended ? draftOf(this.place) : { text: this.field.value, mentions: this.mentions };
    const whole = [text, since.text].filter(Boolean).join("\n");
    const both = new Map([...mentions, ...since.mentions]);
    if (this.ended) return keepDraft(this.place, whole, both);
    const cursor = this.field.selectionStart + whole.length - since.text.length;
    this.write(whole, both);
    return this.field.setSelectionRange(cursor, cursor);
  }

  write(text, mentions) {
    this.mentions = mentions;
    this.field.value = text;
    this.changed();
    keepDraft(this.place, text, mentions);
  }

  /** Change places with the recorder until a clip is sent or thrown away; `clip` is one that was recorded before. */
  record(clip) {
    if (this.recorder) return;
    const done = () => {
      this.recorder = null;
      refill(this.box, this.field, this.staged.element, this.tools());
      this.changed();
      this.field.focus();
    };
    this.recorder = new Recorder({ ...this.place, talk: this.options.talk }, done);
    refill(this.box, this.recorder.element);
    if (clip) this.recorder.goOn(clip);
    else this.recorder.start();
  }

  /** Let go: the microphone is switched off, the draft and what was recorded are kept. */
  end() {
    this.ended = true;
    this.recorder?.leave();
    this.hints.close();
    keepDraft(this.place, this.field.value, this.mentions);
  }
}
