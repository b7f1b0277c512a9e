// Voice clips that were recorded and not yet sent, kept for each conversation and thread while the page is open. Sound
// is not written down anywhere, so a page that is about to be left asks first.

const kept = new Map(); // place -> promise of a clip
const atStake = new Set(); // recorders that are running or hold a clip

/** Keep a clip (a promise of what `Recording.stop` gives) for whoever comes back to this place. */
export function keepClip(place, clip) {
  kept.set(keyOf(place), clip);
}

/** The clip that waits in a place, if there is one; it waits no longer. */
export function takeClip(place) {
  const clip = kept.get(keyOf(place));
  kept.delete(keyOf(place));
  return clip;
}

/** Whether something would be lost with this recorder if the page were left now. */
export function isAtStake(recorder, yes) {
  if (yes) atStake.add(recorder);
  else atStake.delete(recorder);
}

function keyOf({ channel, thread }) {
  return `${channel} ${thread ?? ""}`;
}

addEventListener("beforeunload", (event) => {
  if (kept.size || atStake.size) event.preventDefault();
});
