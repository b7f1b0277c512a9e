// Where this tab is, kept in its address: who (`as`), which conversation (`at`), `thread`, `message` to jump to, `tab`.

const KEYS = ["as", "at", "thread", "message", "tab"];
const movers = new Set();

/** Where the tab is now: every key, absent ones as "". */
export function where() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(KEYS.map((key) => [key, query.get(key) ?? ""]));
}

/**
 * Go somewhere. Another conversation leaves thread, message and tab behind unless they are given too.
 * `replace` leaves no step to come back to; `quiet` tells nobody.
 */
export function go(changes, { replace = false, quiet = false } = {}) {
  const elsewhere = "at" in changes && changes.at !== where().at;
  const next = { ...where(), ...(elsewhere ? { thread: "", message: "", tab: "" } : {}), ...changes };
  const address = addressOf(next);
  if (address !== addressOf(where())) history[replace ? "replaceState" : "pushState"]({}, "", address);
  if (!quiet) tellMovers();
}

/** The address of a place in this workspace, as this person unless another is named. */
export function addressOf(place) {
  const query = Object.entries({ as: where().as, ...place }).filter(([key, value]) => KEYS.includes(key) && value);
  return `/?${new URLSearchParams(query)}`;
}

/** The permanent link to a message, as Slack writes it. */
export function permalink(channel, message) {
  const inThread =
    message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${channel}` : "";
  return `${location.origin}/archives/${channel}/p${message.ts.replace(".", "")}${inThread}`;
}

/** Hear of every move, also by the browser's Back. Gives what ends it. */
export function onMove(fn) {
  movers.add(fn);
  return () => movers.delete(fn);
}

/** Follow links to this workspace's own messages inside the page, as this person. */
export function followOwnLinks() {
  addEventListener("popstate", tellMovers);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const place = placeOf(new URL(link.href));
    if (!place) return;
    event.preventDefault();
    go(place);
  });
}

function placeOf(url) {
  if (url.origin !== location.origin) return null;
  const parts = /^\/archives\/(\w+)(?:\/p(\d{10})(\d{6}))?$/.exec(url.pathname);
  if (!parts) return null;
  const message = parts[2] ? `${parts[2]}.${parts[3]}` : "";
  return { at: parts[1], message, thread: url.searchParams.get("thread_ts") ?? "" };
}

function tellMovers() {
  for (const fn of [...movers]) fn(where());
}
