// Light or dark: as the system says, until somebody chooses.

const KEY = "sandbox:theme";

/** What was chosen: "light", "dark", or "" for as the system says. */
export function theme() {
  return localStorage.getItem(KEY) ?? "";
}

/** Choose; "" follows the system again. */
export function choose(name) {
  if (name) localStorage.setItem(KEY, name);
  else localStorage.removeItem(KEY);
  show();
}

/** Show what was chosen, here and when another tab chooses. */
export function keepTheme() {
  show();
  addEventListener("storage", (event) => event.key === KEY && show());
}

function show() {
  if (theme()) document.documentElement.dataset.theme = theme();
  else delete document.documentElement.dataset.theme;
}
