// The middle of the page: one conversation, with its head, its messages and the composer at its foot.

import { act } from "../base/api.js";
import { Composer } from "../writing/composer.js";
import { conversationHead, conversationIntro } from "./conversation_head.js";
import { editMessage } from "../messages/message_edit.js";
import { go, where } from "../base/routing.js";
import { spoken } from "../messages/message_parts.js";
import { channelName, load, loadMore, standsInChannel, store } from "../base/store.js";
import { Talk } from "../messages/talk.js";
import { announce, h, later, refill } from "../base/ui.js";

/** One conversation on the screen, until `end()`. `root` is what it fills. */
export class Conversation {
  constructor(root, id) {
    Object.assign(this, { root, id, loading: new Set(), ended: false });
    this.channel = store.channels.get(id);
    this.head = h("div", { class: "talk-top" });
    this.body = h("div", { class: "talk-place" }, h("p", { class: "opening", role: "status" }, "One moment …"));
    refill(root, this.head, this.body);
    root.dataset.channel = id;
    this.read = later(250, () => this.markRead());
    this.offs = [
      store.on("message", (frame) => frame.channel === id && this.heard(frame)),
      store.on("gone", (frame) => frame.channel === id && this.talk?.list.remove(frame.ts)),
      store.on("channel", ({ channel }) => channel.id === id && this.changed()),
    ];
    this.seen = () => document.visibilityState === "visible" && this.read();
    document.addEventListener("visibilitychange", this.seen);
  }

  /** Show the head, load the messages, jump to `message` if one is named. */
  async open(message) {
    this.drawHead();
    if (!this.channel) return this.say("This conversation isn't there, or it isn't yours to see.");
    document.title = `${this.name()} · ${store.workspace.name}`;
    if (!this.channel.is_member) return this.offerToJoin();
    const known = await load(this.id, message);
    if (this.ended) return undefined;
    if (!known) return this.say("The messages can't be shown just now. Please try again in a moment.");
    this.fill(known.list);
    return message ? this.jumpTo(message) : this.talk.toFoot();
  }

  fill(messages) {
    this.talk?.end();
    this.talk = new Talk(
      { channel: this.id },
      {
        label: `Messages in ${this.name()}`,
        unreadAfter: this.channel.unread ? this.channel.last_read || "0" : "",
        intro: conversationIntro(this.channel),
        onEdge: (way) => this.more(way),
        onFoot: () => this.read(),
      },
    );
    this.talk.list.reset(messages);
    this.talk.scroller.classList.toggle("complete", !store.messages(this.id).more);
    this.composer ??= this.makeComposer();
    refill(this.body, this.talk.element, this.composer.element);
    this.talk.watchEdges();
    this.read();
  }

  makeComposer() {
    return new Composer({
      channel: this.id,
      label: `Message ${this.name()}`,
      talk: () => this.talk,
      editLast: () => this.editLast(),
    });
  }

  editLast() {
    const row = this.talk.lastOwn();
    if (row) editMessage(row, { channel: this.id });
  }

  /** Jump to a message, loading what is around it if need be; a reply's thread opens beside. */
  async jumpTo(ts) {
    if (!this.talk || this.talk.show(ts)) return;
    const known = await load(this.id, ts);
    if (!known || this.ended) return;
    this.fill(known.list);
    if (!this.talk.show(ts)) this.talk.toFoot();
  }

  async more(way) {
    const known = store.messages(this.id);
    const wanted = known && (way === "older" ? known.more : known.newer);
    if (!wanted || this.loading.has(way)) return;
    this.loading.add(way);
    const talk = this.talk;
    const added = await loadMore(this.id, way);
    this.loading.delete(way);
    if (this.ended || talk !== this.talk) return;
    talk.addPage(added.filter(standsInChannel), way);
    talk.scroller.classList.toggle("complete", !known.more);
    if (added.length) talk.lookAgain();
  }

  heard({ message, inChannel }) {
    if (!this.talk || !inChannel) return;
    const isNew = !this.talk.list.row(message.ts);
    this.talk.put(message);
    if (!isNew) return;
    if (!message.mine) announce(spoken(message));
    if (this.talk.atFoot) this.read();
  }

  changed() {
    const before = this.channel;
    this.channel = store.channels.get(this.id);
    if (!this.channel) return go({ at: "" }, { replace: true });
    if (this.channel.is_member !== before.is_member) return this.open();
    if (
      JSON.stringify([before.members, before.topic, before.name]) !==
      JSON.stringify([this.channel.members, this.channel.topic, this.channel.name])
    )
      this.drawHead();
    return undefined;
  }

  /** The server is told what was read: only what is in view on a page that is looked at. */
  markRead() {
    const last = this.channel?.last_ts;
    if (this.ended || !this.talk?.atFoot || document.visibilityState !== "visible" || !this.body.offsetParent) return;
    if (last && last > (this.channel.last_read ?? "") && this.channel.unread)
      act("read", { channel: this.id, ts: last });
  }

  offerToJoin() {
    this.composer = null;
    const join = async () => {
      const answer = await act("join", { channel: this.id });
      if (!answer.ok) trouble.textContent = answer.words;
    };
    const trouble = h("p", { class: "trouble", role: "alert" });
    refill(
      this.body,
      h(
        "div",
        { class: "empty" },
        h("h2", {}, `#${this.channel.name}`),
        h("p", {}, "You aren't in this channel yet. Join to see what is said there."),
        h("button", { type: "button", class: "button primary", onClick: join }, "Join channel"),
        trouble,
      ),
    );
  }

  say(words) {
    refill(this.body, h("div", { class: "empty" }, h("p", { role: "status" }, words)));
  }

  drawHead() {
    refill(this.head, conversationHead(this.channel));
    if (this.underHead) this.head.after(this.underHead);
  }

  name() {
    return (this.channel.kind === "channel" ? "#" : "") + channelName(this.channel);
  }

  /** Connected again: what was loaded may be old. What is typed stays. */
  async renew() {
    this.channel = store.channels.get(this.id);
    if (!this.talk || !this.channel?.is_member) return this.open(where().message);
    const wasAtFoot = this.talk.atFoot;
    const known = await load(this.id);
    if (!known || this.ended) return undefined;
    this.fill(known.list);
    return wasAtFoot && this.talk.toFoot();
  }

  /** Let go of everything. */
  end() {
    this.ended = true;
    this.offs.forEach((off) => off());
    document.removeEventListener("visibilitychange", this.seen);
    this.talk?.end();
    this.composer?.end();
  }
}
