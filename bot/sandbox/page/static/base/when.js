// When messages were said, by their reader's own clock and calendar. A `ts` is Slack's: seconds since 1970, as text.

import { now, store } from "./store.js";

const formats = new Map();

function written(date, name, options) {
  const zone = store.me?.tz;
  const key = `${name} ${zone}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key).format(date);
}

/** The moment of a ts. */
export function momentOf(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** The calendar day of a ts, such as 22/11/2026: equal for messages of one day. */
export function dayOf(ts) {
  return written(momentOf(ts), "day", { year: "numeric", month: "2-digit", day: "2-digit" });
}

/** A day as people say it: Today, Yesterday, Friday 20 November, with the year where it isn't this one. */
export function dayName(ts) {
  const [day, today] = [dayOf(ts), now()];
  if (day === dayOf(today / 1000)) return "Today";
  if (day === dayOf(today / 1000 - 86_400)) return "Yesterday";
  const long = { weekday: "long", day: "numeric", month: "long" };
  if (day.slice(-4) === dayOf(today / 1000).slice(-4)) return written(momentOf(ts), "long", long);
  return written(momentOf(ts), "longer", { ...long, year: "numeric" });
}

/** The time of day: 09:41. */
export function timeOf(ts) {
  return written(momentOf(ts), "time", { hour: "2-digit", minute: "2-digit" });
}

/** Day and time, for those who want to know exactly. */
export function exactly(ts) {
  return written(momentOf(ts), "exactly", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** Day and time in few words: "today at 09:41". */
export function dayAndTime(ts) {
  const day = dayName(ts);
  return `${day === "Today" || day === "Yesterday" ? day.toLocaleLowerCase() : day} at ${timeOf(ts)}`;
}

/** Seconds as a player shows them: 1:05. */
export function minutes(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
