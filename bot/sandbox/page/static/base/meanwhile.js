// What the live socket tells of a channel while something of it is being fetched: the answer may be older than that.

const fetching = new Set(); // {channel, heard: [frame]}

/**
 * Wait for an answer about a channel, keeping the frames that come meanwhile.
 * @returns {Promise<{answer: object, heard: Array}>}
 */
export async function meanwhile(channel, asked) {
  const one = { channel, heard: [] };
  fetching.add(one);
  const answer = await asked;
  fetching.delete(one);
  return { answer, heard: one.heard };
}

/** A frame about a channel has come: whoever is fetching something of it will want to know. */
export function overhear(frame) {
  for (const one of fetching) if (one.channel === frame.channel) one.heard.push(frame);
}
