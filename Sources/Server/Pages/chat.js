// The chat page: wires the transcript, the composer and the line to the server together.

import { Line, openStorage, Outbox, randomChatId } from "./chat-link.js";
import { LiveSigns } from "./chat-live.js";
import { closeMenu, setUpMenu } from "./chat-menu.js";
import { Transcript } from "./chat-view.js";
import { setUpFiles } from "./chat-voice.js";
import { directionOf, supportedLanguage, wordsIn } from "./chat-words.js";

const TEXT_LENGTH_MAX = 4000;
const COUNTER_FROM_LENGTH = 3600;
const NEAR_END_PX = 80;
const STATE_GRACE_MS = 1500;
const NOTICE_MS = 2500;
const QUESTION_WAIT_MS = 800;

const find = (id) => document.getElementById(id);
const root = document.documentElement;
const parameters = new URLSearchParams(location.search);
const isEmbedded = parameters.get("embed") === "1";
const storage = openStorage();

function rememberedChatId() {
  const kept = storage.getItem("parlance.chat");
  if (/^[\w-]{22,128}$/.test(kept ?? "")) return kept;
  const chatId = randomChatId();
  storage.setItem("parlance.chat", chatId);
  return chatId;
}

const chatId = rememberedChatId();
const draftKey = `parlance.draft.${chatId}`;
let language = supportedLanguage(parameters.get("lang") ?? navigator.language);
let words = wordsIn(language);
let lineState = "connecting";
let isLoaded = false;
let isAtEnd = true;
let isShown = !isEmbedded;
let unseenCount = 0;
let awaitedFocus = null;

const transcript = new Transcript({
  log: find("log"),
  words,
  language,
  actions: {
    choose,
    retry,
    edit,
    remove: forget,
  },
});
const live = new LiveSigns({
  words: (...named) => words(...named),
  changed: () => { if (isAtEnd) scrollToEnd(); },
});
const outbox = new Outbox({ storage, chatId, listener: { changed: outgoingChanged } });
const line = new Line({
  chatId,
  listener: {
    resumePoints: () => transcript.resumePoints(),
    messages: receive,
    caughtUp: finishCatchingUp,
    event: receiveEvent,
    state: showLineState,
  },
});

// Language

function speak(next) {
  language = next;
  words = wordsIn(language);
  root.lang = language;
  root.dir = directionOf(language);
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = words(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words(element.dataset.label));
  }
  find("text").placeholder = words("placeholder");
  transcript.speak(words, language);
  drawPresence();
  drawJump();
  drawCounter();
}

// Incoming

function receive(messages) {
  const wasAtEnd = isAtEnd;
  const fresh = transcript.put(messages).filter(({ from }) => from !== "person");
  for (const { clientId } of messages) if (clientId) outbox.remove(clientId);
  outbox.items.forEach(showAsAnswered);
  const spoken = messages.findLast(({ from, language: tag }) => from === "bot" && tag)?.language;
  if (spoken && supportedLanguage(spoken) !== language) speak(supportedLanguage(spoken));
  find("welcome").hidden = !transcript.isEmpty;
  if (!isLoaded || messages.length === 0) return;
  if (fresh.length > 0) live.clear();
  if (wasAtEnd) scrollToEnd();
  countUnseen(fresh.length);
  fresh.forEach(({ id }) => moveFocusTo(transcript.elementOf(id)));
}

function receiveEvent(type, value) {
  if (type === "typing") live.typing(value.active === true, value.voice === true);
  if (type === "draft") live.draft(value.markup);
  if (type === "settled" && value.chosen) transcript.settle(value.id, value.chosen);
}

/** The stored conversation is shown at once and is not read out; what follows is. */
function finishCatchingUp() {
  outbox.send();
  if (isLoaded) return;
  isLoaded = true;
  find("welcome").hidden = !transcript.isEmpty;
  scrollToEnd();
  find("log").setAttribute("aria-busy", "false");
  find("log").setAttribute("aria-live", "polite");
  requestAnimationFrame(() => find("log").classList.add("live"));
}

// Outgoing

function dispatch(content) {
  const item = outbox.add(content);
  if (!item) {
    announce(words("full"), "warning");
    return false;
  }
  transcript.putOutgoing(item);
  find("welcome").hidden = true;
  scrollToEnd();
  return true;
}

function submit() {
  const text = find("text").value.trim();
  if (text === "" || text.length > TEXT_LENGTH_MAX || !dispatch({ text })) return;
  find("text").value = "";
  drawCounter();
}

function choose(message, choice, event) {
  if (message.chosen) return;
  if (!dispatch({ choice: choice.id, title: choice.title, messageId: message.id })) return;
  // A click without a pointer came from the keyboard: the used button must not swallow the focus.
  const isByKeyboard = event.detail === 0;
  transcript.settle(message.id, choice.id);
  if (!isByKeyboard) return;
  awaitedFocus = transcript.elementOf(message.id);
  awaitedFocus.focus({ preventScroll: true });
}

let questionTimer;
function moveFocusTo(element) {
  const isWaiting = awaitedFocus && document.activeElement === awaitedFocus;
  if (!isWaiting) {
    awaitedFocus = null;
    return;
  }
  clearTimeout(questionTimer);
  const answer = element.querySelector(".choice:not(:disabled)");
  if (answer) {
    awaitedFocus = null;
    answer.focus();
  } else {
    questionTimer = setTimeout(() => {
      if (document.activeElement === awaitedFocus) find("text").focus();
      awaitedFocus = null;
    }, QUESTION_WAIT_MS);
  }
}

function outgoingChanged(item) {
  transcript.updateOutgoing(item);
  showAsAnswered(item);
  if (isAtEnd) scrollToEnd();
}

function showAsAnswered({ choice, messageId, state }) {
  if (choice !== undefined) transcript.settle(messageId, state === "refused" ? null : choice);
}

function retry(id) {
  outbox.retry(id);
  find("scroller").focus({ preventScroll: true });
}

function forget(id) {
  outbox.remove(id);
  transcript.removeOutgoing(id);
  find("text").focus();
}

function edit(id) {
  const item = outbox.items.find((candidate) => candidate.id === id);
  const draft = find("text").value.trim();
  find("text").value = [item?.text ?? item?.title ?? "", draft].filter(Boolean).join("\n");
  forget(id);
  drawCounter();
}

// The state of the line

let stateTimer = null;
function showLineState(next) {
  lineState = next;
  if (next !== "online") live.draft(null);
  if (next === "connecting") {
    // A line that comes straight back is nobody's news.
    stateTimer ??= setTimeout(announceLineState, STATE_GRACE_MS);
  } else {
    announceLineState();
  }
}

function announceLineState() {
  clearTimeout(stateTimer);
  stateTimer = null;
  drawPresence();
  const isAnnounced = find("notice").dataset.kind === "line";
  if (lineState === "online" && isAnnounced) announce(words("connected"), "good");
  if (lineState === "offline") announce(words("offlineNotice"), "line");
  if (lineState === "connecting") announce(words("connecting"), "line");
}

function drawPresence() {
  find("presence").dataset.state = lineState;
  find("presence").textContent = words(lineState);
}

let noticeTimer;
function announce(text, kind) {
  clearTimeout(noticeTimer);
  const notice = find("notice");
  if (notice.textContent !== text) notice.textContent = text;
  notice.dataset.kind = kind;
  const isPassing = kind !== "line" && kind !== "lasting";
  if (isPassing) noticeTimer = setTimeout(() => announce("", ""), NOTICE_MS);
}

addEventListener("online", () => {
  line.wake({ isDoubtful: true });
  outbox.send();
});
addEventListener("offline", () => {
  line.cut();
  showLineState("offline");
});
// A file on its way is kept nowhere else.
addEventListener("beforeunload", (event) => {
  if (outbox.items.some(({ file, state }) => file && state === "waiting")) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  line.wake({ isDoubtful: false });
  outbox.send();
  countUnseen(0);
});

// Scrolling

const scroller = find("scroller");

function scrollToEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  isAtEnd = true;
  countUnseen(0);
}

function countUnseen(addedCount) {
  const isRead = isAtEnd && isShown && !document.hidden;
  unseenCount = isRead ? 0 : unseenCount + addedCount;
  drawJump();
  document.title = unseenCount > 0 ? `(${unseenCount}) Parlance` : "Parlance";
  if (isEmbedded && parent !== window) {
    parent.postMessage({ type: "parlance:unread", count: unseenCount }, "*");
  }
}

function drawJump() {
  find("jump").hidden = isAtEnd;
  find("jump-text").textContent = unseenCount > 0 ? words("newMessages") : "";
  find("jump").setAttribute("aria-label", words(unseenCount > 0 ? "newMessages" : "jump"));
}

scroller.addEventListener("scroll", () => {
  isAtEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < NEAR_END_PX;
  countUnseen(0);
}, { passive: true });
find("jump").addEventListener("click", () => {
  scrollToEnd();
  scroller.focus({ preventScroll: true });
});
new ResizeObserver(() => { if (isAtEnd) scrollToEnd(); }).observe(scroller);

// iOS draws the keyboard over the page: the visible part has to be followed by hand.
function fitViewport() {
  if (visualViewport.scale > 1.01) return;
  root.style.setProperty("--view-height", `${visualViewport.height}px`);
  root.style.setProperty("--view-start", `${visualViewport.offsetTop}px`);
}
if (window.visualViewport) {
  visualViewport.addEventListener("resize", fitViewport);
  visualViewport.addEventListener("scroll", fitViewport);
}

// Composer

function drawCounter() {
  const field = find("text");
  const leftCount = TEXT_LENGTH_MAX - field.value.length;
  const number = new Intl.NumberFormat(language).format(Math.abs(leftCount));
  const isNearLimit = field.value.length >= COUNTER_FROM_LENGTH;
  const text = isNearLimit ? words(leftCount < 0 ? "excess" : "left", { count: number }) : "";
  if (find("counter").textContent !== text) find("counter").textContent = text;
  find("counter").classList.toggle("excess", leftCount < 0);
  field.setAttribute("aria-invalid", String(leftCount < 0));
  const isSendable = field.value.trim() !== "" && leftCount >= 0;
  find("send").setAttribute("aria-disabled", String(!isSendable));
  if (!CSS.supports("field-sizing", "content")) {
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
  }
  try {
    storage.setItem(draftKey, field.value);
  } catch {
    // A full storage costs only the survival of a reload.
  }
}

find("text").addEventListener("input", drawCounter);
find("text").addEventListener("keydown", (event) => {
  // Key code 229 marks keys that an input method consumes where isComposing is already false.
  const isComposing = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || isComposing) return;
  event.preventDefault();
  submit();
});
find("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
  find("text").focus();
});
// Keeps the keyboard of a phone open while sending.
find("send").addEventListener("mousedown", (event) => event.preventDefault());
find("welcome-hello").addEventListener("click", () => {
  if (dispatch({ text: words("helloMessage") })) find("scroller").focus({ preventScroll: true });
});

setUpFiles({ words: (name) => words(name), announce, send: dispatch });

// Menu

setUpMenu({
  command: (text) => dispatch({ text }),
  startFresh: () => {
    outbox.clear();
    storage.removeItem(draftKey);
    storage.setItem("parlance.chat", randomChatId());
    location.reload();
  },
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || find("fresh").open) return;
  if (!closeMenu() && isEmbedded) parent.postMessage({ type: "parlance:close" }, "*");
});

// Inside the widget

if (isEmbedded) root.dataset.embed = "";
addEventListener("message", ({ source, data }) => {
  if (!isEmbedded || source !== parent || typeof data?.type !== "string") return;
  if (data.type === "parlance:hidden") isShown = false;
  if (data.type !== "parlance:shown") return;
  isShown = true;
  countUnseen(0);
  if (matchMedia("(pointer: fine)").matches) find("text").focus();
});

// Start

find("text").value = storage.getItem(draftKey) ?? "";
speak(language);
outbox.items.forEach((item) => transcript.putOutgoing(item));
showLineState("connecting");
line.run();
