// What the select menus offer: options of the app, people, channels, conversations, or what the app suggests.

import { combobox } from "./combobox.js";
import { face } from "../base/faces.js";
import { channelName, person, store } from "../base/store.js";
import { plain, wordsOf } from "./text.js";
import { icon } from "../base/ui.js";
import { keyOf } from "./values.js";

const PAUSE = 250;
const FEWEST_LETTERS = 3;
const LONGEST_LIST = 100;

/** A select menu of any kind, for one choice or several. */
export function select(element, use, naming = {}) {
  const kind = element.type.replace(/^multi_/, "").replace(/_select$/, "");
  const source = SOURCES[kind](element, use);
  const several = element.type.startsWith("multi_");
  const key = keyOf(element);
  const held = [use.value[key] ?? []].flat();
  const entry = (choices) => ({ [key]: several ? choices.map((one) => one.raw) : choices[0]?.raw ?? null });
  const root = combobox({
    ...naming, several, ...source,
    most: element.max_selected_items ?? Infinity,
    canClear: Boolean(use.block.optional),
    placeholder: element.placeholder ? plain(element.placeholder.text) : several ? "Select options" : "Select an option",
    chosen: held.map(source.choiceOf),
    onChange: (choices) => use.commit(entry(choices), () => startAgain()),
  });
  const startAgain = () => {
    const fresh = select(element, use, naming);
    root.replaceWith(fresh);
    fresh.querySelector("input").focus();
  };
  if (element.focus_on_load) root.querySelector("input").dataset.focusOnLoad = "true";
  return root;
}

const SOURCES = {
  static: (element) => ({ choiceOf: optionChoice, find: async (query) => ({ groups: matching(groupsOf(element), query) }) }),
  external: (element, use) => ({ choiceOf: optionChoice, find: suggestions(element, use) }),
  users: () => ({ choiceOf: userChoice, find: listed(people, userChoice) }),
  channels: () => ({ choiceOf: channelChoice, find: listed(publicChannels, channelChoice) }),
  conversations: (element) => ({ choiceOf: channelChoice, find: listed(() => conversations(element.filter ?? {}), channelChoice) }),
};

function optionChoice(option) {
  return {
    value: option.value, text: wordsOf(option.text), raw: option,
    description: option.description ? wordsOf(option.description) : "",
  };
}

function groupsOf(given) {
  const groups = given.option_groups ?? [{ options: given.options ?? [] }];
  return groups.map((group) => ({ label: group.label ? wordsOf(group.label) : "", choices: group.options.map(optionChoice) }));
}

function matching(groups, query) {
  const wanted = query.trim().toLocaleLowerCase();
  const fits = (choice) => `${choice.text} ${choice.also ?? ""}`.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, choices: group.choices.filter(fits) }));
}

/** Ask the app, once enough letters are there and the person pauses. */
function suggestions(element, use) {
  const fewest = element.min_query_length ?? FEWEST_LETTERS;
  let asked = 0;
  return async (query) => {
    asked += 1;
    const mine = asked;
    if (query.length < fewest) return { groups: [], note: `Type ${fewest === 1 ? "a letter" : `${fewest} letters`} to search.` };
    await new Promise((done) => setTimeout(done, PAUSE));
    if (mine !== asked) return { groups: [] };
    const answer = await use.suggest(query);
    return answer.ok ? { groups: groupsOf(answer) } : { groups: [], note: answer.words };
  };
}

function listed(all, choiceOf) {
  return async (query) => {
    const [found] = matching([{ choices: all().map(choiceOf) }], query);
    const note = found.choices.length > LONGEST_LIST ? "Type to find more." : "";
    return { groups: [{ choices: found.choices.slice(0, LONGEST_LIST) }], note };
  };
}

function userChoice(idOrPerson) {
  const someone = typeof idOrPerson === "string" ? person(idOrPerson) : idOrPerson;
  const description = someone.display === someone.name ? "" : someone.name;
  return { value: someone.id, raw: someone.id, text: someone.display, description, also: someone.name, face: () => face(someone, "tiny") };
}

function people() {
  return [...store.people.values()].filter((one) => !one.deleted).sort((one, other) => one.display.localeCompare(other.display));
}

function channelChoice(idOrChannel) {
  const channel = typeof idOrChannel === "string" ? store.channels.get(idOrChannel) : idOrChannel;
  if (!channel) return { value: idOrChannel, raw: idOrChannel, text: "A private channel" };
  const sign = { channel: "hash", group: "lock", im: "person", mpim: "people" }[channel.kind];
  return { value: channel.id, raw: channel.id, text: channelName(channel), face: () => icon(sign) };
}

function publicChannels() {
  return byName([...store.channels.values()].filter((one) => one.kind === "channel" && !one.archived));
}

function conversations(filter) {
  const kinds = { public: "channel", private: "group", im: "im", mpim: "mpim" };
  const wanted = (filter.include ?? Object.keys(kinds)).map((name) => kinds[name]);
  const isBot = (channel) => channel.kind === "im" && channel.members.some((id) => ["app", "bot"].includes(person(id).kind));
  const fits = (one) => wanted.includes(one.kind) && !one.archived && !(filter.exclude_bot_users && isBot(one));
  return byName([...store.channels.values()].filter(fits));
}

function byName(channels) {
  return channels.sort((one, other) => channelName(one).localeCompare(channelName(other)));
}
