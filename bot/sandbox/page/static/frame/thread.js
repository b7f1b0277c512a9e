// The pane at the right: one thread, with its own composer.

import { Composer } from "../writing/composer.js";
import { go } from "../base/routing.js";
import { spoken } from "../messages/message_parts.js";
import { channelName, forgetThread, loadThread, store } from "../base/store.js";
import { Talk } from "../messages/talk.js";
import { announce, h, iconButton, refill } from "../base/ui.js";

/** One thread on the screen, until `end()`. */
export class Thread {
  constructor(root, channel, ts) {
    Object.assign(this, { root, channel, ts, ended: false });
    this.body = h("div", { class: "talk-place" }, h("p", { class: "opening", role: "status" }, "One moment …"));
    const place = store.channels.get(channel);
    refill(
      root,
      h(
        "div",
        { class: "talk-top" },
        h("h2", { class: "talk-name" }, "Thread"),
        h("span", { class: "topic" }, place ? channelName(place) : ""),
        h("span", { class: "stretch" }),
        iconButton("close", "Close thread", () => go({ thread: "" })),
      ),
      this.body,
    );
    root.dataset.thread = ts;
    this.offs = [
      store.on("message", (frame) => frame.channel === channel && this.heard(frame)),
      store.on("gone", (frame) => frame.channel === channel && this.talk?.list.remove(frame.ts)),
    ];
  }

  /** Load and show; `message` is jumped to. Focus goes to the composer. */
  async open(message) {
    const messages = await loadThread(this.channel, this.ts);
    if (this.ended) return;
    if (!messages) {
      refill(this.body, h("div", { class: "empty" }, h("p", { role: "status" }, "This thread can't be shown.")));
      return;
    }
    this.fill(messages);
    if (!(message && message !== this.ts && this.talk.show(message))) this.talk.toFoot();
  }

  fill(messages) {
    this.talk?.end();
    this.talk = new Talk({ channel: this.channel, thread: this.ts }, { label: "Messages in this thread" });
    this.talk.list.reset(messages);
    this.composer ??= this.makeComposer();
    refill(this.body, this.talk.element, this.composer.element);
    this.count(messages.length - 1);
  }

  makeComposer() {
    const place = store.channels.get(this.channel);
    const direct = place?.kind === "im" || place?.kind === "mpim";
    const also = h("input", { type: "checkbox" });
    const label = h(
      "label",
      { class: "also" },
      also,
      `Also send to ${direct ? "the conversation" : `#${place?.name ?? ""}`}`,
    );
    return new Composer({
      channel: this.channel,
      thread: this.ts,
      label: "Reply",
      talk: () => this.talk,
      foot: label,
      broadcast: () => {
        const on = also.checked;
        also.checked = false;
        return on;
      },
    });
  }

  count(replies) {
    const words = replies === 1 ? "1 reply" : `${replies} replies`;
    this.talk.list.row(this.ts)?.style.setProperty("--replies", replies ? `"${words}"` : '""');
  }

  heard({ message, inThread }) {
    if (!this.talk || !inThread) return;
    const isNew = !this.talk.list.row(message.ts);
    this.talk.put(message);
    if (isNew && !message.mine) announce(`In the thread, ${spoken(message)}`);
    this.count((store.thread(this.channel, this.ts)?.length ?? 1) - 1);
  }

  /** Connected again. */
  async renew() {
    const messages = await loadThread(this.channel, this.ts);
    if (messages && !this.ended) this.fill(messages);
  }

  /** Let go of everything. */
  end() {
    this.ended = true;
    this.offs.forEach((off) => off());
    forgetThread(this.channel, this.ts);
    this.talk?.end();
    this.composer?.end();
    delete this.root.dataset.thread;
  }
}
