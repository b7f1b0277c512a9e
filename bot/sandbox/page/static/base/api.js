// What the page asks of the server. Nothing here ever throws: an answer that fails says so in `words`.

const CUT_OFF = {
  ok: false,
  error: "cut_off",
  words: "The sandbox can't be reached just now. Please try again in a moment.",
};

/** Who this tab is, from the address. */
export function me() {
  return new URLSearchParams(location.search).get("as") ?? "";
}

function address(path, query = {}) {
  const given = Object.entries({ as: me(), ...query }).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return `${path}?${new URLSearchParams(given)}`;
}

async function answered(asked) {
  try {
    const response = await asked;
    const said = await response.json();
    if (response.ok) return said;
    return { ok: false, error: said.error ?? "refused", words: said.words ?? "That didn't work. Please try again." };
  } catch {
    return CUT_OFF;
  }
}

function post(path, body) {
  return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/**
 * Do something as this person; the names are those of DOINGS on the server's side.
 * @returns {Promise<{ok: boolean, error?: string, words?: string}>}
 */
export function act(what, given = {}) {
  return answered(post(address("/page/do"), { what, ...given }));
}

/** Order something of the workspace itself: its clock, a fault, another person. */
export function control(what, given = {}) {
  return answered(post("/page/control", { what, ...given }));
}

/** Messages of a channel, oldest first: the last ones, or those `before`, `after` or `around` a timestamp. */
export function fetchMessages(channel, { before, after, around, limit = 60 } = {}) {
  return answered(fetch(address("/page/messages", { channel, before, after, around, limit })));
}

/** A thread: its head, then its replies. */
export function fetchThread(channel, ts) {
  return answered(fetch(address("/page/thread", { channel, ts })));
}

/**
 * Send a file (`blob`), or one of the sandbox's sample recordings (`sample`, its name). `onProgress` hears of the part
 * that is sent, 0 to 1.
 * @param {{channel: string, blob?: Blob, name?: string, clip?: boolean, thread?: string, text?: string,
 *   sample?: string}} given
 */
export function upload({ channel, blob, name, clip = false, thread, text, sample }, onProgress) {
  const query = { channel, name, clip: clip ? 1 : 0, thread_ts: thread, text, sample };
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("/page/upload", query));
    if (blob) request.setRequestHeader("Content-Type", blob.type || "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onload = () => resolve(read(request));
    request.onerror = () => resolve(CUT_OFF);
    request.send(blob ?? null);
  });
}

function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { ok: false, error: "refused", words: "The file could not be sent. Please try again." };
  }
}
