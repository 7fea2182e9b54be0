// What shows that an answer is on its way: the dots, and the text while it is being written.

import { drawMarkup } from "./chat-view.js";

const SHOWN_MS_MAX = 30_000;

const find = (id) => document.getElementById(id);

export class LiveSigns {
  #words;
  #changed;
  #typingTimer;
  #draftTimer;

  /** `words(name)` is what the page says; `changed()` is called when more is shown. */
  constructor({ words, changed }) {
    this.#words = words;
    this.#changed = changed;
  }

  typing(isActive, isVoice = false) {
    clearTimeout(this.#typingTimer);
    if (isActive) this.#typingTimer = setTimeout(() => this.typing(false), SHOWN_MS_MAX);
    const sign = find("typing");
    sign.dataset.label = isVoice ? "recordingVoice" : "typing";
    sign.setAttribute("aria-label", this.#words(sign.dataset.label));
    sign.hidden = !isActive;
    if (isActive) this.#changed();
  }

  /** The message proper takes its place; null takes it away. */
  draft(markup) {
    clearTimeout(this.#draftTimer);
    find("draft").hidden = !markup;
    if (!markup) return;
    this.typing(false);
    drawMarkup(find("draft-text"), markup, this.#words);
    this.#draftTimer = setTimeout(() => this.draft(null), SHOWN_MS_MAX);
    this.#changed();
  }

  clear() {
    this.typing(false);
    this.draft(null);
  }
}
