// The app's Home: its view drawn wide, kept up to date in place, so that what somebody fills in stays.

import { Form } from "./form.js";
import { store } from "../base/store.js";
import { h, icon } from "../base/ui.js";

let form = null;

/** The Home as the app has it now; a kind line where it has none yet. The same view gives the same node again. */
export function renderHome(view) {
  if (!view) return empty();
  if (form?.view.id === view.id) form.update(view);
  else form = new Form(view);
  form.root.classList.add("home-blocks");
  return form.root;
}

function empty() {
  const name = store.app?.name ?? "The app";
  return h("div", { class: "home-empty" }, icon("home"), h("p", {}, `${name} has nothing on its Home for you yet.`),
    h("p", { class: "quiet" }, "It may still be getting ready."));
}
