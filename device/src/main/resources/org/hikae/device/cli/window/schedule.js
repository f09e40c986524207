// What is backed up by itself, when, and how much of the line and of the battery it may take.

import { announce, ask, button, count, draft, el, failed, gone, isEnd, notes, redrawn, show, size, t, when } from "/base.js";

const HOURS = [1, 2, 3, 4, 6, 8, 12, 24];

/** Does something, and says what was wrong where it was asked for. */
async function attempt(problem, work) {
  problem.replaceChildren();
  try {
    return await work();
  } catch (failure) {
    if (isEnd(failure)) {
      gone(failure.message);
    } else {
      problem.replaceChildren(failed(failure));
    }
    return null;
  }
}

export async function schedulePage() {
  // Until it was taken: whoever signs in again on the way finds it.
  const kept = draft();
  const [now, home] = await Promise.all([ask("schedule"), ask("source", {})]);
  // By their bytes: what is shown of a name that is no UTF-8 does not lead back to it.
  const chosen = kept.chosen ?? new Map(now.folders.map((folder) => [folder.rawPath, folder.path]));
  const justSet = kept.set;
  delete kept.set;
  return [
    el("h1", { tabindex: "-1" }, t("schedule.title")),
    notes(justSet ? [t("schedule.set"), ...justSet] : []),
    // A promise that is kept only where something begins them.
    now.scheduled && !now.begun ? null : el("p", null, t("schedule.text")),
    ...(now.scheduled ? standing(now) : [el("p", null, t("schedule.none"))]),
    notes(now.options.length ? [t("schedule.options", now.options.join(" "))] : []),
    form(now, kept, home, chosen),
  ];
}

/** When the next one is due. */
export function scheduled(nextAt) {
  return new Date(nextAt) > Date.now() ? t("verdict.scheduled", when(nextAt)) : t("verdict.scheduled.due");
}

/** Until when they pause, in the reader's zone; without a time until the person ends it. */
export function paused(until) {
  return until ? t("schedule.paused.until", when(until)) : t("schedule.paused");
}

/** Ends the pause, and says beside it why that did not work. */
export function resumeButton(problem, kind) {
  return button(
    t("schedule.resume"),
    async () => {
      if (await attempt(problem, () => ask("resume"))) {
        show();
      }
    },
    kind,
  );
}

/** When the next one is due, and the pause. */
function standing(now) {
  const problem = el("div", null);
  const pause = (text, span) =>
    button(text, async () => {
      if (await attempt(problem, () => ask("pause", { span }))) {
        show();
      }
    });
  return [
    now.paused
      ? el("p", null, paused(now.pausedUntil))
      : el("p", null, now.begun ? scheduled(now.nextAt) : t("schedule.nothing")),
    problem,
    el(
      "div",
      { class: "row" },
      now.paused
        ? resumeButton(problem, "first")
        : [
            pause(t("schedule.pause.hours"), "2h"),
            pause(t("schedule.pause.day"), "1d"),
            pause(t("schedule.pause"), null),
          ],
    ),
  ];
}

function form(now, kept, home, chosen) {
  const typed = { ...now, ...kept.values };
  const list = el("ul", { class: "hits", "aria-label": t("schedule.folders") });
  const place = el("div", null);
  const problem = el("div", null);
  const at = el("input", { type: "time", id: "at", required: "required", value: typed.at });
  const known = kept.values ? kept.values.everyHours !== null : now.scheduled;
  const every = el(
    "select",
    { id: "every" },
    el("option", { value: "", selected: !known }, t("schedule.every.company")),
    HOURS.map((hours) =>
      el("option", { value: String(hours), selected: known && hours === typed.everyHours }, t("schedule.hours", hours)),
    ),
  );
  const battery = el("input", { type: "checkbox", checked: typed.onBattery });
  const metered = el("input", { type: "checkbox", checked: typed.onMetered });
  const warn = el("input", { type: "number", id: "warn", min: "1", max: "365", value: String(typed.warnAfterDays) });
  const limit = el("input", { type: "number", id: "limit", min: "32", max: "9999999", value: typed.uploadLimit ?? "" });
  const drawn = () => redrawn(list, () => drawChosen(list, chosen, home, drawn));
  drawn();
  browse(place, home, chosen, drawn);
  return el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const values = {
          at: at.value,
          everyHours: every.value === "" ? null : Number(every.value),
          onBattery: battery.checked,
          onMetered: metered.checked,
          warnAfterDays: Number(warn.value),
          uploadLimit: limit.value === "" ? null : Number(limit.value),
        };
        Object.assign(kept, { chosen, values });
        const set = await attempt(problem, () => ask("set-schedule", { folders: [...chosen.keys()], ...values }));
        if (set) {
          delete kept.chosen;
          delete kept.values;
          // Such as that nothing on this computer begins the backups.
          kept.set = set.notes;
          announce(t("schedule.set"));
          await show();
        }
      },
    },
    el("h2", null, t("schedule.folders")),
    list,
    place,
    el("h2", null, t("schedule.when")),
    el("label", { for: "at" }, t("schedule.at")),
    at,
    el("label", { for: "every" }, t("schedule.every")),
    every,
    el("label", { for: "warn" }, t("schedule.warn")),
    warn,
    el("h2", null, t("schedule.limits")),
    el("label", null, battery, " ", t("schedule.battery")),
    el("label", null, metered, " ", t("schedule.metered")),
    el("label", { for: "limit" }, t("schedule.limit")),
    limit,
    problem,
    el(
      "div",
      { class: "row" },
      el("button", { type: "submit", class: "first" }, t(now.scheduled ? "schedule.change" : "schedule.go")),
      now.scheduled
        ? button(t("schedule.off"), async () => {
            if (await attempt(problem, () => ask("schedule-off"))) {
              show();
            }
          })
        : null,
    ),
  );
}

function drawChosen(list, chosen, home, again) {
  const company = home.companyFolders.length ? home.companyFolders.join(", ") : null;
  list.replaceChildren(
    ...[...chosen].map(([raw, path]) =>
      el(
        "li",
        null,
        el("code", null, path),
        " ",
        el(
          "button",
          {
            type: "button",
            "aria-label": t("schedule.remove.this", path),
            onclick: () => {
              chosen.delete(raw);
              again();
              for (const box of document.querySelectorAll("input[data-raw]")) {
                box.checked = chosen.has(box.dataset.raw);
              }
            },
          },
          t("schedule.remove"),
        ),
      ),
    ),
    ...(chosen.size === 0
      ? [el("li", { class: "soft" }, company ? t("schedule.company", company) : t("schedule.choose"))]
      : []),
  );
}

/** A folder of this computer, to choose from and to go on into. */
function browse(place, folder, chosen, drawn) {
  const problem = el("div", null);
  const into = async (rawPath) => {
    const next = await attempt(problem, () => ask("source", { rawPath }));
    if (next) {
      browse(place, next, chosen, drawn);
      place.querySelector("caption").focus();
    }
  };
  place.replaceChildren(
    problem,
    folder.policyKnown ? "" : el("p", { class: "notes" }, t("source.policy")),
    el("p", { class: "soft" }, t("source.hint")),
    el(
      "div",
      { class: "wide" },
      el(
        "table",
        null,
        el("caption", { tabindex: "-1" }, t("source.caption", folder.path), folder.counted ? "" : ` ${t("source.partly")}`),
        el(
          "thead",
          null,
          el(
            "tr",
            null,
            el("th", { scope: "col" }, el("span", { class: "unseen" }, t("folder.choose"))),
            el("th", { scope: "col" }, t("folder.name")),
            el("th", { scope: "col", class: "number" }, t("folder.size")),
            el("th", { scope: "col" }, t("source.backup")),
          ),
        ),
        el(
          "tbody",
          null,
          folder.parent
            ? el(
                "tr",
                null,
                el("td", null, ""),
                el("td", { class: "name" }, button(t("source.up"), () => into(folder.parent), "link")),
                el("td", null, ""),
                el("td", null, ""),
              )
            : null,
          inOrder(folder.entries).map((entry) => sourceRow(entry, folder, chosen, drawn, into)),
        ),
      ),
    ),
    folder.more ? el("p", { class: "notes" }, t("folder.more", folder.entries.length)) : "",
  );
}

/** What people have made comes first: names that begin with a dot are of programs. */
function inOrder(entries) {
  const ofPrograms = (entry) => Number(entry.name.startsWith("."));
  return [...entries].sort((a, b) => ofPrograms(a) - ofPrograms(b));
}

function sourceRow(entry, folder, chosen, drawn, into) {
  const path = `${folder.path === "/" ? "" : folder.path}/${entry.name}`;
  const box = el("input", {
    type: "checkbox",
    "data-raw": entry.rawPath,
    "aria-label": t("folder.choose.this", entry.name),
    checked: chosen.has(entry.rawPath),
    onchange: () => {
      if (box.checked) {
        chosen.set(entry.rawPath, path);
      } else {
        chosen.delete(entry.rawPath);
      }
      drawn();
    },
  });
  return el(
    "tr",
    null,
    // What is left out anyway is not chosen; whoever has chosen it before can take it back.
    el("td", null, entry.leftOut && !box.checked ? "" : box),
    el(
      "td",
      { class: "name" },
      entry.directory ? button(`${entry.name}/`, () => into(entry.rawPath), "link") : entry.name,
    ),
    el("td", { class: "number" }, entry.leftOut ? "" : size(entry.plainBytes)),
    el(
      "td",
      null,
      entry.leftOut
        ? t(`source.leftOut.${entry.leftOut}`)
        : entry.directory
          ? t("source.files", count(entry.files))
          : t("source.file"),
    ),
  );
}
