// Date and time pickers: the browser's own, as everybody knows theirs. A moment is in the person's own time zone.

import { localOf, momentOf } from "./dates.js";
import { h } from "../base/ui.js";
import { wordsOf } from "./text.js";
import { store } from "../base/store.js";

/** A day: "2026-11-22". */
export function datePicker(element, use, naming) {
  return picker("date", use, naming, element, {
    shown: use.value.selected_date ?? "",
    entry: (local) => ({ selected_date: local || null }),
  });
}

/** A time of day: "09:30"; its zone is shown where the app names one. */
export function timePicker(element, use, naming) {
  const control = picker("time", use, naming, element, {
    shown: use.value.selected_time ?? "",
    entry: (local) => ({ selected_time: local || null }),
  });
  return element.timezone ? h("span", { class: "with-note" }, control, h("span", { class: "quiet" }, element.timezone)) : control;
}

/** A moment, in seconds. */
export function dateTimePicker(element, use, naming) {
  const zone = store.me?.tz;
  const moment = use.value.selected_date_time;
  return picker("datetime-local", use, naming, element, {
    shown: moment ? localOf(moment, zone) : "",
    entry: (local) => ({ selected_date_time: local ? momentOf(local, zone) : null }),
  });
}

function picker(type, use, { id, aria = {} } = {}, element, { shown, entry }) {
  const control = h("input", {
    type, id, class: "field moment", value: shown, title: element.placeholder ? wordsOf(element.placeholder) : null, ...aria,
    onChange: () => use.commit(entry(control.value), () => (control.value = shown)),
  });
  if (element.focus_on_load) control.dataset.focusOnLoad = "true";
  return control;
}
