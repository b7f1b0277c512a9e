// What happens when somebody presses Enter: a command is run, a message is said, files are sent.

import { act, upload } from "../base/api.js";
import { store } from "../base/store.js";
import { escapedAsSlack, toSlack } from "../messages/typed.js";

/** Whether this is a slash command rather than a message. */
export function isCommand(text) {
  return /^\/\S/.test(text);
}

/**
 * Send what was written. Gives `{ok: true}`, or what is left: `{ok: false, words, left?: text, files?: [File]}`.
 * @param {{text: string, mentions: Map, files: File[], broadcast?: boolean}} given
 * @param {{channel: string, thread?: string, talk: () => Talk}} place
 */
export function sendAll(given, place) {
  if (isCommand(given.text) && given.files.length === 0) return run(given, place);
  return given.files.length ? sendFiles(given, place) : say(given, place);
}

async function say({ text, mentions, broadcast }, { channel, thread, talk }) {
  const sent = toSlack(text, mentions);
  const pending = talk().pending(escapedAsSlack(sent));
  const answer = await act("say", { channel, text: sent, thread_ts: thread, broadcast });
  if (answer.ok) pending.sent(answer.ts);
  else pending.failed();
  return answer;
}

async function run({ text, mentions }, { channel, thread, talk }) {
  const [, command, rest] = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  if (!store.commands.some((one) => one.command === command)) return noSuchCommand(command, talk);
  const answer = await act("run", { channel, command, text: toSlack(rest, mentions), thread_ts: thread });
  if (answer.ok) return answer;
  talk().notice(`${command} didn't work: ${answer.words}`);
  return { ok: true };
}

function noSuchCommand(command, talk) {
  talk().notice(
    `${command} isn't a command here. Type / to see those there are; to send it as a message, put a space before it.`,
  );
  return { ok: false, words: "" };
}

async function sendFiles({ text, mentions, files }, { channel, thread, talk }) {
  const sent = toSlack(text, mentions);
  for (const [place, file] of files.entries()) {
    const words = `${place === 0 ? escapedAsSlack(sent) : ""}\n_Sending ${escapedAsSlack(file.name)} …_`.trim();
    const pending = talk().pending(words, (message) => message.files?.some((one) => one.name === file.name));
    const answer = await upload({ channel, blob: file, name: file.name, thread, text: place === 0 ? sent : "" });
    pending[answer.ok ? "sent" : "failed"](answer.message?.ts ?? answer.ts);
    if (!answer.ok) return { ...answer, left: place === 0 ? text : "", files: files.slice(place) };
  }
  return { ok: true };
}
