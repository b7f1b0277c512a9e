// The traffic between the workspace and the bot, as the inspector keeps it: the last few hundred exchanges, and what to show of them.

/** How many exchanges are kept. */
export const KEPT = 500;

/** Who speaks, in words: `to` is "bot" where Slack asks, "slack" where the bot does. */
export const KINDS = {
  events_api: { label: "Event", many: "Events", to: "bot" },
  interactive: { label: "Click", many: "Clicks and windows", to: "bot" },
  slash_commands: { label: "Command", many: "Commands", to: "bot" },
  api: { label: "Call", many: "Calls", to: "slack" },
  response_url: { label: "Answer", many: "Answers by address", to: "slack" },
  download: { label: "Download", many: "Downloads", to: "slack" },
};

/** Choices of the filter: `name` → label. */
export const CHOICES = [
  ["", "Everything"], ["bot", "What Slack tells the bot"], ["slack", "What the bot asks of Slack"],
  ...Object.entries(KINDS).map(([name, { many }]) => [name, many]),
  ["bad", "What went wrong"],
];

/** How an exchange ended: "waiting", "good" or "bad". */
export function stateOf(exchange) {
  if (exchange.outcome === "waiting") return "waiting";
  return exchange.outcome === "ok" ? "good" : "bad";
}

const WORDS = { waiting: "waiting", ok: "OK", ratelimited: "slow down", timeout: "no answer in time", http_timeout: "no answer in time", http_error: "an error for an answer", connection_failed: "cut off" };

/** Its outcome in a word or two; Slack's own name where there is one. */
export function outcomeWords(exchange) {
  return WORDS[exchange.outcome] ?? exchange.outcome;
}

const texts = new WeakMap();

function textOf(exchange) {
  if (!texts.has(exchange)) {
    const { name, outcome, asked, answered } = exchange;
    texts.set(exchange, `${name} ${outcome} ${JSON.stringify(asked)} ${JSON.stringify(answered ?? "")}`.toLocaleLowerCase());
  }
  return texts.get(exchange);
}

/** Whether an exchange is of the chosen kind and holds the words. */
export function fits(exchange, { choice = "", words = "" }) {
  const kind = !choice || exchange.kind === choice || KINDS[exchange.kind]?.to === choice || (choice === "bad" && stateOf(exchange) === "bad");
  return kind && (!words || textOf(exchange).includes(words.toLocaleLowerCase()));
}

/** The last exchanges by number, oldest first; `connect` keeps them up to date. `onChange(changed, dropped)` gets numbers, once a frame. */
export class Exchanges {
  constructor(onChange) {
    this.kept = new Map();
    this.changed = new Set();
    this.dropped = [];
    this.onChange = onChange;
    this.socket = null;
    this.wanted = false;
    this.planned = false;
    this.from = 0;
  }

  connect() {
    this.wanted = true;
    this.socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/traffic`);
    this.socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    this.socket.onclose = () => this.wanted && setTimeout(() => this.wanted && this.connect(), 2000);
  }

  close() {
    this.wanted = false;
    this.socket?.close();
    this.socket = null;
  }

  /** Forget what there is; the server may tell it again after a break, so it is left out from now on. */
  clear() {
    this.from = Math.max(this.from, ...this.kept.keys());
    this.kept.clear();
    this.changed.clear();
  }

  hear(frame) {
    for (const exchange of frame.type === "all" ? frame.exchanges : [frame.exchange]) this.keep(exchange);
    for (const number of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(number);
      this.changed.delete(number);
      this.dropped.push(number);
    }
    this.soon();
  }

  keep(exchange) {
    const { number } = exchange;
    const known = this.kept.get(number);
    const dropped = !known && this.kept.size >= KEPT && number < this.kept.keys().next().value;
    if (number <= this.from || dropped || known?.outcome === exchange.outcome) return;
    this.kept.set(number, exchange);
    this.changed.add(number);
  }

  /** Many frames may come between two pictures on the screen: they are told as one change. */
  soon() {
    if (this.planned) return;
    this.planned = true;
    requestAnimationFrame(() => {
      this.planned = false;
      const [changed, dropped] = [[...this.changed], this.dropped];
      this.changed.clear();
      this.dropped = [];
      this.onChange(changed, dropped);
    });
  }
}
