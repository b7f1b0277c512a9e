// What can be ordered to go wrong: the words on the Trouble tab, and what the server is asked for.

/** Methods of Slack that the bot calls most; any other can be typed in. */
export const METHODS = [
  "chat.postMessage", "chat.update", "chat.postEphemeral", "chat.delete", "views.open", "views.update", "views.publish",
  "conversations.history", "conversations.open", "conversations.list", "conversations.join", "users.info", "files.info",
];

/** Ways in which a call can go wrong. `asks` names the number that belongs to it. */
export const ANSWERS = [
  { name: "rate_limit", label: "is told to slow down (429)", asks: { name: "retry_after", label: "Seconds to wait", value: 2 } },
  { name: "server_error", label: "fails at Slack's end (500)" },
  { name: "answer_lost", label: "is done, but its answer gets lost (500)" },
  { name: "error_body", label: "is answered with an error of Slack's own (200)" },
  { name: "slow", label: "takes its time", asks: { name: "seconds", label: "Seconds it takes", value: 5 } },
];

/** Ways in which the next download can go wrong. */
export const DOWNLOADS = [
  { kind: "html", label: "brings a login page instead" },
  { kind: "redirect", label: "leads away to another host" },
  { kind: "truncated", label: "breaks off half-way" },
  { kind: "gone", label: "finds nothing there (404)" },
];

/** One-press orders about files. */
export const FILES = [
  { name: "next_file_vanishes", label: "Next file goes early", hint: "The next file that somebody shares is deleted before the bot hears of it." },
  { name: "next_file_is_bare", label: "Next file comes bare", hint: "The next file arrives as from another company's Slack: its id and nothing else." },
  { name: "upload_fails", label: "Next upload fails", hint: "The next file that the bot sends does not get through." },
];

/** One-press orders about what Slack tells the bot. `atOnce` ones happen now, the others wait for their moment. */
export const DELIVERIES = [
  { name: "duplicate_next_event", label: "Tell the next one twice", hint: "The next event reaches the bot twice, under the same id." },
  { name: "slow_events", given: { seconds: 60 }, label: "Tell the next one late", hint: "The next event reaches the bot a minute late, by the workspace's clock." },
  { name: "drop_at_next_envelope", label: "Cut off mid-sentence", hint: "The connection breaks just as the next thing is about to be told." },
  { name: "hold_events", label: "Hold events back", hint: "Nothing that happens reaches the bot until you let it go." },
  { name: "release_events", atOnce: true, label: "Let them go", hint: "What was held back is delivered now, in order." },
  { name: "release_events", atOnce: true, given: { newest_first: true }, label: "Let them go, newest first", hint: "What was held back is delivered now, the wrong way round." },
  { name: "drop_connections", atOnce: true, label: "Cut the connection", hint: "The bot's connection breaks off now, without a word." },
  { name: "disconnect", atOnce: true, given: { reason: "refresh_requested" }, label: "Ask for a fresh connection", hint: "Slack does this every few hours; the bot should hardly notice." },
];

/** What is said once an order was taken. */
export function taken(name) {
  if (name === "clear") return "All called off.";
  return DELIVERIES.some((one) => one.name === name && one.atOnce) ? "Done." : "Ordered.";
}

/** Anything ordered, in words. `fault` is `{name, method?, times?, kind?, …}` as the server lists it. */
export function inWords(fault) {
  const answer = ANSWERS.find((one) => one.name === fault.name);
  if (answer) return `${fault.method} ${answer.label}${often(fault.times)}`;
  if (fault.name === "download") return `A download ${DOWNLOADS.find((one) => one.kind === fault.kind)?.label ?? "fails"}${often(fault.times)}`;
  if (fault.name === "hold_events") return "Events are held back";
  const order = [...FILES, ...DELIVERIES].find((one) => one.name === fault.name);
  return `${order?.label ?? fault.name.replaceAll("_", " ")}${often(fault.times)}`;
}

function often(times) {
  return times > 1 ? `, ${times} times` : "";
}
