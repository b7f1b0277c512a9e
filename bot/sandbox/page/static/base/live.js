// The live socket: what the server tells goes into the store; a lost connection is tried again, with growing pauses.

import { me } from "./api.js";
import { takeIn, tell } from "./store.js";

const NOBODY = 4404; // the server knows nobody of this name, as after it was started anew
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/** Stay connected as this person; `tell("socket", {open})` says how it stands. */
export function goLive() {
  let pause = FIRST_PAUSE;
  const connect = () => {
    const socket = new WebSocket(
      `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/live?as=${encodeURIComponent(me())}`,
    );
    socket.onmessage = ({ data }) => {
      pause = FIRST_PAUSE;
      takeIn(withHeard(JSON.parse(data)));
    };
    socket.onopen = () => tell("socket", { open: true });
    socket.onclose = ({ code }) => {
      if (code === NOBODY) return location.replace("/");
      tell("socket", { open: false });
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
      return undefined;
    };
  };
  connect();
}

/** A clock runs on from when it was heard, so it remembers that. */
function withHeard(frame) {
  if (frame.clock) frame.clock.heard = Date.now();
  return frame;
}
