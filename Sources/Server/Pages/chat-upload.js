// Sends one message to the server and says how it went.

const REQUEST_TIMEOUT_MS = 20_000;
// The server gives a request half a minute to arrive.
const UPLOAD_TIMEOUT_MS = 40_000;
const RETRY_AFTER_MS_MAX = 60_000;

export function askedPatienceMs(retryAfter) {
  const seconds = Number(retryAfter);
  return seconds > 0 ? Math.min(seconds * 1000, RETRY_AFTER_MS_MAX) : null;
}

function outcomeOf(status, retryAfter, body) {
  if (status >= 200 && status < 300) return { kind: "accepted" };
  const isFinal = status >= 400 && status < 500 && ![408, 429].includes(status);
  if (!isFinal) return { kind: "unreachable", delayMs: askedPatienceMs(retryAfter) };
  return { kind: "refused", reason: String(body?.error?.message ?? "") };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function form({ id, file, seconds }) {
  const fields = new FormData();
  fields.append("id", id);
  if (seconds !== undefined) fields.append("seconds", String(seconds));
  fields.append("file", file, "file");
  return fields;
}

/** Only this way tells how much has gone out already. */
function upload(address, item, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.timeout = UPLOAD_TIMEOUT_MS;
    request.upload.onprogress = ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    };
    request.onload = () => {
      const wait = request.getResponseHeader("retry-after");
      resolve(outcomeOf(request.status, wait, parsed(request.responseText)));
    };
    request.onerror = request.ontimeout = request.onabort = () => resolve({ kind: "unreachable" });
    request.send(form(item));
  });
}

async function postText(address, { id, text, choice }) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), REQUEST_TIMEOUT_MS);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(choice === undefined ? { id, text } : { id, choice }),
      signal: controller.signal,
    });
    const body = response.ok ? null : parsed(await response.text().catch(() => ""));
    return outcomeOf(response.status, response.headers.get("retry-after"), body);
  } catch {
    return { kind: "unreachable" };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The outcome: `kind` is accepted, refused (with a `reason`) or unreachable (perhaps with
 * `delayMs`). `onProgress(share)` is called while a file goes out.
 */
export function post(address, item, onProgress) {
  return item.file ? upload(address, item, onProgress) : postText(address, item);
}
