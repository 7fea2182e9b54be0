// Draws the conversation. Everything people or the server wrote goes in as text nodes only.

import { isLater } from "./chat-link.js";

const GROUP_GAP_MS_MAX = 180_000;
const MARKS = [["**", "strong"], ["_", "em"], ["`", "code"]];
const LINK = /(?<link>https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/u;
const PROGRESS = /(?<bar>[▰▱]{2,})\s*(?<done>[\d۰-۹٠-٩]+)\s*\/\s*(?<total>[\d۰-۹٠-٩]+)/u;
const SPECIAL = new RegExp(`${LINK.source}|${PROGRESS.source}`, "gu");

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const make = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);
const draw = (tag, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const icon = (d) =>
  draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, draw("path", { d }));

const TICK = "M5 12.5l4.5 4.5L19 7.5";
const CLOCK = "M12 7v5l3.5 2M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17";
const ALERT = "M12 7v6M12 16.5v.5M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17";
const PAGE = "M7 3.5h7l4 4v13H7zM14 3.5v4h4";

function progress({ bar, done, total }, words) {
  const steps = [...bar].map((step) => make("i", { class: step === "▰" ? "step done" : "step" }));
  const label = words("progress", { done, total });
  return make("span", { class: "progress", role: "img", "aria-label": label },
    make("span", { class: "track" }, ...steps), `${done}/${total}`);
}

function appendPlain(parent, text, words) {
  let end = 0;
  for (const match of text.matchAll(SPECIAL)) {
    parent.append(text.slice(end, match.index));
    const { link } = match.groups;
    parent.append(link
      ? make("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, link)
      : progress(match.groups, words));
    end = match.index + match[0].length;
  }
  parent.append(text.slice(end));
}

const isWordAt = (text, index) => /[\p{L}\p{N}_]/u.test(text[index] ?? "");

/** The marked span that opens at `start`, or null: an unpaired mark is ordinary text. */
function spanAt(source, start) {
  const mark = MARKS.find(([sign]) => source.startsWith(sign, start));
  if (!mark) return null;
  const [sign, tag] = mark;
  const from = start + sign.length;
  if (/^\s|^$/.test(source.slice(from, from + 1))) return null;
  if (sign === "_" && (isWordAt(source, start - 1) || source[from] === "_")) return null;
  for (let index = from + 1; index < source.length; index += 1) {
    if (source[index - 1] === "\\" && source[index - 2] !== "\\") continue;
    if (!source.startsWith(sign, index) || /\s/.test(source[index - 1])) continue;
    const end = index + sign.length;
    if (sign === "_" && isWordAt(source, end)) continue;
    return { tag, inner: source.slice(from, index), end };
  }
  return null;
}

function appendMarkup(parent, source, words) {
  let plain = "";
  let index = 0;
  while (index < source.length) {
    if (source[index] === "\\" && index + 1 < source.length) {
      plain += source[index + 1];
      index += 2;
      continue;
    }
    const span = spanAt(source, index);
    if (!span) {
      plain += source[index];
      index += 1;
      continue;
    }
    appendPlain(parent, plain, words);
    plain = "";
    const element = make(span.tag);
    if (span.tag === "code") element.append(span.inner.replace(/\\(.)/gsu, "$1"));
    else appendMarkup(element, span.inner, words);
    parent.append(element);
    index = span.end;
  }
  appendPlain(parent, plain, words);
}

// A hostile address (javascript:, another site's tracker) is not worth a click or a request.
function safeAddress(address) {
  try {
    const url = new URL(address, location.href);
    const isPicture = /^data:image\/(png|jpeg|gif|webp)[;,]/.test(url.href);
    const isOwn = url.origin === location.origin || url.protocol === "blob:";
    return isOwn || isPicture ? url.href : null;
  } catch {
    return null;
  }
}

/** Draws text in light markup, in place of what was there. */
export function drawMarkup(parent, source, words) {
  parent.replaceChildren();
  appendMarkup(parent, source, words);
}

function mediaElement({ kind, url, name }, words) {
  if (url === null) return make("p", { class: "lost" }, words("gone"));
  const address = safeAddress(url);
  if (!address) return null;
  if (kind === "image") {
    const image = make("img", { src: address, alt: name || words("picture"), loading: "lazy" });
    return make("a", { class: "picture", href: address, target: "_blank", rel: "noopener" }, image);
  }
  if (kind === "voice") {
    const label = name || words("voice");
    return make("audio", { src: address, controls: "", preload: "metadata", "aria-label": label });
  }
  return make("a", { class: "document", href: address, download: name ?? "" },
    icon(PAGE), name || words("file"));
}

/** The list of messages: one entry per message, ordered by id, what is not yet accepted last. */
export class Transcript {
  #log;
  #words;
  #language;
  #actions;
  #entries = [];

  /** `actions` has `choose(message, choice, event)`, `retry(id)`, `edit(id)` and `remove(id)`. */
  constructor({ log, words, language, actions }) {
    this.#log = log;
    this.#words = words;
    this.#language = language;
    this.#actions = actions;
  }

  speak(words, language) {
    this.#words = words;
    this.#language = language;
    for (const entry of this.#entries) this.#draw(entry);
    this.#arrange();
  }

  get isEmpty() {
    return this.#entries.length === 0;
  }

  /** The greatest id seen, and the id before the oldest recent message still awaiting a choice. */
  resumePoints() {
    const accepted = this.#entries.filter(({ message }) => message.id);
    const live = accepted.at(-1)?.message.id;
    const recent = accepted.slice(-50);
    const open = recent.find(({ message }) => message.choices?.length && !message.chosen);
    return { live, history: open ? String(BigInt(open.message.id) - 1n) : live };
  }

  #entryOf(id) {
    return this.#entries.findLast(({ message }) => message.id === id);
  }

  #outgoing(clientId) {
    return this.#entries.find(({ message }) => !message.id && message.clientId === clientId);
  }

  /** Shows messages from the server; returns those that were not known before. */
  put(messages) {
    const fresh = [];
    for (const message of messages) {
      const known = this.#entryOf(message.id);
      if (known) {
        if (message.chosen) this.settle(message.id, message.chosen);
        continue;
      }
      const own = this.#outgoing(message.clientId);
      if (own) {
        this.#entries.splice(this.#entries.indexOf(own), 1);
        own.message = { at: own.message.at, ...message };
        this.#insert(own);
      } else {
        this.#insert({ message: { at: Date.now(), ...message }, element: null });
        fresh.push(message);
      }
    }
    this.#arrange();
    return fresh;
  }

  /** Shows what the person has just sent, or what a previous visit could not send. */
  putOutgoing({ id, text, title, kind, file, at, state, reason }) {
    const media = file ? { kind, url: URL.createObjectURL(file), name: "" } : null;
    const message = { clientId: id, from: "person", text: text ?? title, media, at, state, reason };
    this.#insert({ message, element: null });
    this.#arrange();
  }

  updateOutgoing({ id, state, reason, share }) {
    const entry = this.#outgoing(id);
    if (!entry) return;
    Object.assign(entry.message, { state, reason, share });
    this.#drawState(entry);
  }

  removeOutgoing(id) {
    const entry = this.#outgoing(id);
    if (!entry) return;
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    entry.element.remove();
    this.#arrange();
  }

  /** Marks a message's answer; null opens it again, after the server refused the answer. */
  settle(messageId, choiceId) {
    const entry = this.#entryOf(messageId);
    if (!entry || (entry.message.chosen ?? null) === choiceId) return;
    entry.message.chosen = choiceId;
    this.#drawState(entry);
  }

  elementOf(messageId) {
    return this.#entryOf(messageId)?.element;
  }

  #insert(entry) {
    const { id } = entry.message;
    let index = this.#entries.length;
    while (index > 0 && id) {
      const previous = this.#entries[index - 1].message.id;
      if (previous && isLater(id, previous)) break;
      index -= 1;
    }
    this.#entries.splice(index, 0, entry);
    const isNew = !entry.element;
    if (isNew) {
      entry.element = make("article", { tabindex: -1 });
      this.#draw(entry);
    }
    this.#drawState(entry);
    const next = this.#entries[index + 1]?.element ?? null;
    if (isNew || (next && entry.element.nextElementSibling !== next)) {
      this.#log.insertBefore(entry.element, next);
    }
  }

  #draw(entry) {
    const words = this.#words;
    const { from, text = "", markup, media, choices } = entry.message;
    const { element } = entry;
    element.className = `message ${from}`;
    const speaker = words({ person: "you", staff: "team" }[from] ?? "tutor");
    const bubble = make("div", { class: "bubble", dir: "auto" });
    const attachment = media ? mediaElement(media, words) : null;
    if (attachment) bubble.append(attachment);
    if (text || markup) {
      const body = make("div", { class: "text" });
      if (markup) appendMarkup(body, markup, words);
      else appendPlain(body, text, words);
      bubble.append(body);
    }
    // What a message's state says later must not be read out as if it were a new message.
    const foot = make("div", { class: "foot", "aria-live": "off" });
    element.replaceChildren(
      make("span", { class: from === "staff" ? "speaker" : "unseen" }, `${speaker}: `),
      make("div", { class: "shell" }, bubble, foot));
    if (choices?.length) element.append(this.#answers(entry.message));
    this.#drawState(entry);
  }

  /** Redraws only what changes after a message is shown, and leaves its words alone. */
  #drawState({ message, element }) {
    const { id, from, at, state, chosen = null } = message;
    element.dataset.id = id ?? "";
    const time = new Intl.DateTimeFormat(this.#language, { hour: "numeric", minute: "2-digit" });
    element.querySelector(".foot").replaceChildren(
      make("time", { datetime: new Date(at).toISOString() }, time.format(at)),
      from === "person" ? this.#mark(message) : "");
    element.querySelector(".refusal")?.remove();
    if (state === "refused") element.append(this.#refusal(message));
    for (const button of element.querySelectorAll(".choice")) {
      button.disabled = chosen !== null;
      const isChosen = button.dataset.choice === chosen;
      button.classList.toggle("chosen", isChosen);
      if (isChosen) button.setAttribute("aria-pressed", "true");
      else button.removeAttribute("aria-pressed");
    }
  }

  #mark({ id, state, share }) {
    const isSent = Boolean(id) || state === "accepted";
    const name = isSent ? "sent" : state === "refused" ? "failed" : "sending";
    const shape = { sent: TICK, failed: ALERT, sending: CLOCK }[name];
    const part = new Intl.NumberFormat(this.#language, { style: "percent" });
    return make("span", { class: `mark-${name}` },
      name === "sending" && share ? make("span", { class: "share" }, part.format(share)) : "",
      icon(shape), make("span", { class: "unseen" }, this.#words(name)));
  }

  #refusal({ clientId, reason, text }) {
    const words = this.#words;
    const button = (name, action) => {
      const element = make("button", { type: "button", class: "quiet" }, words(name));
      element.onclick = () => action(clientId);
      return element;
    };
    return make("div", { class: "refusal" },
      make("p", { dir: "auto" }, reason ? `${words("failed")}: ${reason}` : words("failed")),
      button("retry", this.#actions.retry),
      text ? button("edit", this.#actions.edit) : "",
      button("remove", this.#actions.remove));
  }

  #answers(message) {
    const label = this.#words("answers");
    const group = make("div", { class: "choices", role: "group", "aria-label": label });
    for (const choice of message.choices) {
      const button = make("button", { type: "button", class: "choice", "data-choice": choice.id },
        icon(TICK), make("span", { dir: "auto" }, choice.title));
      button.onclick = (event) => this.#actions.choose(message, choice, event);
      group.append(button);
    }
    return group;
  }

  /** Day lines between days, and neighbours by the same speaker drawn close together. */
  #arrange() {
    for (const line of this.#log.querySelectorAll(".day")) line.remove();
    let previous = null;
    for (const entry of this.#entries) {
      const { message, element } = entry;
      const day = new Date(message.at).toDateString();
      const isNewDay = !previous || new Date(previous.at).toDateString() !== day;
      if (isNewDay) element.before(make("p", { class: "day" }, this.#dayName(message.at)));
      const isFollowing = !isNewDay && previous.from === message.from
        && message.at - previous.at < GROUP_GAP_MS_MAX;
      element.classList.toggle("following", isFollowing);
      previous = message;
    }
  }

  #dayName(at) {
    const startOfDay = (time) => new Date(time).setHours(0, 0, 0, 0);
    const dayCount = Math.round((startOfDay(Date.now()) - startOfDay(at)) / 86_400_000);
    if (dayCount === 0 || dayCount === 1) {
      const names = new Intl.RelativeTimeFormat(this.#language, { numeric: "auto" });
      return names.format(-dayCount, "day");
    }
    return new Intl.DateTimeFormat(this.#language, { dateStyle: "full" }).format(at);
  }
}
