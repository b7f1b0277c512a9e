// A player for recordings: play, the shape of the sound, where one is, how fast. One plays at a time.

import { h, icon, refill } from "../base/ui.js";
import { minutes } from "../base/when.js";

const BARS = 50;
const SPEEDS = [1, 1.2, 1.5, 2];
let playing = null;

/**
 * A player. `wave` are loudnesses (0 to 100) from beginning to end, `seconds` how long it is.
 * @param {{src: string, seconds: number, wave: number[], label: string}} recording
 */
export function renderPlayer(recording) {
  return new Player(recording).element;
}

class Player {
  constructor({ src, seconds, wave, label }) {
    Object.assign(this, { src, seconds, audio: null, label });
    this.button = h(
      "button",
      { type: "button", class: "play", "aria-label": `Play: ${label}`, onClick: () => this.toggle() },
      icon("play"),
    );
    this.seek = h("input", {
      type: "range",
      min: "0",
      max: "1000",
      value: "0",
      step: "1",
      "aria-label": "Position",
      onInput: () => this.jump(),
    });
    this.clock = h("span", { class: "player-time" }, minutes(seconds));
    this.speed = h(
      "button",
      { type: "button", class: "speed", "aria-label": "Speed: 1×", title: "Speed", onClick: () => this.faster() },
      "1×",
    );
    this.wave = h(
      "span",
      { class: "wave" },
      drawWave(wave),
      h("span", { class: "wave-done" }, drawWave(wave)),
      this.seek,
    );
    this.element = h(
      "div",
      { class: "player", role: "group", "aria-label": label },
      this.button,
      this.wave,
      this.clock,
      this.speed,
    );
    this.show();
  }

  /** The sound itself is fetched when somebody first wants it. */
  sound() {
    if (this.audio) return this.audio;
    this.audio = new Audio(this.src);
    for (const event of ["timeupdate", "play", "pause", "ended"]) this.audio.addEventListener(event, () => this.show());
    this.audio.addEventListener("error", () => this.fail());
    return this.audio;
  }

  async toggle() {
    const audio = this.sound();
    if (!audio.paused) return audio.pause();
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    this.frame = requestAnimationFrame(() => this.follow());
    return audio.play().catch(() => this.fail());
  }

  follow() {
    this.show();
    if (this.audio && !this.audio.paused && this.element.isConnected) requestAnimationFrame(() => this.follow());
    else if (!this.element.isConnected) this.audio?.pause();
  }

  jump() {
    this.sound().currentTime = (this.seek.value / 1000) * this.length();
    this.show();
  }

  faster() {
    const speed = SPEEDS[(SPEEDS.indexOf(this.sound().playbackRate) + 1) % SPEEDS.length] ?? 1;
    this.audio.playbackRate = speed;
    this.speed.textContent = `${speed}×`;
    this.speed.setAttribute("aria-label", `Speed: ${speed}×`);
  }

  length() {
    const known = this.audio?.duration;
    return this.seconds || (Number.isFinite(known) ? known : 0);
  }

  show() {
    const [at, length] = [this.audio?.currentTime ?? 0, this.length()];
    const part = length ? Math.min(1, at / length) : 0;
    const on = Boolean(this.audio && !this.audio.paused && !this.audio.ended);
    this.wave.style.setProperty("--done", String(part));
    this.seek.value = Math.round(part * 1000);
    this.seek.setAttribute("aria-valuetext", `${minutes(at)} of ${minutes(length)}`);
    this.clock.textContent = minutes(at > 0 && on ? at : length);
    if (this.on === on) return;
    this.on = on;
    refill(this.button, icon(on ? "pause" : "play"));
    this.button.setAttribute("aria-label", `${on ? "Pause" : "Play"}: ${this.label}`);
  }

  fail() {
    this.clock.textContent = "can't be played";
    this.element.classList.add("broken");
  }
}

function drawWave(samples) {
  const bars = squeeze(samples.length ? samples : Array(BARS).fill(8));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${BARS * 4} 32`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", bars.map((loud, place) => `M${place * 4 + 2} ${16 - loud}v${loud * 2}`).join(""));
  svg.append(path);
  return svg;
}

/** As many bars as there is room for, each half its height: 1 to 14. */
function squeeze(samples) {
  const loudest = Math.max(...samples, 20);
  return Array.from({ length: BARS }, (_, place) => {
    const from = Math.floor((place * samples.length) / BARS);
    const some = samples.slice(from, Math.max(from + 1, Math.floor(((place + 1) * samples.length) / BARS)));
    return Math.max(1, Math.round((Math.max(...some, 0) / loudest) * 14));
  });
}
