// What all pages of the window share. What it knows is in these variables and nowhere else: the token,
// names and contents are never put into an address, a cookie, the browser's storage or its history.

const NONE = {};
let token = null;
export let language = document.documentElement.lang === "ja" ? "ja" : "en";
let texts = {};
let shown = 0;
let home = null;
let dress = () => {};
let over = () => {};
let ways = () => null;
let leadsOn = () => null;

/** What was shown, for the browser's "back"; its history has the number only. */
const places = [];

/** What is secret, or typed in secret. */
const SECRETS = ".secret, [data-secret]";

/** While something secret is on the page it looks whether the window is still there. */
const LOOK_MILLIS = 5000;
let looking = null;

/** So long it stays on a page that nobody sees. */
const HIDDEN_MILLIS = 120000;
let hiding = null;
let hidden = false;

const main = document.getElementById("main");

// ---- words

export function t(key, ...values) {
  const sentence = texts[key] ?? key;
  return values.reduce((text, value, i) => text.replaceAll(`{${i}}`, String(value)), sentence);
}

export async function speak(wanted) {
  const answer = await fetch(`/texts.${wanted}.json`, { cache: "no-store", credentials: "omit" });
  texts = await answer.json();
  language = wanted;
  document.documentElement.lang = wanted;
}

export function when(instant) {
  const format = { dateStyle: "medium", timeStyle: "short" };
  return instant ? new Intl.DateTimeFormat(language, format).format(new Date(instant)) : "?";
}

export function day(instant) {
  return new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(new Date(instant));
}

export function hour(instant) {
  return new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(new Date(instant));
}

export function ago(instant) {
  const minutes = (new Date(instant) - Date.now()) / 60000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (Math.abs(minutes) < 90) {
    return format.format(Math.round(minutes), "minute");
  }
  return Math.abs(minutes) < 60 * 36
    ? format.format(Math.round(minutes / 60), "hour")
    : format.format(Math.round(minutes / 1440), "day");
}

export function count(number) {
  return new Intl.NumberFormat(language).format(number);
}

export function size(bytes) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 };
  return `${new Intl.NumberFormat(language, digits).format(value)} ${units[unit]}`;
}

/** About how long something takes, in the largest unit that says it. */
export function span(seconds) {
  const [value, unit] = seconds < 90 ? [seconds, "second"] : seconds < 5400 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 }).format(Math.max(1, value));
}

// ---- elements

export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? NONE)) {
    if (key === "onclick" || key === "onsubmit" || key === "onchange") {
      element.addEventListener(key.slice(2), value);
    } else if (typeof value === "boolean") {
      element[key] = value;
    } else if (value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(text, onclick, kind) {
  return el("button", { type: "button", class: kind, onclick }, text);
}

/** Keeps a button from being pressed twice; whoever has pressed it by a key is still there afterwards. */
export async function once(pressed, work) {
  const there = document.activeElement === pressed;
  pressed.disabled = true;
  try {
    return await work();
  } finally {
    pressed.disabled = false;
    if (there && document.contains(pressed) && document.activeElement === document.body) {
      pressed.focus();
    }
  }
}

/** Draws a part of the page anew; whoever was at something in it is still there afterwards. */
export function redrawn(part, draw) {
  const places = () => [...part.querySelectorAll("button, input, select, a[href], summary, [tabindex]")];
  const said = (one) => one.getAttribute("aria-label") ?? one.textContent;
  const active = document.activeElement;
  const at = places().indexOf(active);
  draw();
  if (at < 0) {
    return;
  }
  const now = places();
  const same = now.filter((one) => said(one) === said(active));
  const to = same.includes(now[at]) ? now[at] : (same[0] ?? now[Math.min(at, now.length - 1)] ?? main);
  to.focus({ preventScroll: true });
}

export function notes(sentences) {
  return sentences && sentences.length
    ? el("div", { class: "notes" }, sentences.map((sentence) => el("p", null, sentence)), leadsOn(sentences))
    : null;
}

export function announce(text) {
  document.getElementById("announcement").textContent = text;
}

// ---- asking the agent

export class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export async function ask(operation, body) {
  return (await reached(operation, "application/json", JSON.stringify(body ?? NONE))).json();
}

/** The same with a secret: what was typed goes as bytes, which are overwritten. */
export async function askSecretly(operation, number, typed) {
  const bytes = new TextEncoder().encode(`${number}\n${typed}`);
  try {
    return await (await reached(operation, "application/octet-stream", bytes)).json();
  } finally {
    bytes.fill(0);
  }
}

/** The same for bytes. */
export async function askBytes(operation, body) {
  const answer = await reached(operation, "application/json", JSON.stringify(body ?? NONE));
  return { type: answer.headers.get("Content-Type"), bytes: await answer.arrayBuffer() };
}

async function reached(operation, type, body) {
  let answer;
  try {
    answer = await fetch(`/api/${operation}`, {
      method: "POST",
      headers: {
        "Content-Type": type,
        "Hikae-Token": token ?? "",
        "Hikae-Language": language,
      },
      body,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
  } catch {
    throw new Failure("gone", t("failure.gone"));
  }
  if (answer.status === 401) {
    token = null;
    throw new Failure("refused", t("failure.session"));
  }
  if (answer.status === 422 || answer.status === 404) {
    const failure = await answer.json();
    throw new Failure(failure.code, failure.message);
  }
  if (!answer.ok) {
    throw new Failure("status", t("failure.status", answer.status));
  }
  return answer;
}

/** Shows the link, and gets what each further request has to carry. */
export async function enter(link) {
  token = await ask("start", link);
}

/** Forgets what lets it in, and all that was shown. */
export function leave() {
  token = null;
  places.length = 0;
}

// ---- going from page to page

/**
 * Says what is around each page.
 *
 * @param page where whoever is lost goes
 * @param frame draws what stands above a page
 * @param ended called when nothing can be asked any more
 */
export function begin(page, frame, ended) {
  home = page;
  dress = frame;
  over = ended;
}

/**
 * What the window itself can do.
 *
 * @param buttons about a failure, by its code
 * @param named a line of buttons for the commands that sentences name
 */
export function waysOn(buttons, named) {
  ways = buttons;
  leadsOn = named;
}

/** Where we are, to come back to. */
export function place() {
  return places[shown];
}

/** Comes back to where we were, and to what was typed there. */
export function back(to) {
  return enterPlace({ ...to });
}

/** What was typed on this page and has led to nothing yet. Whoever comes back to the page finds it. */
export function draft() {
  return places[shown].draft;
}

/** Where whoever is lost goes. */
export function goHome() {
  return go(home);
}

/** The page that is shown. */
export function here() {
  return places[shown]?.page;
}

/** What was typed or shown in secret does not outlive its page. */
export function clear() {
  for (const input of main.querySelectorAll("input")) {
    input.value = "";
  }
  for (const secret of main.querySelectorAll(".secret, img")) {
    if (secret.src) {
      URL.revokeObjectURL(secret.src);
    }
    if (secret instanceof HTMLCanvasElement) {
      secret.width = 0;
    }
    secret.replaceChildren();
  }
}

function wipe() {
  clear();
  main.replaceChildren();
}

// Nor the page itself: browsers keep one for the way back.
window.addEventListener("pagehide", wipe);

// Nor where nobody sees it: whoever comes back to the page is shown it again, if it may still be shown.
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(() => {
      hidden = Boolean(main.querySelector(SECRETS));
      if (hidden) {
        wipe();
      }
    }, HIDDEN_MILLIS);
  } else if (hidden) {
    hidden = false;
    show();
  }
});

/**
 * A window that has ended shows no secret any more. Called when a page is there, and when something secret comes
 * onto it later.
 */
export function guard() {
  clearTimeout(looking);
  if (token === null || !main.querySelector(SECRETS)) {
    return;
  }
  looking = setTimeout(async () => {
    try {
      await ask("alive");
    } catch (failure) {
      if (isEnd(failure)) {
        gone(failure.message);
        return;
      }
    }
    guard();
  }, LOOK_MILLIS);
}

export function go(page, ...values) {
  return enterPlace({ page, values, draft: {} });
}

function enterPlace(to) {
  places.length = shown + 1;
  places.push(to);
  shown = places.length - 1;
  history.pushState(shown, "", "/");
  return show();
}

window.addEventListener("popstate", (event) => {
  if (Number.isInteger(event.state) && places[event.state]) {
    shown = event.state;
    show();
  }
});

/** Shows where we are; whatever goes wrong has a way on. */
export async function show() {
  const place = places[shown];
  dress(place.page);
  clear();
  main.setAttribute("aria-busy", "true");
  const waiting = el("p", { class: "soft" }, t("waiting"));
  main.replaceChildren(waiting);
  try {
    const content = await place.page(...place.values);
    if (places[shown] !== place) {
      return;
    }
    main.replaceChildren(...content.filter((part) => part !== null));
  } catch (failure) {
    if (places[shown] !== place) {
      return;
    }
    if (isEnd(failure)) {
      gone(failure.message);
      return;
    }
    main.replaceChildren(
      el("h1", { tabindex: "-1" }, t("failure.title")),
      failed(failure),
      el(
        "div",
        { class: "row" },
        button(t("failure.again"), () => show(), "first"),
        place.page === home ? null : button(t("failure.home"), () => go(home)),
      ),
    );
  } finally {
    main.removeAttribute("aria-busy");
  }
  arrive();
}

export function arrive() {
  const heading = main.querySelector("h1");
  document.title = heading ? `${heading.dataset.title ?? heading.textContent} – Hikae` : "Hikae";
  heading?.focus();
  guard();
}

/** A sentence, and a way on. Where the agent's sentence leads to a terminal the page has its own. */
export function failed(failure) {
  if (!(failure instanceof Failure)) {
    return el("div", { class: "failure", role: "alert" }, el("p", null, t("failure.page", failure.name)));
  }
  const sentence = texts[`instead.${failure.code}`] ?? failure.message;
  const buttons = ways(failure.code);
  return el(
    "div",
    { class: "failure", role: "alert" },
    el("p", null, sentence),
    buttons ? el("div", { class: "row" }, buttons) : leadsOn([sentence]),
  );
}

export function isEnd(failure) {
  return failure instanceof Failure && ["gone", "refused"].includes(failure.code);
}

/** Nothing can be asked any more. */
export function gone(sentence) {
  over();
  clear();
  document.getElementById("run").hidden = true;
  document.getElementById("header").replaceChildren(el("span", { class: "name" }, "Hikae"));
  main.replaceChildren(
    el("h1", { tabindex: "-1" }, t("gone.title")),
    el("p", null, sentence),
    el("p", null, t("gone.next"), " ", el("code", null, "hikae open")),
  );
  main.removeAttribute("aria-busy");
  arrive();
}

