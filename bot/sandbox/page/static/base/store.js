// What this person can see of the workspace, kept up to date by the live socket (live.js). All else reads it here.

import { fetchMessages, fetchThread } from "./api.js";
import { meanwhile, overhear } from "./meanwhile.js";

const PAGE = 60;
const listeners = new Map();
const conversations = new Map(); // channel id -> {list: [Message oldest first], more: older ones exist, newer: newer ones exist}
const threads = new Map(); // "channel ts" -> [head, replies…]
let era = 0; // which connection this is: what was asked for in an earlier one may be old

/** The state. Objects are as the protocol gives them; read, don't write. */
export const store = {
  me: null, // Person
  workspace: { name: "", domain: "" },
  app: null, // {name, user, bot_id, home_tab, messages_tab, direct}
  people: new Map(), // id -> Person
  channels: new Map(), // id -> Channel
  commands: [],
  shortcuts: [],
  samples: [],
  modals: [],
  home: null,
  clock: null,
  connections: 0,
  guide: null,
  ready: false,

  /** What is loaded of a channel: `{list, more, newer}`, or undefined before `load`. */
  messages: (channel) => conversations.get(channel),

  /** What is loaded of a thread: `[head, replies…]`, or undefined. */
  thread: (channel, ts) => threads.get(`${channel} ${ts}`),

  /** One message, wherever it is loaded. */
  message: findMessage,

  /**
   * Hear of changes: "all", "message", "gone", "channel", "person", "modals", "home", "clock", "connections", "socket".
   * Gives what ends it.
   */
  on(type, fn) {
    if (!listeners.has(type)) listeners.set(type, new Set());
    listeners.get(type).add(fn);
    return () => listeners.get(type).delete(fn);
  },
};

/** Tell everybody who listens to this kind of change. */
export function tell(type, what) {
  for (const fn of [...(listeners.get(type) ?? [])]) fn(what);
}

/** Take in one frame of the live socket. */
export function takeIn(frame) {
  takers[frame.type]?.(frame);
  overhear(frame);
  tell(frame.type, frame);
}

const takers = {
  all(frame) {
    const { people, channels, type, ...rest } = frame;
    Object.assign(store, rest);
    store.people = byId(people);
    store.channels = byId(channels);
    store.ready = true;
    conversations.clear();
    threads.clear();
    era += 1;
  },
  message: takeMessage,
  gone({ channel, ts }) {
    const known = conversations.get(channel);
    if (known) known.list = known.list.filter((one) => one.ts !== ts);
    for (const [key, list] of threads) {
      if (key.startsWith(`${channel} `))
        threads.set(
          key,
          list.filter((one) => one.ts !== ts),
        );
    }
  },
  channel({ channel }) {
    if (channel.gone) {
      store.channels.delete(channel.id);
      conversations.delete(channel.id);
    } else store.channels.set(channel.id, channel);
  },
  person: ({ person }) => store.people.set(person.id, person),
  modals: ({ modals }) => Object.assign(store, { modals }),
  home: ({ home }) => Object.assign(store, { home }),
  clock: ({ clock }) => Object.assign(store, { clock }),
  connections: ({ count }) => Object.assign(store, { connections: count }),
};

function byId(list) {
  return new Map(list.map((one) => [one.id, one]));
}

/** Whether a message stands in the channel itself, not only in a thread. */
export function standsInChannel(message) {
  return !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
}

/** Keeps a message where it is loaded; the frame then says whether that was `inChannel` and `inThread`. */
function takeMessage(frame) {
  const { channel, message } = frame;
  const known = conversations.get(channel);
  const thread = threads.get(`${channel} ${message.thread_ts ?? message.ts}`);
  frame.inChannel = Boolean(known && standsInChannel(message) && put(known.list, message, known.more, known.newer));
  frame.inThread = Boolean(thread && put(thread, message, false, false));
}

/** Put a message where its ts belongs; false beyond what is loaded: it is fetched when somebody scrolls there. */
function put(list, message, more, newer) {
  let place = list.length;
  while (place > 0 && list[place - 1].ts > message.ts) place -= 1;
  if (place > 0 && list[place - 1].ts === message.ts) list[place - 1] = message;
  else if ((place === 0 && more && list.length) || (place === list.length && newer)) return false;
  else list.splice(place, 0, message);
  return true;
}

function findMessage(channel, ts) {
  const among = (list) => list?.find((one) => one.ts === ts);
  const found = among(conversations.get(channel)?.list);
  if (found) return found;
  for (const [key, list] of threads) {
    const here = key.startsWith(`${channel} `) && among(list);
    if (here) return here;
  }
  return undefined;
}

/** Load the last messages of a channel, or those around a timestamp. Gives `{list, more, newer}`, null if it fails. */
export async function load(channel, around) {
  const known = conversations.get(channel);
  if (known && (around ? known.list.some((one) => one.ts === around) : !known.newer)) return known;
  const began = era;
  const { answer, heard } = await meanwhile(channel, fetchMessages(channel, { around, limit: PAGE }));
  if (began !== era) return load(channel, around);
  if (!answer.messages) return null;
  const fresh = { list: answer.messages, more: answer.more, newer: Boolean(answer.newer) };
  catchUp(fresh, heard, standsInChannel);
  conversations.set(channel, fresh);
  return fresh;
}

/** Load a page of older messages (or newer ones, after a jump). Gives the messages that were added. */
export async function loadMore(channel, way) {
  const known = conversations.get(channel);
  const edge = way === "older" ? { before: known.list[0]?.ts } : { after: known.list.at(-1)?.ts };
  const { answer, heard } = await meanwhile(channel, fetchMessages(channel, { ...edge, limit: PAGE }));
  if (!answer.messages || conversations.get(channel) !== known) return [];
  const page = { list: answer.messages, more: answer.more || way === "newer", newer: answer.more || way === "older" };
  catchUp(page, heard, (one) => standsInChannel(one) && !(one.ts <= edge.after));
  const have = new Set(known.list.map((one) => one.ts));
  const added = page.list.filter((one) => !have.has(one.ts));
  if (way === "older") Object.assign(known, { list: [...added, ...known.list], more: answer.more });
  else Object.assign(known, { list: [...known.list, ...added], newer: answer.more });
  return added;
}

/** Load a thread. Gives `[head, replies…]`, or null with a failure. */
export async function loadThread(channel, ts) {
  const began = era;
  const { answer, heard } = await meanwhile(channel, fetchThread(channel, ts));
  if (began !== era) return loadThread(channel, ts);
  if (!answer.messages) return null;
  const fresh = { list: answer.messages, more: false, newer: false };
  catchUp(fresh, heard, (one) => (one.thread_ts ?? one.ts) === ts);
  threads.set(`${channel} ${ts}`, fresh.list);
  return fresh.list;
}

/** Put into what was fetched what was heard meanwhile, as far as it belongs there. */
function catchUp(fetched, heard, belongs) {
  for (const { type, ts, message } of heard) {
    if (type === "gone") fetched.list = fetched.list.filter((one) => one.ts !== ts);
    else if (type === "message" && belongs(message)) put(fetched.list, message, fetched.more, fetched.newer);
  }
}

/** Forget a thread that is no longer shown. */
export function forgetThread(channel, ts) {
  threads.delete(`${channel} ${ts}`);
}

/** A person by id; somebody unknown gets a plain stand-in, so that callers need not ask. */
export function person(id) {
  return (
    store.people.get(id) ?? { id, name: id, display: "Somebody", title: "", kind: "member", colour: 7, deleted: false }
  );
}

/** The workspace's time now, as a Date; it runs on from what the server said last. */
export function now() {
  if (!store.clock) return new Date();
  return new Date(Date.parse(store.clock.now) + (Date.now() - (store.clock.heard ?? Date.now())));
}

/** What a conversation is called: the channel's name, or the other people in it. */
export function channelName(channel) {
  if (channel.kind !== "im" && channel.kind !== "mpim") return channel.name;
  const others = channel.members.filter((id) => id !== store.me?.id);
  return others.length ? others.map((id) => person(id).display).join(", ") : `${store.me?.display ?? ""} (you)`;
}
