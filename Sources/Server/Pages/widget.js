// One script tag puts the chat on any page: a launcher button and a panel with the chat in a frame.
(() => {
  const script = document.currentScript;
  if (!script || document.querySelector("[data-parlance-widget]")) return;

  const WORDS = {
    en: { open: "Open the chat", close: "Close the chat", unread: "{count} new messages" },
    fa: { open: "باز کردن گفت‌وگو", close: "بستن گفت‌وگو", unread: "{count} پیام تازه" },
    ar: { open: "فتح المحادثة", close: "إغلاق المحادثة", unread: "{count} رسائل جديدة" },
  };
  const OPENED_KEY = "parlance.opened";

  const origin = new URL(script.src).origin;
  const tag = script.dataset.lang || document.documentElement.lang || navigator.language;
  const primary = tag.toLowerCase().split(/[-_]/)[0];
  const language = primary in WORDS ? primary : "en";
  const words = WORDS[language];
  const title = script.dataset.title || "Parlance";
  const side = script.dataset.position === "start" ? "start" : "end";
  const wanted = script.dataset.color || "";
  const color = CSS.supports("color", wanted) && !wanted.includes("var(") ? wanted : "#0d6e63";

  // The frame keeps the conversation; whether it was ever opened here decides if it loads early.
  const wasOpened = () => {
    try { return localStorage.getItem(OPENED_KEY) === "1"; } catch { return false; }
  };
  const rememberOpened = () => {
    try { localStorage.setItem(OPENED_KEY, "1"); } catch { /* No storage: loads late. */ }
  };

  /** Black or white, whichever reads better on the colour the site chose. */
  function inkOn(background) {
    const context = document.createElement("canvas").getContext("2d");
    if (!context) return "#fff";
    context.fillStyle = background;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data]
      .map((byte) => (byte / 255) ** 2.2);
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return luminance > 0.179 ? "#0b1412" : "#fff";
  }

  const STYLE = `
:host { all: initial; }
.root { position: fixed; z-index: 2147483000; inset-block-end: 0; inset-inline-${side}: 0;
  font: 16px/1.4 Vazirmatn, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans Arabic",
    Tahoma, sans-serif; }
[hidden] { display: none !important; }
button { font: inherit; cursor: pointer; border: 0; padding: 0; touch-action: manipulation; }
button:focus-visible { outline: 3px solid ${color}; outline-offset: 3px;
  box-shadow: 0 0 0 3px #fff; }
svg { display: block; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round;
  stroke-linejoin: round; }
.launcher { position: fixed; inset-inline-${side}: calc(20px + env(safe-area-inset-right));
  inset-block-end: calc(20px + env(safe-area-inset-bottom)); display: grid; place-items: center;
  inline-size: 60px; block-size: 60px; border-radius: 50%; background: ${color};
  color: ${inkOn(color)}; box-shadow: 0 6px 22px rgb(0 0 0 / 24%); }
.launcher svg { inline-size: 30px; block-size: 30px; }
.badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 24px;
  padding-inline: 6px; border: 2px solid #fff; border-radius: 14px; background: #b3261e;
    color: #fff;
  box-sizing: border-box; font-size: 13px; font-weight: 650; line-height: 20px; text-align: center;
    }
.panel { position: fixed; inset-inline-${side}: 20px; inset-block-end: 96px; display: grid;
  grid-template-rows: auto minmax(0, 1fr); inline-size: min(400px, calc(100vw - 40px));
  block-size: min(660px, calc(100dvh - 116px)); border-radius: 20px; overflow: hidden;
  background: #fbfaf6; box-shadow: 0 14px 48px rgb(0 0 0 / 28%); }
.head { display: flex; align-items: center; gap: 8px; min-block-size: 54px;
  padding-inline: 18px 6px;
  background: ${color}; color: ${inkOn(color)}; }
.title { flex: 1; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap;
  font-weight: 650; }
.close { display: grid; place-items: center; inline-size: 44px; block-size: 44px;
  border-radius: 50%;
  background: transparent; color: inherit; }
.close:focus-visible { outline-color: currentcolor; outline-offset: -4px; box-shadow: none; }
.close svg { inline-size: 22px; block-size: 22px; }
iframe { display: block; inline-size: 100%; block-size: 100%; border: 0; color-scheme: light dark; }
@media (max-width: 520px), (max-height: 480px) {
  .panel { inset: 0; inline-size: auto; block-size: 100dvh; border-radius: 0; }
  .head { padding-block-start: env(safe-area-inset-top); }
  .root[data-open] .launcher { display: none; }
}
@media (prefers-color-scheme: dark) { .panel { background: #151b1a; } }
@media (prefers-reduced-motion: no-preference) {
  .launcher { transition: transform 140ms; }
  .launcher:hover { transform: scale(1.05); }
  .panel { animation: rise 180ms ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(14px); } }
}`;

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }
  const make = (tag, attributes, ...children) =>
    fill(document.createElement(tag), attributes, children);
  const draw = (tag, attributes, ...children) =>
    fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  const icon = (d) =>
    draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, draw("path", { d }));

  function build() {
    const badge = make("span", { class: "badge", hidden: "" });
    const launcher = make("button", { type: "button", class: "launcher" },
      icon("M6 4.5h12q3 0 3 3v7q0 3-3 3h-6l-5 4v-4H6q-3 0-3-3v-7q0-3 3-3zM8 9.3h8M8 13h5"),
      badge);
    const close = make("button", { type: "button", class: "close", "aria-label": words.close },
      icon("M6 6l12 12M18 6L6 18"));
    const panel = make("div", { class: "panel", role: "dialog", "aria-label": title, hidden: "" },
      make("div", { class: "head" }, make("span", { class: "title" }, title), close));
    const dir = language === "en" ? "ltr" : "rtl";
    const root = make("div", { class: "root", dir, lang: language }, panel, launcher);
    const host = make("div", { "data-parlance-widget": "" });
    const shadow = host.attachShadow({ mode: "open" });
    // A constructed sheet is allowed where a strict page forbids style elements and attributes.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(root);
    document.body.append(host);
    return { badge, launcher, close, panel, root };
  }

  function start() {
    if (document.querySelector("[data-parlance-widget]")) return;
    const { badge, launcher, close, panel, root } = build();
    let frame = null;
    let isOpen = false;

    const tell = (type) => frame?.contentWindow?.postMessage({ type }, origin);

    function load() {
      if (frame) return;
      const src = `${origin}/?embed=1&lang=${language}`;
      frame = make("iframe", { src, title, allow: "microphone" });
      frame.addEventListener("load", () => tell(isOpen ? "parlance:shown" : "parlance:hidden"));
      panel.append(frame);
    }

    function label(count) {
      badge.hidden = count === 0 || isOpen;
      badge.textContent = new Intl.NumberFormat(language).format(count);
      const news = count > 0 ? `, ${words.unread.replace("{count}", badge.textContent)}` : "";
      launcher.setAttribute("aria-label", `${title}: ${isOpen ? words.close : words.open + news}`);
      launcher.setAttribute("aria-expanded", String(isOpen));
    }

    function show(isShown) {
      isOpen = isShown;
      panel.hidden = !isShown;
      root.toggleAttribute("data-open", isShown);
      label(0);
      if (isShown) {
        load();
        rememberOpened();
        frame.focus();
        tell("parlance:shown");
      } else {
        tell("parlance:hidden");
        launcher.focus();
      }
    }

    launcher.addEventListener("click", () => show(!isOpen));
    close.addEventListener("click", () => show(false));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") show(false);
    });
    window.addEventListener("message", ({ origin: sender, source, data }) => {
      if (sender !== origin || !frame || source !== frame.contentWindow) return;
      if (data?.type === "parlance:close" && isOpen) show(false);
      if (data?.type === "parlance:unread" && Number.isInteger(data.count)) label(data.count);
    });
    label(0);
    if (wasOpened()) load();
  }

  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start, { once: true });
})();
