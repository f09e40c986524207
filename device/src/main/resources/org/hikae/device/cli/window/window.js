// The page of the window: whether the person is protected, snapshots, names, restores and backups.

import {
  Failure, ago, announce, ask, back, begin, button, count, day, draft, el, enter, failed, go, gone, here,
  hour, isEnd, language, leave, notes, place, redrawn, show, size, span, speak, t, waysOn, when,
} from "/base.js";
import { afterOptOut, carePage, dialogButton, leadsTo, namedCommands, pending, signInPage } from "/dialog.js";
import { previewPage, restoresBy, versionsPage } from "/files.js";
import { paused, resumeButton, schedulePage, scheduled } from "/schedule.js";

let run = null;
let polling = null;
let readsAhead = false;
let samples = [];
let destination = null;
let chosen = { snapshotId: null, items: new Map() };

/** Where the run that is at work was begun. */
let begunAt = null;

async function start() {
  const link = location.hash.slice(1);
  history.replaceState(0, "", "/");
  await speak(language);
  begin(verdictPage, frame, () => clearTimeout(polling));
  leadsTo(leads);
  waysOn(ways, namedCommands);
  restoresBy((snapshot, rawPath, name) => {
    chosen = { snapshotId: snapshot.id, items: new Map([[rawPath, { name, directory: false }]]) };
    go(restorePage, snapshot);
  });
  frame(null);
  if (!link) {
    return gone(t("failure.reloaded"));
  }
  try {
    await enter(link);
  } catch (failure) {
    return gone(failure.code === "refused" ? t("failure.link") : failure.message);
  }
  await follow();
  return go(verdictPage);
}

/** What comes after a dialog that ended well. */
function leads(command, before, unlocked) {
  if (["OPT_IN", "TRANSFER"].includes(command)) {
    return [
      // Whoever had the key already comes for what was backed up elsewhere; others have nothing to get back yet.
      unlocked ? button(t("done.restore"), () => go(timelinePage), "first") : null,
      button(t("done.folders"), () => go(schedulePage), unlocked ? null : "first"),
      button(t("backup.now"), () => go(backupPage)),
    ];
  }
  if (command === "OPT_OUT") {
    return afterOptOut();
  }
  if (command === "SIGN_IN") {
    return [before ? button(t("signin.back"), () => back(before), "first") : button(t("signin.on"), () => go(verdictPage), "first")];
  }
  return [];
}

/** What the window can do about a failure. Whoever signs in comes back to what they typed. */
function ways(code) {
  switch (code) {
    case "login.again":
    case "login.other-person":
      return dialogButton(t("verdict.signin"), "SIGN_IN", "first", { comesBack: true });
    case "login.first":
      return [button(t("verdict.signin"), () => go(verdictPage), "first")];
    case "vault.no-pin":
    case "network.tls":
      return [button(t("verdict.signin"), () => go(signInPage, null, true), "first")];
    case "problem.not-opted-in":
      return dialogButton(t("verdict.OPT_IN.go"), "OPT_IN", "first");
    case "problem.consent-required":
      return dialogButton(t("verdict.CONSENT.go"), "OPT_IN", "first");
    case "unlock.needed":
      return dialogButton(t("verdict.UNLOCK.go"), "OPT_IN", "first");
    case "backup.no-paths":
      return [button(t("verdict.schedule"), () => go(schedulePage), "first")];
    default:
      return null;
  }
}

function frame(page) {
  document.getElementById("skip").textContent = t("skip");
  const link = (key, target) =>
    el(
      "button",
      { type: "button", "aria-current": page === target ? "page" : null, onclick: () => go(target) },
      t(key),
    );
  const other = language === "ja" ? "en" : "ja";
  document.getElementById("header").replaceChildren(
    el("span", { class: "name" }, "Hikae"),
    el(
      "nav",
      { "aria-label": t("nav") },
      link("nav.verdict", verdictPage),
      link("nav.timeline", timelinePage),
      link("nav.search", searchPage),
      link("nav.backup", backupPage),
      link("nav.schedule", schedulePage),
      link("nav.care", carePage),
    ),
    el(
      "button",
      {
        type: "button",
        lang: other,
        onclick: async () => {
          await speak(other);
          showRun();
          show();
        },
      },
      other === "ja" ? "日本語" : "English",
    ),
    button(t("end"), end),
  );
}

async function end() {
  try {
    await ask("end");
  } catch {
    // It has ended already.
  }
  leave();
  chosen = { snapshotId: null, items: new Map() };
  begunAt = null;
  gone(t(run?.running ? "end.later" : "end.done"));
}

// ---- am I protected?

const LEVELS = {
  PROTECTED: "good",
  NOT_SCHEDULED: "warn",
  PAUSED: "warn",
  LATE: "bad",
  NO_BACKUP: "bad",
  IN_DOUBT: "bad",
  CONSENT: "bad",
  UNLOCK: "bad",
  OPT_IN: "bad",
  SIGN_IN: "bad",
};

/** By how many of the last seconds the speed of a run is told. */
const PACE_SECONDS = 20;

/** Where there are snapshots that can be read. */
const READABLE = ["PROTECTED", "NOT_SCHEDULED", "PAUSED", "LATE"];

const SIGNS = { good: "✓", warn: "!", bad: "✕" };

async function verdictPage() {
  const waits = await pending();
  const verdict = await ask("verdict");
  if (READABLE.includes(verdict.verdict) && !run?.running) {
    readAhead();
  }
  const level = LEVELS[verdict.verdict];
  const last = verdict.lastBackupAt;
  const title = t(`verdict.${verdict.verdict}`);
  return [
    waits,
    el(
      "section",
      { class: `verdict ${level}` },
      el(
        "h1",
        { tabindex: "-1", "data-title": title },
        el("span", { class: "sign", "aria-hidden": "true" }, SIGNS[level]),
        title,
      ),
      el("p", null, meaning(verdict)),
      last ? el("p", null, t("verdict.last", when(last), ago(last))) : null,
      verdict.nextAt ? el("p", { class: "soft" }, scheduled(verdict.nextAt)) : null,
      verdict.paused && verdict.verdict !== "PAUSED" ? el("p", null, paused(verdict.pausedUntil)) : null,
      next(verdict),
    ),
    notes(verdict.notes),
    el(
      "div",
      { class: "row" },
      // Before that they lead nowhere.
      ["SIGN_IN", "OPT_IN", "UNLOCK"].includes(verdict.verdict)
        ? null
        : [button(t("verdict.search"), () => go(searchPage)), button(t("verdict.timeline"), () => go(timelinePage))],
      button(t("refresh"), () => refresh()),
    ),
  ];
}

/** What the verdict means. Who has a schedule needs no other one. */
function meaning(verdict) {
  if (verdict.verdict === "PAUSED" && verdict.pausedUntil) {
    return t("verdict.PAUSED.until", when(verdict.pausedUntil));
  }
  return verdict.verdict === "NO_BACKUP" && verdict.nextAt
    ? t("verdict.NO_BACKUP.scheduled")
    : t(`verdict.${verdict.verdict}.text`);
}

function next(verdict) {
  if (verdict.verdict === "IN_DOUBT") {
    return el("div", { class: "row" }, button(t("verdict.timeline"), () => go(timelinePage), "first"));
  }
  if (verdict.verdict === "SIGN_IN") {
    return el("div", { class: "row" }, button(t("verdict.signin"), () => go(signInPage, verdict.server), "first"));
  }
  if (["OPT_IN", "UNLOCK", "CONSENT"].includes(verdict.verdict)) {
    return el("div", { class: "row" }, dialogButton(t(`verdict.${verdict.verdict}.go`), "OPT_IN", "first"));
  }
  const problem = el("div", null);
  const kind = ["NOT_SCHEDULED", "PAUSED"].includes(verdict.verdict) ? "first" : null;
  return el(
    "div",
    null,
    problem,
    el(
      "div",
      { class: "row" },
      button(
        t("backup.now"),
        () => go(backupPage),
        ["NO_BACKUP", "LATE"].includes(verdict.verdict) ? "first" : null,
      ),
      verdict.paused ? resumeButton(problem, kind) : button(t("verdict.schedule"), () => go(schedulePage), kind),
    ),
  );
}

async function refresh() {
  try {
    await ask("refresh");
  } catch {
    // Showing it says what is wrong.
  }
  show();
}

// ---- snapshots

async function timelinePage() {
  const timeline = await ask("timeline");
  const heading = el("h1", { tabindex: "-1" }, t("timeline.title"));
  if (timeline.snapshots.length === 0) {
    return [
      heading,
      el("p", null, t("timeline.none")),
      notes(timeline.notes),
      el("div", { class: "row" }, button(t("backup.now"), () => go(backupPage), "first")),
    ];
  }
  const days = new Map();
  for (const snapshot of timeline.snapshots) {
    const key = day(snapshot.madeAt ?? snapshot.committedAt);
    days.set(key, [...(days.get(key) ?? []), snapshot]);
  }
  return [
    heading,
    el("p", null, t("timeline.hint")),
    notes(timeline.notes),
    timeline.total > timeline.snapshots.length
      ? el("p", { class: "soft" }, t("timeline.more", timeline.snapshots.length, timeline.total))
      : null,
    ...[...days].flatMap(([name, snapshots]) => [
      el("h2", null, name),
      el("ol", { class: "timeline" }, snapshots.map(snapshotItem)),
    ]),
    el("div", { class: "row" }, button(t("refresh"), () => refresh())),
  ];
}

function snapshotItem(snapshot) {
  const at = snapshot.madeAt ?? snapshot.committedAt;
  const numbers = t("timeline.numbers", count(snapshot.files), size(snapshot.plainBytes));
  return el(
    "li",
    null,
    el("span", { class: "time" }, hour(at), snapshot.madeAt ? "" : "?"),
    el(
      "span",
      { class: "grow" },
      snapshot.device,
      " ",
      el("span", { class: "soft" }, numbers),
      snapshot.madeAt ? null : el("p", { class: "soft" }, t("timeline.portal")),
      snapshot.remark ? el("p", { class: "soft" }, snapshot.remark) : null,
    ),
    el(
      "button",
      {
        type: "button",
        "aria-label": t("timeline.open.of", when(at), snapshot.device),
        onclick: () => go(folderPage, { id: snapshot.snapshotId, at, device: snapshot.device }, ROOT),
      },
      t("timeline.open"),
    ),
  );
}

// ---- folders

/** The bytes of "/" as the agent says them. */
const ROOT = "Lw";
const MOST_LEVELS = 12;

/** Most things that are restored at once. */
const MOST_ITEMS = 100;

async function folderPage(snapshot, rawPath) {
  let folder = await ask("folder", { snapshotId: snapshot.id, rawPath });
  // Down to where there is something to choose from.
  for (let level = 0; rawPath === ROOT && level < MOST_LEVELS; level++) {
    if (folder.entries.length !== 1 || folder.entries[0].type !== "DIRECTORY") {
      break;
    }
    folder = await ask("folder", { snapshotId: snapshot.id, rawPath: folder.entries[0].rawPath });
  }
  if (chosen.snapshotId !== snapshot.id) {
    chosen = { snapshotId: snapshot.id, items: new Map() };
  }
  const collator = new Intl.Collator(language, { numeric: true });
  const order = (entry) => (entry.type === "DIRECTORY" ? 0 : 1);
  folder.entries.sort((a, b) => order(a) - order(b) || collator.compare(a.name, b.name));
  const bar = el("div", { class: "row chosen" });
  const boxes = folder.entries.map((entry) => box(entry, () => fillChosen(bar, snapshot)));
  fillChosen(bar, snapshot);
  const name = folder.path.split("/").pop() || "/";
  return [
    el("h1", { tabindex: "-1", "data-title": name }, t("folder.title", name)),
    el("p", { class: "soft" }, t("folder.of", when(snapshot.at), snapshot.device)),
    path(snapshot, folder),
    allOf(snapshot, folder),
    folder.entries.length === 0 ? el("p", null, t("folder.empty")) : null,
    folder.more ? el("p", { class: "notes" }, t("folder.more", folder.entries.length)) : null,
    folder.entries.length === 0
      ? null
      : el(
          "div",
          { class: "wide" },
          el(
            "table",
            null,
            el("caption", null, t("folder.caption", folder.entries.length)),
            el(
              "thead",
              null,
              el(
                "tr",
                null,
                el("th", { scope: "col" }, el("span", { class: "unseen" }, t("folder.choose"))),
                el("th", { scope: "col" }, t("folder.name")),
                el("th", { scope: "col", class: "number" }, t("folder.size")),
                el("th", { scope: "col", class: "changed" }, t("folder.changed")),
              ),
            ),
            el(
              "tbody",
              null,
              folder.entries.map((entry, i) => entryRow(snapshot, entry, boxes[i])),
            ),
          ),
        ),
    bar,
  ];
}

/** Restores all that is shown: the folder itself, or each thing at the top. */
function allOf(snapshot, folder) {
  const items = folder.path === "/" ? folder.entries : [{ ...folder, name: folder.path.split("/").pop(), type: "DIRECTORY" }];
  if (folder.entries.length === 0 || items.length > MOST_ITEMS) {
    return null;
  }
  return el(
    "div",
    { class: "row" },
    button(t("folder.all"), () => {
      chosen = {
        snapshotId: snapshot.id,
        items: new Map(items.map((one) => [one.rawPath, { name: one.name, directory: one.type === "DIRECTORY" }])),
      };
      go(restorePage, snapshot);
    }),
  );
}

function box(entry, changed) {
  const input = el("input", {
    type: "checkbox",
    "aria-label": t("folder.choose.this", entry.name),
    checked: chosen.items.has(entry.rawPath),
    onchange: () => {
      if (input.checked) {
        chosen.items.set(entry.rawPath, { name: entry.name, directory: entry.type === "DIRECTORY" });
      } else {
        chosen.items.delete(entry.rawPath);
      }
      changed();
    },
  });
  return input;
}

function entryRow(snapshot, entry, input) {
  const directory = entry.type === "DIRECTORY";
  const plain = directory || entry.type === "FILE";
  return el(
    "tr",
    null,
    el("td", null, input),
    el(
      "td",
      { class: "name" },
      directory
        ? button(`${entry.name}/`, () => go(folderPage, snapshot, entry.rawPath), "link")
        : entry.type === "FILE"
          ? button(entry.name, () => go(previewPage, snapshot, entry), "link")
          : entry.name,
      plain ? null : [" ", el("span", { class: "tag" }, t(`type.${entry.type}`))],
    ),
    el("td", { class: "number" }, entry.type === "FILE" ? size(entry.size) : ""),
    el("td", { class: "changed" }, entry.type === "HARD_LINK" ? "" : when(entry.modified)),
  );
}

function path(snapshot, folder) {
  const names = folder.path.split("/").filter((name) => name !== "");
  // The bytes of a part are the beginning of the bytes of the whole, up to the same slash.
  const whole = bytesOf(folder.rawPath);
  const ends = [];
  whole.forEach((byte, i) => {
    if (byte === 0x2f && i > 0) {
      ends.push(i);
    }
  });
  ends.push(whole.length);
  const parts = names.map((name, i) =>
    i === names.length - 1
      ? el("li", { "aria-current": "page" }, name)
      : el(
          "li",
          null,
          button(name, () => go(folderPage, snapshot, textOf(whole.slice(0, ends[i]))), "link"),
        ),
  );
  return el("nav", { "aria-label": t("folder.path") }, el("ol", { class: "path" }, parts));
}

function bytesOf(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

function textOf(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function fillChosen(bar, snapshot) {
  const number = chosen.items.size;
  bar.hidden = number === 0;
  bar.replaceChildren(
    el("span", { role: "status" }, t("folder.chosen", number)),
    button(t("folder.restore"), () => go(restorePage, snapshot), "first"),
    button(t("folder.none"), () => {
      chosen.items.clear();
      show();
    }),
  );
}

// ---- search

async function searchPage(text) {
  const input = el("input", {
    type: "search",
    id: "search-text",
    maxlength: "200",
    required: true,
    autocomplete: "off",
    spellcheck: "false",
    value: text ?? "",
  });
  const form = el(
    "form",
    {
      role: "search",
      onsubmit: (event) => {
        event.preventDefault();
        if (input.value.trim() !== "") {
          go(searchPage, input.value.trim());
        }
      },
    },
    el("label", { for: "search-text" }, t("search.label")),
    el("div", { class: "row" }, input, el("button", { type: "submit", class: "first" }, t("search.go"))),
  );
  const heading = el("h1", { tabindex: "-1" }, t("search.title"));
  if (!text) {
    return [heading, form, el("p", { class: "soft" }, t("search.hint"))];
  }
  const results = el("div", null);
  drawFound(results, await ask("search", { text }), text);
  return [heading, form, results];
}

/** What was found, and on until no more snapshots are looked through, as long as somebody looks. */
function drawFound(results, found, text, before = -1) {
  announce(t("search.found", count(found.total), count(found.searched)));
  const whole = found.searched === found.snapshots;
  redrawn(results, () => fillFound(results, found, whole));
  if (!whole && found.searched > before) {
    goOn(results, text, found.searched);
  }
}

function fillFound(results, found, whole) {
  results.replaceChildren(
    el("h2", null, t("search.found", count(found.total), count(found.searched))),
    whole ? "" : el("p", { class: "notes" }, t("search.reads", count(found.searched), count(found.snapshots))),
    notes(found.notes) ?? "",
    found.total > found.hits.length ? el("p", { class: "notes" }, t("search.more", count(found.hits.length))) : "",
    whole && found.total === 0 ? nothingFound(found) : "",
    el("ul", { class: "hits" }, found.hits.map(hit)),
  );
}

/** Where there is no snapshot no other part of a name helps. */
function nothingFound(found) {
  return found.snapshots === 0
    ? el(
        "div",
        null,
        el("p", null, t("timeline.none")),
        el("div", { class: "row" }, button(t("backup.now"), () => go(backupPage), "first")),
      )
    : el("p", null, t("search.none"));
}

async function goOn(results, text, before) {
  try {
    const found = await ask("search", { text });
    if (document.contains(results)) {
      drawFound(results, found, text, before);
    }
  } catch (failure) {
    if (isEnd(failure)) {
      gone(failure.message);
    } else {
      results.append(failed(failure));
    }
  }
}

/** Has the names of new snapshots read bit by bit, so that a search need not wait for it. */
async function readAhead() {
  if (readsAhead) {
    return;
  }
  readsAhead = true;
  try {
    let before = -1;
    let names = await ask("names");
    while (names.searched < names.snapshots && names.searched > before) {
      before = names.searched;
      await new Promise((done) => setTimeout(done, 300));
      names = await ask("names");
    }
  } catch {
    // A search says what is wrong.
  } finally {
    readsAhead = false;
  }
}

function hit(one) {
  const name = one.path.split("/").pop();
  return el(
    "li",
    null,
    el("strong", null, name),
    one.type === "DIRECTORY" ? "/" : "",
    one.deleted ? [" ", el("span", { class: "tag" }, t("search.deleted"))] : null,
    el("div", { class: "soft" }, one.path),
    el("div", { class: "soft" }, one.device),
    one.type === "FILE"
      ? el("div", { class: "row" }, button(t("versions.open"), () => go(versionsPage, one.rawPath, name)))
      : null,
    el(
      "table",
      null,
      one.type === "DIRECTORY"
        ? el("caption", { class: "unseen" }, t("search.newest"))
        : el("caption", null, t("search.versions", one.versions.length)),
      el(
        "tbody",
        null,
        one.versions.map((version) => versionRow(one, name, version)),
      ),
    ),
  );
}

function versionRow(one, name, version) {
  const snapshot = { id: version.snapshotId, at: version.madeAt, device: one.device };
  const directory = one.type === "DIRECTORY";
  const changed = one.type === "HARD_LINK" ? when(version.madeAt) : when(version.modified);
  return el(
    "tr",
    null,
    el("td", null, t("search.changed", changed)),
    el("td", { class: "number" }, one.type === "FILE" ? size(version.size) : ""),
    el("td", { class: "soft changed" }, t("search.in", when(version.madeAt))),
    el(
      "td",
      null,
      el(
        "button",
        {
          type: "button",
          "aria-label": t("search.restore.this", name, changed),
          onclick: () => {
            chosen = { snapshotId: snapshot.id, items: new Map([[one.rawPath, { name, directory }]]) };
            go(restorePage, snapshot);
          },
        },
        t("search.restore"),
      ),
    ),
  );
}

// ---- restore

async function restorePage(snapshot) {
  const items = [...chosen.items];
  if (items.length === 0 || chosen.snapshotId !== snapshot.id) {
    return [
      el("h1", { tabindex: "-1" }, t("restore.title")),
      el("p", null, t("restore.nothing")),
      el("div", { class: "row" }, button(t("nav.timeline"), () => go(timelinePage), "first")),
    ];
  }
  const of = JSON.stringify([snapshot.id, items.map(([rawPath]) => rawPath)]);
  const kept = draft();
  // Never of another restore: what replaces files is chosen anew.
  const before = kept.of === of ? kept : { where: "other", target: t("restore.folder"), conflict: "NEVER" };
  const radio = (group, value) =>
    el("label", null, el("input", { type: "radio", name: group, value, checked: before[group] === value }), " ", t(`restore.${group}.${value}`));
  const target = el("input", { type: "text", id: "target", autocomplete: "off", spellcheck: "false", value: before.target });
  const problem = el("div", null);
  const form = el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const data = new FormData(form);
        const other = data.get("where") === "other";
        Object.assign(kept, { of, where: data.get("where"), target: target.value, conflict: data.get("conflict") });
        destination = other ? target.value.trim() : null;
        try {
          run = await ask("restore", {
            snapshotId: snapshot.id,
            items: items.map(([rawPath, item]) => ({ rawPath, directory: item.directory })),
            target: other ? target.value.trim() : null,
            overwrite: data.get("conflict"),
          });
          await begun();
        } catch (failure) {
          problem.replaceChildren(failed(failure));
        }
      },
    },
    el(
      "fieldset",
      null,
      el("legend", null, t("restore.where")),
      radio("where", "other"),
      el(
        "div",
        { class: "inner" },
        el("label", { for: "target" }, t("restore.target")),
        target,
        el("p", { class: "soft" }, t("home.hint")),
      ),
      radio("where", "here"),
    ),
    el(
      "fieldset",
      null,
      el("legend", null, t("restore.conflict")),
      radio("conflict", "NEVER"),
      radio("conflict", "IF_NEWER"),
      radio("conflict", "ALWAYS"),
    ),
    problem,
    el("div", { class: "row" }, el("button", { type: "submit", class: "first" }, t("restore.go"))),
  );
  return [
    el("h1", { tabindex: "-1" }, t("restore.title")),
    el("p", null, t("restore.of", when(snapshot.at), snapshot.device)),
    el("ul", null, items.slice(0, 20).map(([, item]) => el("li", null, item.name, item.directory ? "/" : ""))),
    items.length > 20 ? el("p", { class: "soft" }, t("restore.more", items.length - 20)) : null,
    form,
  ];
}

// ---- back up

async function backupPage() {
  const kept = draft();
  const scheduledFolders = (await ask("schedule")).folders.map((folder) => folder.path);
  const folders = el("input", { type: "text", id: "folders", autocomplete: "off", spellcheck: "false", placeholder: "~/Documents", value: kept.folder ?? "" });
  const problem = el("div", null);
  return [
    el("h1", { tabindex: "-1" }, t("backup.title")),
    el("p", null, t("backup.text")),
    el(
      "form",
      {
        onsubmit: async (event) => {
          event.preventDefault();
          const folder = folders.value.trim();
          kept.folder = folder;
          try {
            run = await ask("back-up", { folders: folder === "" ? [] : [folder] });
            await begun();
          } catch (failure) {
            problem.replaceChildren(failed(failure));
          }
        },
      },
      el("label", { for: "folders" }, t("backup.folder")),
      folders,
      el(
        "p",
        { class: "soft" },
        scheduledFolders.length === 0 ? t("backup.folder.hint") : t("backup.folder.known", scheduledFolders.join(", ")),
      ),
      problem,
      el("div", { class: "row" }, el("button", { type: "submit", class: "first" }, t("backup.now"))),
    ),
  ];
}

// ---- what is at work

async function begun() {
  begunAt = place();
  announce(t("run.begun"));
  showRun();
  await follow();
  go(runPage);
}

/** Asks how far it is, as long as it is at work: a page that nobody uses asks nothing. */
async function follow() {
  clearTimeout(polling);
  const before = run;
  try {
    run = await ask("run");
  } catch (failure) {
    if (isEnd(failure)) {
      gone(failure.message);
    }
    return;
  }
  showRun();
  if (run.running) {
    polling = setTimeout(follow, 700);
  } else if (before?.running) {
    announce(outcome());
    if (run.result === "SUCCESS" && !leftSome() && begunAt) {
      begunAt.draft = {};
    }
    if (here() === runPage || here() === verdictPage) {
      show();
    }
  }
}

function showRun() {
  const bar = document.getElementById("run");
  bar.setAttribute("aria-label", t("run.title"));
  const there = bar.contains(document.activeElement);
  bar.hidden = !run?.running;
  if (bar.hidden) {
    samples = [];
    bar.replaceChildren();
    if (there) {
      document.querySelector("#main h1")?.focus();
    }
    return;
  }
  // The total is that of the last time: beyond it nobody knows how much there is.
  const share = run.totalBytes > 0 && run.plainBytes <= run.totalBytes ? run.plainBytes / run.totalBytes : null;
  const text = t(`run.${run.kind}`, count(run.files), size(run.plainBytes), run.item, run.items);
  const known = bar.querySelector("progress");
  const pace = paceOf(share);
  if (known) {
    bar.querySelector("label").textContent = text;
    bar.querySelector(".pace").textContent = pace;
    bar.querySelector(".file").textContent = run.file ?? "";
    if (share === null || run.items > 1) {
      known.removeAttribute("value");
    } else {
      known.value = share;
    }
    return;
  }
  bar.replaceChildren(
    el("label", { for: "progress" }, text),
    el("progress", { id: "progress", max: "1", value: share === null || run.items > 1 ? null : String(share) }),
    el("p", { class: "soft pace" }, pace),
    el("p", { class: "soft file" }, run.file ?? ""),
    el(
      "div",
      { class: "row" },
      el("span", { class: "soft" }, t("run.leave")),
      button(t("run.stop"), async () => {
        try {
          run = await ask("stop");
        } catch {
          // Following it says what is wrong.
        }
        follow();
      }),
    ),
  );
}

/** How fast it is, by the last seconds, and how long the rest takes at that rate. */
function paceOf(share) {
  const now = { at: performance.now() / 1000, bytes: run.plainBytes };
  samples = [...samples.filter((one) => now.at - one.at < PACE_SECONDS && one.bytes <= now.bytes), now];
  const seconds = now.at - samples[0].at;
  const rate = (now.bytes - samples[0].bytes) / seconds;
  if (seconds < 2 || !(rate > 0)) {
    return "";
  }
  const speed = t("run.speed", size(Math.round(rate)));
  return share === null || run.items > 1
    ? speed
    : `${speed}, ${t("run.left", span((run.totalBytes - run.plainBytes) / rate))}`;
}

/** Whether a restore went well, and yet not all that was chosen is there as it was. */
function leftSome() {
  return run.kind === "RESTORE" && run.result === "SUCCESS" && run.leftAlone > 0;
}

/** How the run ended, in a few words. */
function outcome() {
  return leftSome() ? t("run.RESTORE.left") : t(`run.${run.kind}.${run.result}`);
}

async function runPage() {
  const heading = el("h1", { tabindex: "-1" }, t("run.title"));
  if (!run?.kind) {
    return [heading, el("p", null, t("run.none"))];
  }
  if (run.running) {
    return [heading, el("p", null, t("run.working"))];
  }
  const good = run.result === "SUCCESS" && !leftSome();
  return [
    el("h1", { tabindex: "-1" }, outcome()),
    leftSome() ? el("div", { class: "notes" }, el("p", null, t("run.RESTORE.left.text", count(run.leftAlone)))) : null,
    run.failure ? failed(new Failure(run.failure.code, run.failure.message)) : null,
    el("p", null, t(`run.${run.kind}.numbers`, count(run.files), size(run.plainBytes), count(run.leftAlone), count(run.failed))),
    run.result === "CANCELLED" ? el("p", null, t(`run.${run.kind}.CANCELLED.text`)) : null,
    run.kind === "RESTORE" && destination && run.files > 0 ? el("p", null, t("run.to"), " ", el("code", null, destination)) : null,
    notes(run.notes),
    el(
      "div",
      { class: "row" },
      good
        ? null
        : button(
            leftSome() ? t("run.RESTORE.left.change") : t("failure.again"),
            () => (begunAt ? back(begunAt) : go(verdictPage)),
            "first",
          ),
      button(t("nav.verdict"), () => go(verdictPage), good ? "first" : null),
    ),
  ];
}

start();
