// The chat's line to the server: what goes out is kept until it is accepted,
// what comes in resumes where it was cut.

import { askedPatienceMs, post } from "./chat-upload.js";

const OUTBOX_COUNT_MAX = 50;
const ATTEMPT_COUNT_MAX = 100;
const RETRY_DELAY_MS_MIN = 500;
const RETRY_DELAY_MS_MAX = 30_000;
const REQUEST_TIMEOUT_MS = 20_000;
const SILENCE_MS_MAX = 40_000;
const EVENT_LENGTH_MAX = 1_000_000;
const HOPEFUL_ATTEMPT_COUNT = 3;
const HISTORY_PAGE_COUNT_MAX = 200;

/** Web storage where the browser allows it (a sandboxed frame may not), else memory. */
export function openStorage() {
  try {
    localStorage.setItem("parlance.probe", "1");
    localStorage.removeItem("parlance.probe");
    return localStorage;
  } catch {
    const values = new Map();
    return {
      get length() { return values.size; },
      key: (index) => [...values.keys()][index] ?? null,
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => values.set(key, String(value)),
      removeItem: (key) => values.delete(key),
    };
  }
}

export function randomChatId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// crypto.randomUUID is missing on plain http, where the page is used on local networks.
function randomUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Message ids are decimal numbers that may outgrow a double, so they are compared as text. */
export function isLater(id, other) {
  return id.length === other.length ? id > other : id.length > other.length;
}

function backoffMs(attemptCount) {
  const ceiling = Math.min(RETRY_DELAY_MS_MAX, RETRY_DELAY_MS_MIN * 2 ** attemptCount);
  return ceiling * (0.5 + Math.random() / 2);
}

/** The wait before the next attempt; a sign of life (the network is back) cuts it short. */
class Pause {
  #wake = () => {};

  /** A server that asked for patience (`askedMs`) gets it, whatever else happens meanwhile. */
  async wait(askedMs, attemptCount) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, askedMs ?? backoffMs(attemptCount));
      if (askedMs) return;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }

  cut() {
    this.#wake();
  }
}

/**
 * Messages on their way out, in order, one in flight, each under an id that makes a repeat
 * harmless. Every item has its own storage key so that two tabs cannot overwrite each other.
 */
export class Outbox {
  #storage;
  #address;
  #prefix;
  #listener;
  #pause = new Pause();
  #isSending = false;
  items = [];

  /** `listener` has `changed(item)` (accepted, refused or further out; see `item.state`). */
  constructor({ storage, chatId, listener }) {
    this.#storage = storage;
    this.#address = `/gateway/webchat/${chatId}/send`;
    this.#prefix = `parlance.outbox.${chatId}.`;
    this.#listener = listener;
    this.items = this.#load();
  }

  #load() {
    const items = [];
    for (let index = 0; index < this.#storage.length; index += 1) {
      const key = this.#storage.key(index);
      if (!key?.startsWith(this.#prefix)) continue;
      try {
        const item = JSON.parse(this.#storage.getItem(key));
        if (typeof item.id === "string" && typeof item.at === "number") items.push(item);
      } catch {
        // An entry that is not ours or was cut off says nothing that could still be sent.
      }
    }
    return items.sort((one, other) => one.at - other.at).slice(0, OUTBOX_COUNT_MAX);
  }

  /** Returns the kept item, or null when too many are waiting. */
  add(content) {
    if (this.items.length >= OUTBOX_COUNT_MAX) return null;
    const at = Math.max(Date.now(), (this.items.at(-1)?.at ?? 0) + 1);
    const item = { id: randomUuid(), at, state: "waiting", ...content };
    this.items.push(item);
    this.#keep(item);
    this.send();
    return item;
  }

  #keep(item) {
    // A file is no text, and too large for this storage: it lives as long as the page.
    if (item.file) return;
    try {
      this.#storage.setItem(this.#prefix + item.id, JSON.stringify(item));
    } catch {
      // A full storage costs only the survival of a reload: the item still goes out from memory.
    }
  }

  retry(id) {
    const item = this.items.find((candidate) => candidate.id === id);
    if (!item) return;
    item.state = "waiting";
    delete item.reason;
    this.#keep(item);
    this.#listener.changed(item);
    this.send();
  }

  /** Forgets an item: it was accepted, seen in the conversation, or given up by the person. */
  remove(id) {
    this.items = this.items.filter((item) => item.id !== id);
    this.#storage.removeItem(this.#prefix + id);
  }

  clear() {
    for (const item of [...this.items]) this.remove(item.id);
  }

  /** Works the queue off; also called on every sign that the line is back. */
  async send() {
    this.#pause.cut();
    if (this.#isSending) return;
    this.#isSending = true;
    let attemptCount = 0;
    while (attemptCount < ATTEMPT_COUNT_MAX) {
      const item = this.items.find((candidate) => candidate.state === "waiting");
      if (!item) break;
      const outcome = await post(this.#address, item, (share) => {
        item.share = share;
        this.#listener.changed(item);
      });
      if (!this.items.includes(item)) continue;
      if (outcome.kind === "unreachable") {
        attemptCount += 1;
        await this.#pause.wait(outcome.delayMs, attemptCount);
        continue;
      }
      attemptCount = 0;
      item.state = outcome.kind;
      item.reason = outcome.reason;
      if (outcome.kind === "accepted") this.remove(item.id);
      else this.#keep(item);
      this.#listener.changed(item);
    }
    this.#isSending = false;
  }
}

/** Splits a body of server-sent events; comments come out too, since they prove life. */
async function* serverSentEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let event = { type: "message", data: [] };
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      if (rest.length > EVENT_LENGTH_MAX) return;
      yield { type: "alive", data: "" };
      for (const line of lines.map((each) => each.replace(/\r$/, ""))) {
        if (line === "") {
          if (event.data.length > 0) yield { type: event.type, data: event.data.join("\n") };
          event = { type: "message", data: [] };
          continue;
        }
        const [, field, content] = /^([^:]*):? ?(.*)$/.exec(line);
        if (field === "event") event.type = content;
        if (field === "data") event.data.push(content);
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * Everything the server says, in order and without gaps: history first, then the live stream.
 * A plain EventSource cannot see heartbeat comments, so a dead line would look like a quiet one.
 */
export class Line {
  #base;
  #listener;
  #pause = new Pause();
  #connection = null;
  #heardAt = 0;
  #isUrgent = false;

  /**
   * `listener` has `resumePoints()` ({live, history}: ids after which to ask), `messages(list)`,
   * `caughtUp()`, `event(type, value)` and `state(name)` (connecting, online or offline).
   */
  constructor({ chatId, listener }) {
    this.#base = `/gateway/webchat/${chatId}`;
    this.#listener = listener;
  }

  /** Keeps the line up for as long as the page lives. */
  async run() {
    let attemptCount = 0;
    while (true) {
      this.#listener.state(this.#stateAfter(attemptCount));
      this.#connection = new AbortController();
      let delayMs = null;
      try {
        await this.#catchUp();
        this.#listener.caughtUp();
        delayMs = await this.#listen(() => { attemptCount = 0; });
      } catch {
        // Cut, refused or unreadable: the next attempt resumes after the last message seen.
      }
      attemptCount += 1;
      this.#listener.state(this.#stateAfter(attemptCount));
      if (!this.#isUrgent || delayMs) await this.#pause.wait(delayMs, attemptCount);
      this.#isUrgent = false;
    }
  }

  // A phone may believe it is online while nothing gets through.
  #stateAfter(attemptCount) {
    return navigator.onLine && attemptCount < HOPEFUL_ATTEMPT_COUNT ? "connecting" : "offline";
  }

  async #catchUp() {
    let { history: after } = this.#listener.resumePoints();
    for (let count = 0; count < HISTORY_PAGE_COUNT_MAX; count += 1) {
      const messages = await this.#page(after);
      this.#listener.messages(messages);
      const last = messages.at(-1)?.id;
      if (last === undefined || (after && !isLater(last, after))) return;
      after = last;
    }
  }

  async #page(after) {
    const query = after ? `?after=${encodeURIComponent(after)}` : "";
    const timer = setTimeout(() => this.#connection.abort(), REQUEST_TIMEOUT_MS);
    try {
      const response = await fetch(`${this.#base}/messages${query}`, {
        cache: "no-store",
        signal: this.#connection.signal,
      });
      if (!response.ok) throw new Error(`history answered ${response.status}`);
      const body = await response.json();
      return (body.data ?? body).messages.filter(({ id }) => /^\d+$/.test(id));
    } finally {
      clearTimeout(timer);
    }
  }

  async #listen(onConnected) {
    const connection = this.#connection;
    const { live } = this.#listener.resumePoints();
    const query = live ? `?after=${encodeURIComponent(live)}` : "";
    let silence = setTimeout(() => connection.abort(), REQUEST_TIMEOUT_MS);
    try {
      const response = await fetch(`${this.#base}/stream${query}`, {
        headers: { accept: "text/event-stream" },
        cache: "no-store",
        signal: connection.signal,
      });
      if (!response.ok) return askedPatienceMs(response.headers.get("retry-after"));
      this.#heardAt = Date.now();
      onConnected();
      this.#listener.state("online");
      for await (const { type, data } of serverSentEvents(response.body)) {
        clearTimeout(silence);
        silence = setTimeout(() => connection.abort(), SILENCE_MS_MAX);
        this.#heardAt = Date.now();
        if (data !== "") this.#dispatch(type, data);
      }
      return null;
    } finally {
      clearTimeout(silence);
      connection.abort();
    }
  }

  #dispatch(type, data) {
    if (!["message", "typing", "draft", "settled"].includes(type)) return;
    const value = JSON.parse(data);
    if (type !== "message") this.#listener.event(type, value);
    else if (/^\d+$/.test(value.id)) this.#listener.messages([value]);
  }

  /** Called when the network returns or the page is shown: a doubtful line is replaced at once. */
  wake({ isDoubtful }) {
    const isStale = Date.now() - this.#heardAt > SILENCE_MS_MAX / 2;
    if (isDoubtful || isStale) {
      this.#isUrgent = true;
      this.#connection?.abort();
    }
    this.#pause.cut();
  }

  /** Called when the network is known to be gone: waiting for a time-out would only lose time. */
  cut() {
    this.#connection?.abort();
  }
}
