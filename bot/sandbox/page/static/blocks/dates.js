// Dates as a person reads them on their own calendar, and Slack's tokens for them ({date_long}, {time}, …).
//
// Moments are seconds since 1970, as Slack has them; a zone is a name such as "Europe/London".

const PARTS = {
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
};
const DAY = 86400;
const formats = new Map();

/** The moment on the wall in that zone, written as <input type="datetime-local"> wants it: 2026-11-22T09:00. */
export function localOf(moment, zone) {
  const { year, month, day, hour, minute } = wall(moment, zone);
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

/** The moment at which the wall in that zone shows `local` (2026-11-22T09:00); null if it is no date. */
export function momentOf(local, zone) {
  const guess = Date.parse(`${local}Z`) / 1000;
  if (Number.isNaN(guess)) return null;
  const once = guess - offset(guess, zone);
  return guess - offset(once, zone);
}

/** A template with Slack's tokens filled in; `now` (seconds) decides what is today. Unknown tokens stay as they are. */
export function fillDate(template, moment, zone, now) {
  return template.replace(/\{(\w+)\}/g, (token, name) => {
    const make = TOKENS[name];
    return make ? make(moment, zone, now) : token;
  });
}

const TOKENS = {
  date_num: (moment, zone) => localOf(moment, zone).slice(0, 10),
  date_slash: (moment, zone) => written(moment, zone, { day: "2-digit", month: "2-digit", year: "numeric" }),
  date: (moment, zone) => written(moment, zone, { day: "numeric", month: "long", year: "numeric" }),
  date_long_full: (moment, zone) => TOKENS.date(moment, zone),
  date_short: (moment, zone) => written(moment, zone, { day: "numeric", month: "short", year: "numeric" }),
  date_long: (moment, zone) => written(moment, zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
  date_pretty: (moment, zone, now) => nearDay(moment, zone, now) ?? TOKENS.date(moment, zone),
  date_short_pretty: (moment, zone, now) => nearDay(moment, zone, now) ?? TOKENS.date_short(moment, zone),
  date_long_pretty: (moment, zone, now) => nearDay(moment, zone, now) ?? TOKENS.date_long(moment, zone),
  day_divider_pretty: (moment, zone, now) => nearDay(moment, zone, now) ?? withoutThisYear(moment, zone, now),
  time: (moment, zone) => localOf(moment, zone).slice(11),
  time_secs: (moment, zone) => `${localOf(moment, zone).slice(11)}:${wall(moment, zone).second}`,
  ago: (moment, zone, now) => ago(moment, now),
};

function nearDay(moment, zone, now) {
  const midnight = (at) => Date.parse(`${TOKENS.date_num(at, zone)}T00:00Z`) / 1000;
  const days = Math.round((midnight(moment) - midnight(now)) / DAY);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days];
}

function withoutThisYear(moment, zone, now) {
  const thisYear = wall(moment, zone).year === wall(now, zone).year;
  return thisYear ? written(moment, zone, { weekday: "long", day: "numeric", month: "long" }) : TOKENS.date_long(moment, zone);
}

function ago(moment, now) {
  const units = [["year", 365 * DAY], ["month", 30 * DAY], ["week", 7 * DAY], ["day", DAY], ["hour", 3600], ["minute", 60]];
  const gone = moment - now;
  const [unit, seconds] = units.find(([, size]) => Math.abs(gone) >= size) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" }).format(Math.trunc(gone / seconds), unit);
}

function written(moment, zone, how) {
  return formatter(zone, how).format(moment * 1000);
}

function wall(moment, zone) {
  return Object.fromEntries(formatter(zone, PARTS).formatToParts(moment * 1000).map(({ type, value }) => [type, value]));
}

/** How many seconds the wall in that zone is ahead of UTC at the moment. */
function offset(moment, zone) {
  const { year, month, day, hour, minute, second } = wall(moment, zone);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - Math.floor(moment);
}

function formatter(zone, how) {
  const key = `${zone} ${JSON.stringify(how)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: known(zone), ...how }));
  return formats.get(key);
}

function known(zone) {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone || "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
