// Recording a voice clip in the composer's place: record, stop, listen, send or throw away.

import { sampleMenu } from "./attaching.js";
import { upload } from "../base/api.js";
import { isAtStake, keepClip } from "./kept_clips.js";
import { beginRecording } from "./microphone.js";
import { renderPlayer } from "../messages/player.js";
import { store } from "../base/store.js";
import { announce, h, icon, iconButton, refill } from "../base/ui.js";
import { minutes } from "../base/when.js";

const LONGEST_SECONDS = 300;
const LEVELS_SHOWN = 120;
const LOOK_EVERY = 80;

/** The recorder. `place` is `{channel, thread?, talk()}`; `done` is called when it isn't needed any more. */
export class Recorder {
  constructor(place, done) {
    Object.assign(this, { place, done });
    this.element = h("div", { class: "recorder", role: "group", "aria-label": "Voice clip" });
  }

  /** Ask for the microphone and begin. */
  async start() {
    const cancel = this.discardButton("Cancel");
    this.show(
      h(
        "p",
        { role: "status" },
        icon("microphone"),
        "Your browser may ask whether this page may use the microphone. The recording stays on this machine until you send it.",
      ),
      cancel,
    );
    cancel.focus();
    const { recording, words } = await beginRecording();
    if (this.ended) return recording?.cancel();
    if (words) return this.sorry(words);
    this.recording = recording;
    isAtStake(this, true);
    return this.recordingNow();
  }

  /** Show a clip (a promise of one) that was recorded here before somebody went elsewhere. */
  goOn(clip) {
    this.clip = clip;
    isAtStake(this, true);
    return this.listenFirst("You recorded this before you went elsewhere. It isn't sent yet.");
  }

  recordingNow() {
    this.levels = h(
      "span",
      { class: "levels", "aria-hidden": "true" },
      Array.from({ length: LEVELS_SHOWN }, () => h("i", {})),
    );
    this.timer = h("span", { class: "player-time", role: "timer" }, "0:00");
    const stop = h(
      "button",
      { type: "button", class: "button primary", onClick: () => this.stop() },
      icon("stop"),
      "Stop",
    );
    this.show(
      this.discardButton(),
      h("span", { class: "record-dot", "aria-hidden": "true" }),
      this.timer,
      this.levels,
      stop,
    );
    stop.focus();
    announce("Recording");
    this.ticking = setInterval(() => this.tick(), LOOK_EVERY);
  }

  tick() {
    const seconds = this.recording.seconds();
    const bar = this.levels.firstElementChild;
    bar.style.setProperty("--level", this.recording.level().toFixed(2));
    this.levels.append(bar);
    this.timer.textContent = minutes(Math.floor(seconds));
    if (seconds >= LONGEST_SECONDS)
      this.stop("A clip ends after five minutes. You can send this one and record another.");
  }

  stop(words = "") {
    clearInterval(this.ticking);
    this.clip = this.recording.stop();
    this.recording = null;
    return this.listenFirst(words);
  }

  async listenFirst(words) {
    const { blob, seconds, wave } = await this.clip;
    if (this.ended) return;
    this.address = URL.createObjectURL(blob);
    this.player = renderPlayer({ src: this.address, seconds, wave, label: "Your clip" });
    this.trouble = h("p", { class: "trouble", role: "alert" }, words);
    const again = iconButton("refresh", "Record again", () => this.again());
    this.sendButton = h(
      "button",
      { type: "button", class: "button primary", onClick: () => this.send() },
      icon("send"),
      "Send clip",
    );
    this.show(this.discardButton(), this.player, again, this.sendButton, this.trouble);
    this.sendButton.focus();
    announce(`Recorded ${Math.round(seconds)} seconds. You can listen, send it, or throw it away.`);
  }

  again() {
    this.forget();
    isAtStake(this, false);
    this.start();
  }

  async send() {
    const { blob, name } = await this.clip;
    this.sendButton.disabled = true;
    this.isSending = true;
    const { channel, thread, talk } = this.place;
    const pending = talk().pending("_Sending your voice clip …_", (message) =>
      message.files?.some((one) => one.name === name),
    );
    const answer = await upload({ channel, thread, blob, name, clip: true }, (part) =>
      this.sendButton.style.setProperty("--part", part),
    );
    pending[answer.ok ? "sent" : "failed"](answer.message?.ts ?? answer.ts);
    this.isSending = false;
    if (answer.ok) return this.finish();
    if (this.ended) return keepClip(this.place, this.clip);
    this.sendButton.disabled = false;
    this.trouble.textContent = answer.words;
    return undefined;
  }

  sorry(words) {
    const sample =
      store.samples.length > 0 &&
      h(
        "button",
        { type: "button", class: "button", onClick: (event) => sampleMenu(event.currentTarget, this.asComposer()) },
        "Use a sample recording",
      );
    const again = h("button", { type: "button", class: "button primary", onClick: () => this.start() }, "Try again");
    this.trouble = h("p", { class: "trouble", role: "alert" }, words);
    this.show(this.trouble, this.discardButton("Close"), sample, again);
    again.focus();
  }

  /** What the sample menu needs of a composer. */
  asComposer() {
    return {
      place: this.place,
      options: {
        talk: () => {
          this.finish();
          return this.place.talk();
        },
      },
      trouble: this.trouble,
    };
  }

  discardButton(words) {
    return words
      ? h("button", { type: "button", class: "button", onClick: () => this.finish() }, words)
      : iconButton("bin", "Throw the recording away", () => this.finish());
  }

  show(...children) {
    refill(this.element, ...children);
  }

  finish() {
    this.stopEverything();
    this.done();
  }

  forget() {
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = null;
    this.clip = null;
  }

  /** Somebody goes elsewhere: the microphone is switched off, and what was recorded waits for them here. */
  leave() {
    const clip = this.recording?.stop() ?? this.clip;
    this.recording = null;
    if (clip && !this.isSending) keepClip(this.place, clip);
    this.stopEverything();
    if (this.isSending) this.clip = clip;
  }

  /** Switch the microphone off and forget what was recorded. */
  stopEverything() {
    this.ended = true;
    clearInterval(this.ticking);
    this.recording?.cancel();
    this.recording = null;
    this.forget();
    isAtStake(this, false);
  }
}
