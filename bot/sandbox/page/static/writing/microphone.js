// The microphone: record, hear how loud it is, stop. What can go wrong is said in words.

const KINDS = ["audio/mp4", "audio/webm;codecs=opus", "audio/webm", "audio/ogg;codecs=opus"];
const ENDINGS = { "audio/mp4": "m4a", "audio/webm": "webm", "audio/ogg": "ogg" };

const WORDS = {
  NotAllowedError:
    "The browser didn't let this page use the microphone. Allow it beside the address, then try again. You can also attach a recording, or use a sample.",
  NotFoundError: "No microphone was found. Plug one in and try again, attach a recording, or use a sample.",
  NotReadableError: "Another program seems to be using the microphone. Close it there and try again.",
};
const OTHERWISE = "This browser can't record here. You can attach a recording, or use a sample.";

/** A recording that is running: `level()` 0 to 1, `seconds()`, `stop()` gives the clip, `cancel()` throws it away. */
export class Recording {
  constructor(stream) {
    this.stream = stream;
    this.kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one)) ?? "";
    this.recorder = new MediaRecorder(stream, {
      ...(this.kind && { mimeType: this.kind }),
      audioBitsPerSecond: 64_000,
    });
    this.parts = [];
    this.levels = [];
    this.recorder.addEventListener("dataavailable", ({ data }) => data.size && this.parts.push(data));
    this.listen();
    this.began = performance.now();
    this.recorder.start(1000);
  }

  listen() {
    this.context = new AudioContext();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 1024;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(this.stream).connect(this.analyser);
  }

  /** How loud it is just now, 0 to 1. */
  level() {
    this.analyser.getFloatTimeDomainData(this.samples);
    const power = this.samples.reduce((sum, one) => sum + one * one, 0) / this.samples.length;
    const loud = Math.min(1, Math.sqrt(power) * 4);
    this.levels.push(Math.round(loud * 100));
    return loud;
  }

  /** How long it has run. */
  seconds() {
    return (performance.now() - this.began) / 1000;
  }

  /** End it. Gives `{blob, name, seconds, wave}`; the type is the container alone, as Slack names it. */
  async stop() {
    const seconds = this.seconds();
    await new Promise((done) => {
      this.recorder.addEventListener("stop", done, { once: true });
      this.recorder.stop();
    });
    this.letGo();
    const type = (this.recorder.mimeType || this.kind || "audio/webm").split(";")[0];
    return {
      blob: new Blob(this.parts, { type }),
      name: `audio_message.${ENDINGS[type] ?? "webm"}`,
      seconds,
      wave: this.levels,
    };
  }

  /** Throw it away. */
  cancel() {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.letGo();
  }

  letGo() {
    this.stream.getTracks().forEach((track) => track.stop());
    if (this.context.state !== "closed") this.context.close();
  }
}

/** Begin to record. Gives `{recording}` or `{words}`: what a person can do about it. */
export async function beginRecording() {
  if (!navigator.mediaDevices?.getUserMedia || !globalThis.MediaRecorder) return { words: OTHERWISE };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true },
    });
    return { recording: new Recording(stream) };
  } catch (trouble) {
    return { words: WORDS[trouble.name] ?? OTHERWISE };
  }
}
