// The microphone and the picture button: what they make goes out like any other message.

const RECORDING_MS_MAX = 5 * 60_000;
const RECORDING_MS_MIN = 600;
const FILE_BYTES_MAX = 20 * 1024 * 1024;
const BITS_PER_SECOND = 32_000;
const TICK_MS = 250;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"];
const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"];
const FAULT_WORDS = {
  NotAllowedError: "micDenied",
  SecurityError: "micDenied",
  NotFoundError: "micMissing",
  OverconstrainedError: "micMissing",
};

const find = (id) => document.getElementById(id);

function recordableType() {
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return null;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

/** One recording at a time: from the press that starts it to the one that ends it. */
class Recording {
  #recorder;
  #stream;
  #chunks = [];
  #startedAt = performance.now();

  constructor(stream, type) {
    this.#stream = stream;
    this.#recorder = new MediaRecorder(stream, {
      mimeType: type,
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.#recorder.ondataavailable = ({ data }) => this.#chunks.push(data);
    this.#recorder.start();
  }

  get lengthMs() {
    return performance.now() - this.#startedAt;
  }

  /** Called when the microphone goes away by itself. */
  set onEnd(action) {
    for (const track of this.#stream.getTracks()) track.onended = action;
  }

  async end() {
    if (this.#recorder.state !== "inactive") {
      await new Promise((resolve) => {
        this.#recorder.onstop = resolve;
        this.#recorder.stop();
      });
    }
    for (const track of this.#stream.getTracks()) track.stop();
    const [type] = this.#recorder.mimeType.split(";");
    return new Blob(this.#chunks, { type });
  }
}

/**
 * `words(name)` is what the page says, `announce(text, kind)` shows a notice, and
 * `send({kind, file, seconds})` returns whether the file is on its way.
 */
export function setUpFiles({ words, announce, send }) {
  setUpPictures({ words, announce, send });
  const type = recordableType();
  if (!type) return;
  find("record").hidden = false;
  new Recorder({ words, announce, send, type });
}

class Recorder {
  #words;
  #announce;
  #send;
  #type;
  #recording = null;
  #isAsking = false;
  #timer;

  constructor({ words, announce, send, type }) {
    this.#words = words;
    this.#announce = announce;
    this.#send = send;
    this.#type = type;
    find("record").addEventListener("click", () => this.#start());
    find("record-cancel").addEventListener("click", () => this.#finish({ isWanted: false }));
    find("record-stop").addEventListener("click", () => this.#finish({ isWanted: true }));
    find("recorder").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.#finish({ isWanted: false });
    });
    addEventListener("pagehide", () => this.#finish({ isWanted: false }));
  }

  async #start() {
    if (this.#recording || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
      });
      this.#recording = new Recording(stream, this.#type);
      this.#recording.onEnd = () => this.#finish({ isWanted: true });
      this.#show(true);
    } catch (error) {
      this.#announce(this.#words(FAULT_WORDS[error.name] ?? "micFailed"), "lasting");
    } finally {
      this.#isAsking = false;
    }
  }

  async #finish({ isWanted }) {
    const recording = this.#recording;
    if (!recording) return;
    this.#recording = null;
    const lengthMs = recording.lengthMs;
    this.#show(false);
    const file = await recording.end();
    if (!isWanted) return;
    if (lengthMs < RECORDING_MS_MIN || file.size === 0) {
      this.#announce(this.#words("tooShort"), "warning");
      return;
    }
    this.#send({ kind: "voice", file, seconds: Math.round(lengthMs / 1000) });
  }

  #show(isRecording) {
    clearInterval(this.#timer);
    find("recorder").hidden = !isRecording;
    find("composer").hidden = isRecording;
    if (!isRecording) {
      this.#announce("", "");
      find("record").focus();
      return;
    }
    this.#announce(this.#words("recording"), "lasting");
    this.#tick();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    find("record-stop").focus();
  }

  #tick() {
    const lengthMs = this.#recording?.lengthMs ?? 0;
    const seconds = Math.floor(lengthMs / 1000);
    const number = (value, digits) => new Intl.NumberFormat(document.documentElement.lang, {
      minimumIntegerDigits: digits,
    }).format(value);
    find("record-time").textContent = `${number(Math.floor(seconds / 60), 1)}:${
      number(seconds % 60, 2)}`;
    if (lengthMs >= RECORDING_MS_MAX) this.#finish({ isWanted: true });
  }
}

function setUpPictures({ words, announce, send }) {
  find("attach").addEventListener("click", () => find("picture-file").click());
  find("picture-file").addEventListener("change", () => {
    const [file] = find("picture-file").files;
    find("picture-file").value = "";
    if (!file) return;
    if (!PICTURE_TYPES.includes(file.type)) return announce(words("fileKind"), "lasting");
    if (file.size > FILE_BYTES_MAX) return announce(words("fileTooLarge"), "lasting");
    send({ kind: "image", file });
  });
}
