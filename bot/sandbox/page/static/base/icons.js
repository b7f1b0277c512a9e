// The page's own line icons on a grid of 20.

const NS = "http://www.w3.org/2000/svg";

const PATHS = {
  hash: "M8 3 6 17M14 3l-2 14M4 7.5h13M3 12.5h13",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4l-6 6 6 6",
  down: "M5 8l5 5 5-5",
  up: "M5 12l5-5 5 5",
  right: "M8 5l5 5-5 5",
  plus: "M10 4v12M4 10h12",
  more: "M5 9.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6M10 9.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6M15 9.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6",
  smile: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M7.5 8h.01M12.5 8h.01M7 11.5c1.5 2.3 4.5 2.3 6 0",
  reply: "M4 4h12v9H9l-4 3v-3H4z",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l1-1",
  edit: "M4 16l1-4 8-8 3 3-8 8zM11.5 5.5l3 3",
  bin: "M4 6h12M8 6V4h4v2M5.5 6l1 11h7l1-11M8.5 9v5M11.5 9v5",
  send: "M3 10l14-6-5 13-3-5.5zM9 11.5 17 4",
  microphone:
    "M10 3a2.3 2.3 0 0 0-2.3 2.3v4.4a2.3 2.3 0 0 0 4.6 0V5.3A2.3 2.3 0 0 0 10 3M5 9.5a5 5 0 0 0 10 0M10 14.5V17M7.5 17h5",
  play: "M6.5 4.5l9 5.5-9 5.5z",
  pause: "M7 5v10M13 5v10",
  stop: "M6 6h8v8H6z",
  download: "M10 3v9M6.5 8.5 10 12l3.5-3.5M4 16h12",
  file: "M5 3h7l3 3v11H5zM12 3v3h3",
  attach: "M14.5 9.5 9.3 14.7a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.6 5.6a1 1 0 0 1-1.4-1.4l4.8-4.8",
  at: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0v1.2a2 2 0 0 0 4 0V10a7 7 0 1 0-2.8 5.6",
  slash: "M12.5 4l-5 12",
  search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4M12.7 12.7 17 17",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
  moon: "M16 12.2A6.5 6.5 0 0 1 7.8 4 6.5 6.5 0 1 0 16 12.2z",
  person: "M10 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6M4 17c.6-3.5 3-5 6-5s5.4 1.5 6 5",
  people:
    "M7.5 5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M2.5 16c.5-3 2.4-4.3 5-4.3s4.5 1.3 5 4.3M12.5 5.2a2.4 2.4 0 0 1 0 4.6M14.5 12c1.7.5 2.7 1.8 3 4",
  home: "M3.5 9.5 10 4l6.5 5.5M5.5 8v8.5h9V8M8.5 16.5v-4h3v4",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6v4l3 2",
  warning: "M10 3 2.5 16.5h15zM10 8v4M10 14.2h.01",
  check: "M4 10.5l4 4 8-9",
  copy: "M7 7h9v9H7zM4 13V4h9",
  eye: "M2.5 10c3-5.5 12-5.5 15 0-3 5.5-12 5.5-15 0M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  calendar: "M4 5h12v12H4zM4 8.5h12M7 3v3M13 3v3",
  bolt: "M11 2.5 4.5 11.5H9.5L9 17.5 15.5 8.5H10.5z",
  tools: "M3 6h8M15 6h2M13 4v4M3 14h2M9 14h8M7 12v4",
  refresh: "M16 10a6 6 0 1 1-2-4.5M16.5 3v3.5H13",
  leave: "M8 4H4v12h4M8 10h9M14 7l3 3-3 3",
};

/** A line icon by name, hidden from those who listen: its button or text says what it is. */
export function icon(name) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", PATHS[name] ?? PATHS.more);
  svg.append(path);
  return svg;
}
