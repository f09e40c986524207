// Pages on which the agent asks something: signing in, opting in, unlocking. The agent decides what is
// asked; a secret is in a page only while it is typed or shown.

import {
  Failure, arrive, ask, askSecretly, back, button, clear, draft, el, failed, go, goHome, gone, here,
  isEnd, notes, once, place, show, t, when,
} from "/base.js";

let view = null;
let box = null;
let timer = null;
let typed = null;
let leads = () => [];

/** Where the dialog was begun, when its end leads back there. */
let origin = null;

/** Where the sign-in was typed, to come back to when it fails. */
let typedAt = null;

/** Where the person's devices are revoked; null while nobody has signed in. */
let backups = null;

/** Whether the dialog opened a backup that was there before. */
let unlocked = false;

/** What is asked for that. */
const UNLOCKING = ["UNLOCK_METHOD", "PASSWORD", "DIGITS"];

const main = document.getElementById("main");

/** What comes after a dialog that ended well: buttons, by its name, where it was begun, and whether a backup was there before. */
export function leadsTo(buttons) {
  leads = buttons;
}

/** Begins a dialog, and shows what it asks. */
async function beginDialog(kind, more, from, at) {
  view = await ask("begin", { kind, ...more });
  origin = from ?? null;
  unlocked = kind === "TRANSFER";
  typedAt = at ?? null;
  go(dialogPage);
}

/** A button that begins one; what goes wrong is said beside it. */
export function dialogButton(text, kind, emphasis, options) {
  const problem = el("span", null);
  const start = button(
    text,
    () =>
      once(start, async () => {
        const from = options?.comesBack && here() !== dialogPage ? place() : options?.from;
        try {
          await beginDialog(kind, {}, from);
        } catch (failure) {
          problem.replaceChildren(failed(failure));
        }
      }),
    emphasis,
  );
  return [start, problem];
}

/** That something waits for an answer, wherever the person has gone meanwhile. */
export async function pending() {
  const now = await ask("dialog");
  if (!now.running) {
    return null;
  }
  return el(
    "div",
    { class: "notes" },
    el("p", null, t("dialog.waits", t(`dialog.${now.command}`))),
    el("div", { class: "row" }, button(t("dialog.goon"), () => go(dialogPage), "first"), button(t("dialog.cancel"), cancel)),
  );
}

async function cancel() {
  clearTimeout(timer);
  clear();
  try {
    view = await ask("cancel");
  } catch (failure) {
    if (isEnd(failure)) {
      gone(failure.message);
      return;
    }
  }
  if (here() === dialogPage) {
    await redraw();
  } else {
    show();
  }
}

// ---- what one does about the key

const CARE = {
  look: ["STATUS", "KEYS", "RECEIPTS", "VERIFY_RECEIPTS", "DEVICES", "REPORT"],
  password: ["PRACTICE", "CHANGE_PASSWORD", "FORGOTTEN_PASSWORD", "ADD_PASSWORD"],
  digits: ["NEW_DIGITS", "ADD_DIGITS"],
  move: ["GIVE_KEY", "TRANSFER"],
  stop: ["FREEZE", "UNFREEZE", "VETO"],
  leave: ["OPT_OUT", "FORGET", "SIGN_OUT"],
};

/** What cannot be taken back: begun from a page of its own, which says what it means. */
const CAREFUL = { FORGET: 3, SIGN_OUT: 3, RESTIC_REPLACE: 2 };

const RESTIC = ["RESTIC_SETUP", "RESTIC", "RESTIC_SHOW", "RESTIC_OWN_PASSWORD", "RESTIC_REPLACE"];

/** Password, 64-digit key, devices, and what the vault has signed. */
export async function carePage() {
  ({ backups } = await ask("portal"));
  return [
    el("h1", { tabindex: "-1" }, t("care.title")),
    await pending(),
    // Whoever looks for it is in a hurry.
    el("h2", null, t("care.stolen")),
    el("p", null, button(t("care.stolen.open"), () => go(stolenPage))),
    ...Object.entries(CARE).flatMap(([part, kinds]) => [
      el("h2", null, t(`care.${part}`)),
      list(kinds),
    ]),
    el("h2", null, t("care.restic")),
    el("p", null, button(t("care.restic.open"), () => go(resticPage))),
  ];
}

function list(kinds) {
  return el(
    "ul",
    { class: "hits" },
    kinds.map((kind) => el("li", null, beginButton(kind), el("p", { class: "soft" }, t(`dialog.${kind}.text`)))),
  );
}

function beginButton(kind) {
  return CAREFUL[kind] ? button(t(`dialog.${kind}`), () => go(carefulPage, kind)) : dialogButton(t(`dialog.${kind}`), kind);
}

/** Commands that the agent's sentences name, and what does the same here. The longer ones come first. */
const COMMANDS = [
  ["keys add password", "ADD_PASSWORD"],
  ["keys add digits", "ADD_DIGITS"],
  ["keys new-digits", "NEW_DIGITS"],
  ["keys rotate", "ROTATE"],
  ["password --forgotten", "FORGOTTEN_PASSWORD"],
  ["restic setup", "RESTIC_SETUP"],
  ["login", "SIGN_IN"],
  ["optin", "OPT_IN"],
  ["optout", "OPT_OUT"],
  ["password", "CHANGE_PASSWORD"],
  ["remind", "PRACTICE"],
  ["freeze", "FREEZE"],
  ["unfreeze", "UNFREEZE"],
  ["veto", "VETO"],
  ["status", "STATUS"],
  ["receipts", "RECEIPTS"],
  ["report", "REPORT"],
];

/** A line of buttons for the commands that sentences name: nobody here needs a terminal for them. */
export function namedCommands(sentences) {
  let text = sentences.join("\n");
  const kinds = [];
  for (const [command, kind] of COMMANDS) {
    const rest = text.replaceAll(new RegExp(`hikae ${command}(?![a-z-]| --)`, "g"), "");
    // What has just been done here is not offered again.
    if (rest !== text && !(here() === dialogPage && view?.command === kind)) {
      kinds.push(kind);
    }
    text = rest;
  }
  return kinds.length === 0
    ? null
    : el("div", { class: "row" }, el("span", null, t("ways.here")), kinds.flatMap((kind) => beginButton(kind)));
}

/** What comes after opting out. */
export function afterOptOut() {
  return [beginButton("FORGET"), beginButton("SIGN_OUT")];
}

/** Says what it means before it is begun, and has the person say that they have read it. */
async function carefulPage(kind) {
  const agree = el("input", { type: "checkbox", id: "agree" });
  const problem = el("div", null);
  return [
    el("h1", { tabindex: "-1" }, t(`dialog.${kind}`)),
    meaning(`care.${kind}`, CAREFUL[kind]),
    el(
      "form",
      {
        novalidate: "novalidate",
        onsubmit: async (event) => {
          event.preventDefault();
          if (!agree.checked) {
            problem.replaceChildren(failed(new Failure("tick", t("care.tick"))));
            return;
          }
          try {
            await beginDialog(kind);
          } catch (failure) {
            problem.replaceChildren(failed(failure));
          }
        },
      },
      el("label", null, agree, " ", t("care.agree")),
      problem,
      el(
        "div",
        { class: "row" },
        el("button", { type: "submit", class: "first" }, t(`dialog.${kind}`)),
        button(t("dialog.cancel"), () => go(carePage)),
      ),
    ),
  ];
}

/** What something means, point by point. */
function meaning(key, points) {
  return el("ul", null, Array.from({ length: points }, (_, i) => el("li", null, t(`${key}.${i + 1}`))));
}

/** For who backs up with restic. */
async function resticPage() {
  return [
    el("h1", { tabindex: "-1" }, t("care.restic")),
    await pending(),
    el("p", null, t("care.restic.text")),
    list(RESTIC),
    el("p", { class: "soft" }, t("care.restic.run"), " ", el("code", null, "hikae restic run -- backup ~/Documents")),
  ];
}

/** What to do when a device is lost or stolen, in this order. */
async function stolenPage() {
  ({ backups } = await ask("portal"));
  return [
    el("h1", { tabindex: "-1" }, t("care.stolen")),
    el("p", null, t("care.stolen.text")),
    el(
      "ol",
      { class: "hits numbers" },
      ["FREEZE", "DEVICES", "ROTATE"].map((kind) =>
        el(
          "li",
          null,
          el("p", null, t(`care.stolen.${kind}`)),
          dialogButton(t(`dialog.${kind}`), kind),
          kind === "DEVICES" ? toBackups() : null,
        ),
      ),
    ),
  ];
}

/** Leads to the page of the portal on which devices are revoked. */
function toBackups() {
  return backups
    ? el("p", null, el("a", { href: backups, target: "_blank", rel: "noopener noreferrer" }, t("care.backups")))
    : null;
}

// ---- signing in

/** The address of the portal in what was typed, which may be that of one of its pages, or begin with its host. */
function portalOf(typed) {
  const whole = /^[a-z]+:\/\//i.test(typed) ? typed : ["https", typed].join("://");
  return whole.replace(/[?#].*$/, "").replace(/\/(my|admin)(\/.*)?$/, "");
}

/**
 * What the agent has to know before it can ask the sign-on.
 *
 * @param server the portal that is known
 * @param again whether the person has signed in before, and the agent knows the portal
 */
export async function signInPage(server, again) {
  const kept = draft();
  const at = place();
  const field = (id, value, more) =>
    el("input", { type: "text", id, autocomplete: "off", spellcheck: "false", value: value ?? "", ...more });
  const address = field("server", kept.server ?? server, { type: "url" });
  const root = field("root", kept.root);
  const authorities = field("authorities", kept.authorities, { placeholder: "~/Downloads/hikae-ca.pem" });
  const problem = el("div", null);
  return [
    el("h1", { tabindex: "-1" }, t("signin.title")),
    el("p", null, t("signin.welcome")),
    el("ol", null, ["1", "2", "3"].map((step) => el("li", null, t(`signin.step.${step}`)))),
    el(
      "form",
      {
        novalidate: "novalidate",
        onsubmit: async (event) => {
          event.preventDefault();
          const typed = { server: address.value.trim(), root: root.value.trim(), authorities: authorities.value.trim() };
          if (typed.server === "" && !again) {
            problem.replaceChildren(failed(new Failure("missing", t("signin.server.missing"))));
            return;
          }
          Object.assign(kept, typed);
          const asked = {
            server: typed.server === "" ? null : portalOf(typed.server),
            vaultRoot: typed.root || null,
            caFile: typed.authorities || null,
          };
          try {
            await beginDialog("SIGN_IN", asked, null, at);
          } catch (failure) {
            problem.replaceChildren(failed(failure));
          }
        },
      },
      el("label", { for: "server" }, t("signin.server")),
      address,
      el("p", { class: "soft" }, t(again ? "signin.server.again" : server ? "signin.server.known" : "signin.server.hint")),
      el(
        "details",
        { open: Boolean(again || kept.root || kept.authorities) },
        el("summary", null, t("signin.more")),
        el("label", { for: "root" }, t("signin.root")),
        root,
        el("p", { class: "soft" }, t("signin.root.hint")),
        el("label", { for: "authorities" }, t("signin.authorities")),
        authorities,
        el("p", { class: "soft" }, t("signin.authorities.hint")),
      ),
      problem,
      el("div", { class: "row" }, el("button", { type: "submit", class: "first" }, t("signin.go"))),
    ),
  ];
}

function signingIn() {
  return [
    el("h1", { tabindex: "-1" }, t("signin.code.title")),
    ...said(),
    el("p", null, t("signin.code.text")),
    el("p", { class: "code" }, view.signIn.userCode),
    el(
      "p",
      null,
      el(
        "a",
        { class: "go", href: view.signIn.address, target: "_blank", rel: "noopener noreferrer" },
        t("signin.code.open"),
      ),
    ),
    el("p", { class: "soft" }, t("signin.code.other"), " ", el("code", null, view.signIn.address)),
    el("p", { role: "status" }, t("signin.code.waiting", when(view.signIn.expiresAt))),
    el("div", { class: "row" }, button(t("dialog.cancel"), cancel)),
  ];
}

// ---- the key from another computer

/** Shows the six digits until they were typed on the other computer. */
function transferring() {
  const digits = view.transfer.code;
  return [
    el("h1", { tabindex: "-1" }, t("transfer.title")),
    ...said(),
    el("p", null, t("transfer.text")),
    el("p", { class: "code secret" }, `${digits.slice(0, 3)} ${digits.slice(3)}`),
    el("figure", null, qrCode(view.transfer.qr), el("figcaption", { class: "soft", id: "qr" }, t("transfer.qr"))),
    el("p", { role: "status" }, t("transfer.waiting")),
    el("div", { class: "failure" }, el("p", null, t("transfer.beware"))),
    el("div", { class: "row" }, button(t("dialog.cancel"), cancel)),
  ];
}

function qrCode(rows) {
  const module = 6;
  const margin = 4;
  const size = (rows.length + 2 * margin) * module;
  const canvas = el("canvas", { class: "secret", width: size, height: size, role: "img", "aria-labelledby": "qr" });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = "#000";
  rows.forEach((row, y) =>
    [...row].forEach((dark, x) => {
      if (dark === "1") {
        pen.fillRect((x + margin) * module, (y + margin) * module, module, module);
      }
    }),
  );
  return canvas;
}

/** Another way to unlock: ends this dialog, and begins that one once it has ended. */
function otherComputer() {
  if (view.command !== "OPT_IN") {
    return null;
  }
  return button(t("transfer.instead"), () => insteadOfThis(() => beginDialog("TRANSFER")));
}

/** Signs in again, so that a password can be chosen, too. */
function withFingerprint() {
  return el(
    "div",
    { class: "notes" },
    el("p", null, t("dialog.PROTECTION.pin")),
    el("div", { class: "row" }, button(t("dialog.PROTECTION.pin.go"), () => insteadOfThis(() => go(signInPage, null, true)))),
  );
}

/** Ends this dialog, and does something else once it has ended. */
async function insteadOfThis(other) {
  try {
    view = await ask("cancel");
    for (let i = 0; view.running && i < 50; i++) {
      await new Promise((done) => setTimeout(done, 200));
      view = await ask("dialog");
    }
    await other();
  } catch (failure) {
    await refused(failure, typed.problem);
  }
}

// ---- what is asked

/** The place of a dialog; what is in it changes with each answer. */
export async function dialogPage() {
  clearTimeout(timer);
  view = await ask("dialog");
  box = el("div", null);
  typed = null;
  await draw();
  return [box];
}

/** Whether the person still looks at it. */
function looks() {
  return here() === dialogPage && main.contains(box);
}

async function draw() {
  const content = await parts();
  clear();
  box.replaceChildren(...content.filter((part) => part !== null));
  wait();
}

function wait() {
  clearTimeout(timer);
  if (view.running && !view.step) {
    timer = setTimeout(follow, 400);
  }
}

async function follow() {
  const before = view;
  try {
    view = await ask("dialog");
  } catch (failure) {
    if (isEnd(failure)) {
      gone(failure.message);
    }
    return;
  }
  if (!looks()) {
    return;
  }
  const same =
    view.running === before.running &&
    view.number === before.number &&
    Boolean(view.signIn) === Boolean(before.signIn) &&
    Boolean(view.transfer) === Boolean(before.transfer) &&
    view.notes.length === before.notes.length &&
    view.said.length === before.said.length;
  if (same) {
    wait();
    return;
  }
  await redraw();
}

/** Shows what is asked now; what was typed of a longer answer stays when only a part was wrong. */
async function redraw() {
  if (typed && view.step === typed.step && typed.keeps) {
    typed.number = view.number;
    typed.problem.replaceChildren(...problem());
    typed.again();
    return;
  }
  try {
    await draw();
  } catch (failure) {
    box.replaceChildren(el("h1", { tabindex: "-1" }, t("failure.title")), failed(failure));
  }
  arrive();
}

async function parts() {
  typed = null;
  if (!view.command) {
    return [el("h1", { tabindex: "-1" }, t("dialog.none"))];
  }
  if (!view.running) {
    return ended();
  }
  if (view.signIn) {
    return signingIn();
  }
  if (view.transfer) {
    return [...transferring(), notes(view.notes)];
  }
  unlocked = unlocked || UNLOCKING.includes(view.step);
  if (view.step) {
    return [steps(), ...(await STEPS[view.step]())];
  }
  return [
    el("h1", { tabindex: "-1" }, t(`dialog.${view.command}`)),
    ...said(),
    el("p", { role: "status", class: "soft" }, t("waiting")),
  ];
}

function said() {
  return view.said.flatMap((sentence) => sentence.split("\n")).map((line) => el("p", null, line));
}

function ended() {
  // Signed out is signed out, also when the sign-in server could not be told.
  const well = view.result === "SUCCESS" || (view.command === "SIGN_OUT" && view.result === "PARTIAL");
  const on = well ? leads(view.command, origin, unlocked) : [];
  return [
    el("h1", { tabindex: "-1" }, t(well ? `dialog.${view.command}.done` : "dialog.failed", t(`dialog.${view.command}`))),
    view.failure ? failed(new Failure(view.failure.code, view.failure.message)) : null,
    ...(well && ["SIGN_IN", "OPT_IN"].includes(view.command) ? done() : [...said(), namedCommands(view.said)]),
    notes(view.notes),
    ...(well && view.command === "DEVICES" ? [el("p", null, t("care.devices")), toBackups()] : []),
    el(
      "div",
      { class: "row" },
      ...on,
      well ? null : anew(),
      ["SIGN_IN", "OPT_IN", "TRANSFER"].includes(view.command) ? null : button(t("nav.care"), () => go(carePage)),
      // Going on from a sign-in leads there.
      well && view.command === "SIGN_IN" && !origin ? null : button(t("nav.verdict"), goHome),
    ),
  ];
}

/** Begins again what did not go well; a sign-in with what was typed. */
function anew() {
  return typedAt && view.command === "SIGN_IN"
    ? button(t("failure.again"), () => back(typedAt), "first")
    : dialogButton(t("failure.again"), view.command, "first", { from: origin });
}

/** What a terminal would say after the way was gone; the page leads on by itself. */
function done() {
  return view.said.length === 0
    ? []
    : [el("details", null, el("summary", null, t("dialog.details")), said())];
}

/** Where the person is on the way through opting in. */
function steps() {
  const way = ["CONSENT", "PROTECTION", "NEW_PASSWORD", "SHOWN_DIGITS"];
  const now = view.step === "DIGIT_ROW" ? "SHOWN_DIGITS" : view.step;
  if (view.command !== "OPT_IN" || !way.includes(now)) {
    return null;
  }
  return el(
    "ol",
    { class: "steps", "aria-label": t("dialog.steps") },
    way.map((step) => el("li", { "aria-current": step === now ? "step" : null }, t(`dialog.way.${step}`))),
  );
}

function problem() {
  return view.facts.problem ? [el("div", { class: "failure", role: "alert" }, el("p", null, view.facts.problem))] : [];
}

/** A question: heading, what the command said, the fields, and how to go on. */
function form(fields, answer, options) {
  const place = el("div", null, problem());
  const first = el("button", { type: "submit", class: "first" }, options?.text ?? t("dialog.next"));
  typed = {
    step: view.step,
    number: view.number,
    problem: place,
    keeps: options?.keeps ?? false,
    again: () => place.scrollIntoView({ block: "nearest" }),
  };
  const mine = typed;
  return [
    el("h1", { tabindex: "-1" }, t(`dialog.${view.step}.title`)),
    ...(options?.saysAll ? [] : said()),
    el(
      "form",
      {
        novalidate: "novalidate",
        onsubmit: (event) => {
          event.preventDefault();
          return once(first, async () => {
            try {
              const wrong = await answer(mine);
              if (wrong) {
                place.replaceChildren(el("div", { class: "failure", role: "alert" }, el("p", null, wrong)));
              }
            } catch (failure) {
              await refused(failure, place);
            }
          });
        },
      },
      fields,
      place,
      el("div", { class: "row" }, first, options?.more ?? null, button(t("dialog.cancel"), cancel)),
    ),
  ];
}

async function refused(failure, place) {
  if (isEnd(failure)) {
    gone(failure.message);
  } else if (failure instanceof Failure && failure.code === "window.not-asked") {
    view = await ask("dialog");
    await redraw();
  } else {
    place.replaceChildren(failed(failure));
  }
}

async function give(asked, text) {
  view = await ask("answer", { number: asked.number, text });
  await redraw();
}

async function giveSecret(asked, secret) {
  view = await askSecretly("answer-secret", asked.number, secret);
  await redraw();
}

function choice(values, text) {
  return values.map((value, i) =>
    el(
      "label",
      { class: "choice" },
      el("input", { type: "radio", name: "choice", value, checked: i === 0 }),
      " ",
      text(value),
    ),
  );
}

function chosenValue() {
  return box.querySelector("input[name=choice]:checked").value;
}

function secretField(id, label, more) {
  const input = el("input", { type: "password", id, autocomplete: "off", spellcheck: "false", autocapitalize: "off", "data-secret": "", ...more });
  return { input, label: el("label", { for: id }, label) };
}

function shower(inputs) {
  const input = el("input", {
    type: "checkbox",
    onchange: () => inputs.forEach((one) => one.setAttribute("type", input.checked ? "text" : "password")),
  });
  return { input, label: el("label", null, input, " ", t("dialog.show")) };
}

const STEPS = {
  CONSENT: () =>
    form(
      [
        el(
          "section",
          { class: "text", lang: view.facts.language, "aria-label": view.facts.title, tabindex: "0" },
          el("h2", null, view.facts.title),
          view.facts.body.split(/\n\s*\n/).map((paragraph) => el("p", null, paragraph)),
        ),
        el("div", { class: "failure" }, el("p", null, el("strong", null, view.facts.warning))),
        el(
          "div",
          { class: "two" },
          ["sees", "hidden"].map((list) =>
            el(
              "section",
              null,
              el("h2", null, t(`privacy.${list}`)),
              el("ul", null, (list === "sees" ? [1, 2, 3, 4, 5, 6, 7] : [1, 2, 3, 4]).map((i) => el("li", null, t(`privacy.${list}.${i}`)))),
            ),
          ),
        ),
        el("label", null, el("input", { type: "checkbox", id: "agree" }), " ", t("dialog.CONSENT.agree")),
      ],
      (asked) => {
        if (!document.getElementById("agree").checked) {
          return t("dialog.CONSENT.tick");
        }
        return give(asked, "yes");
      },
      { text: t("dialog.CONSENT.go") },
    ),

  PROTECTION: () =>
    form(
      [
        view.facts.why ? el("p", null, view.facts.why) : null,
        view.facts.pinned === false ? withFingerprint() : null,
        el(
          "fieldset",
          null,
          el("legend", null, t("dialog.PROTECTION.legend")),
          choice(view.facts.allowed, (value) => [
            el("strong", null, t(`dialog.PROTECTION.${value}`)),
            el("div", { class: "inner soft" }, t(`dialog.PROTECTION.${value}.text`)),
          ]),
        ),
      ].filter((part) => part !== null),
      (asked) => give(asked, chosenValue()),
    ),

  NEW_PASSWORD: newPassword,

  SHOWN_DIGITS: async () => {
    const number = view.number;
    const rows = await ask("shown", { number });
    const file = el("input", { type: "text", id: "sheet", autocomplete: "off", spellcheck: "false", value: t("dialog.SHOWN_DIGITS.file") });
    const asked = { number };
    return form(
      [
        el("p", null, t("dialog.SHOWN_DIGITS.text")),
        el("ol", { class: "digits secret" }, rows.map((row) => el("li", null, el("code", null, row)))),
        view.facts.sheet ? el("div", { class: "notes" }, el("p", null, t("dialog.SHOWN_DIGITS.made", view.facts.sheet))) : null,
        el(
          "fieldset",
          null,
          el("legend", null, t("dialog.SHOWN_DIGITS.sheet")),
          el("label", { for: "sheet" }, t("dialog.SHOWN_DIGITS.where")),
          file,
          el("p", { class: "soft" }, t("home.hint")),
          el(
            "div",
            { class: "row" },
            button(t("dialog.SHOWN_DIGITS.make"), async () => {
              try {
                await give(asked, file.value.trim());
              } catch (failure) {
                await refused(failure, typed.problem);
              }
            }),
          ),
        ),
      ].filter((part) => part !== null),
      (mine) => give(mine, ""),
      { text: t("dialog.SHOWN_DIGITS.go") },
    );
  },

  DIGIT_ROW: () => {
    const row = el("input", { type: "text", id: "row", inputmode: "numeric", autocomplete: "off", spellcheck: "false", "data-secret": "" });
    const asked = { number: view.number };
    return form(
      [el("p", null, t("dialog.DIGIT_ROW.text")), el("label", { for: "row" }, t("dialog.DIGIT_ROW.label", view.facts.row)), row],
      (mine) => {
        const value = row.value;
        if (value.trim() === "") {
          return t("dialog.empty");
        }
        row.value = "";
        return giveSecret(mine, value);
      },
      {
        more: button(t("dialog.DIGIT_ROW.again"), async () => {
          try {
            await giveSecret(asked, "");
          } catch (failure) {
            await refused(failure, typed.problem);
          }
        }),
      },
    );
  },

  UNLOCK_METHOD: () =>
    form(
      [
        el(
          "fieldset",
          null,
          el("legend", null, t("dialog.UNLOCK_METHOD.legend")),
          choice(view.facts.allowed, (value) => t(`dialog.UNLOCK_METHOD.${value}`)),
        ),
      ],
      (asked) => give(asked, chosenValue()),
      { more: otherComputer() },
    ),

  TRANSFER_DEVICE: () =>
    form(
      [
        el(
          "fieldset",
          null,
          el("legend", null, t("dialog.TRANSFER_DEVICE.legend")),
          view.facts.asking.map((text, i) =>
            el("label", { class: "choice" }, el("input", { type: "radio", name: "choice", value: String(i + 1), checked: false }), " ", text),
          ),
        ),
      ],
      (asked) => {
        const chosen = box.querySelector("input[name=choice]:checked");
        return chosen ? give(asked, chosen.value) : t("dialog.TRANSFER_DEVICE.legend");
      },
    ),

  TRANSFER_CODE: () => {
    const code = el("input", { type: "text", id: "code", inputmode: "numeric", autocomplete: "off", spellcheck: "false", "data-secret": "" });
    return form(
      [
        el("p", null, t("dialog.TRANSFER_CODE.who", view.facts.name, view.facts.since, view.facts.from)),
        el("div", { class: "failure" }, el("p", null, t("dialog.TRANSFER_CODE.beware"))),
        el("label", { for: "code" }, t("dialog.TRANSFER_CODE.label", view.facts.name)),
        code,
      ],
      (asked) => {
        const value = code.value;
        if (value.trim() === "") {
          return t("dialog.empty");
        }
        code.value = "";
        return giveSecret(asked, value);
      },
      { saysAll: true },
    );
  },

  OPT_OUT: () => {
    const agree = el("input", { type: "checkbox", id: "agree" });
    const way = el(
      "a",
      { class: "go", href: view.facts.page, target: "_blank", rel: "noopener noreferrer" },
      t("dialog.OPT_OUT.open"),
    );
    const there = el("p", { hidden: true }, way);
    agree.addEventListener("change", () => {
      there.hidden = !agree.checked;
    });
    return form(
      [
        meaning("care.OPT_OUT", 5),
        el("label", null, agree, " ", t("care.agree")),
        there,
        el("p", { class: "soft" }, t("dialog.OPT_OUT.there"), " ", el("code", null, view.facts.page)),
      ],
      (asked) => (agree.checked ? give(asked, "yes") : t("care.tick")),
      { text: t("dialog.OPT_OUT.go") },
    );
  },

  DIAGNOSTICS: () => form([], (asked) => give(asked, "yes"), { text: t("dialog.DIAGNOSTICS.go") }),

  RESTIC_REPOSITORY: () =>
    form(
      [
        el(
          "fieldset",
          null,
          el("legend", null, t("dialog.RESTIC_REPOSITORY.legend")),
          choice(view.facts.repositories.map((_, i) => String(i + 1)), (value) => view.facts.repositories[Number(value) - 1]),
        ),
      ],
      (asked) => give(asked, chosenValue()),
    ),

  RESTIC_PASSWORD: () => {
    const first = secretField("new", t("dialog.RESTIC_PASSWORD.label"));
    const second = secretField("again", t("dialog.NEW_PASSWORD.again"));
    const inputs = [first.input, second.input];
    return form(
      [el("p", null, t("dialog.RESTIC_PASSWORD.text")), first.label, first.input, second.label, second.input, shower(inputs).label],
      (asked) => {
        if (first.input.value === "") {
          return t("dialog.empty");
        }
        return first.input.value === second.input.value ? giveSecret(asked, first.input.value) : t("dialog.NEW_PASSWORD.different");
      },
    );
  },

  RESTIC_VALUES: async () => {
    const number = view.number;
    const values = (await ask("shown", { number })).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
    const asked = { number };
    const shell = (label, lines) =>
      el("pre", { class: "preview secret", role: "region", tabindex: "0", "aria-label": label }, lines.join("\n"));
    return form(
      [
        el("p", null, t("dialog.RESTIC_VALUES.text", when(view.facts.expiresAt))),
        el("div", { class: "failure" }, el("p", null, t("dialog.RESTIC_VALUES.beware"))),
        el("h2", null, t("dialog.RESTIC_VALUES.unix")),
        shell(t("dialog.RESTIC_VALUES.unix"), values.map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`)),
        el("h2", null, t("dialog.RESTIC_VALUES.windows")),
        shell(t("dialog.RESTIC_VALUES.windows"), values.map(([name, value]) => `$env:${name}='${value.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`)),
        el("p", { class: "soft" }, t("dialog.RESTIC_VALUES.next"), " ", el("code", null, "restic backup ~/Documents")),
      ],
      (mine) => give(mine, ""),
      {
        text: t("dialog.RESTIC_VALUES.go"),
        more: button(t("dialog.RESTIC_VALUES.forget"), async () => {
          try {
            await give(asked, "forget");
          } catch (failure) {
            await refused(failure, typed.problem);
          }
        }),
      },
    );
  },

  PASSWORD: () => onePassword(t("dialog.PASSWORD.hint"), false),

  PRACTICE: () => onePassword(t("dialog.PRACTICE.hint"), true),

  DIGITS: () => {
    const rows = [1, 2, 3, 4].map((row) => secretField(`row${row}`, t("dialog.DIGITS.row", row), { inputmode: "numeric" }));
    const inputs = rows.map((row) => row.input);
    return form(
      [el("p", null, t("dialog.DIGITS.text")), ...rows.flatMap((row) => [row.label, row.input]), shower(inputs).label],
      (asked) => giveSecret(asked, inputs.map((input) => input.value).join("\n")),
      { keeps: true, more: otherComputer() },
    );
  },

  PHRASE: () => {
    const phrase = el("input", { type: "text", id: "phrase", autocomplete: "off", spellcheck: "false" });
    return form(
      [el("label", { for: "phrase" }, view.facts.sentence.trim()), phrase],
      (asked) => give(asked, phrase.value),
    );
  },
};

function onePassword(hint, later) {
  const { input, label } = secretField("password", t("dialog.PASSWORD.label"));
  const asked = { number: view.number };
  return form(
    [el("p", null, hint), label, input, shower([input]).label],
    (mine) => {
      const value = input.value;
      if (value === "") {
        return t("dialog.empty");
      }
      input.value = "";
      return giveSecret(mine, value);
    },
    later
      ? {
          more: button(t("dialog.PRACTICE.later"), async () => {
            try {
              await giveSecret(asked, "");
            } catch (failure) {
              await refused(failure, typed.problem);
            }
          }),
        }
      : { more: otherComputer() },
  );
}

function newPassword() {
  const first = secretField("new", t("dialog.NEW_PASSWORD.label"), { "aria-describedby": "strength" });
  const second = secretField("again", t("dialog.NEW_PASSWORD.again"));
  const strength = el("p", { id: "strength", class: "soft", role: "status" }, t("dialog.NEW_PASSWORD.rules", view.facts.minCharacters));
  const shown = shower([first.input, second.input]);
  const number = view.number;
  let checking = null;
  const check = async () => {
    if (first.input.value === "") {
      strength.textContent = t("dialog.NEW_PASSWORD.rules", view.facts.minCharacters);
      strength.className = "soft";
      return;
    }
    try {
      const { problem: wrong } = await askSecretly("check-secret", number, first.input.value);
      strength.textContent = wrong === "" ? t("dialog.NEW_PASSWORD.good") : wrong;
      strength.className = wrong === "" ? "good" : "warn";
    } catch {
      // Giving it says what is wrong.
    }
  };
  first.input.addEventListener("input", () => {
    clearTimeout(checking);
    checking = setTimeout(check, 350);
  });
  return form(
    [
      el("p", null, t("dialog.NEW_PASSWORD.text")),
      first.label,
      first.input,
      strength,
      second.label,
      second.input,
      shown.label,
      el(
        "div",
        { class: "row" },
        button(t("dialog.NEW_PASSWORD.suggest"), async () => {
          const made = await ask("suggest");
          shown.input.checked = true;
          for (const input of [first.input, second.input]) {
            input.setAttribute("type", "text");
            input.value = made;
          }
          await check();
          strength.textContent = t("dialog.NEW_PASSWORD.suggested");
        }),
      ),
    ],
    (asked) => {
      clearTimeout(checking);
      if (first.input.value === "") {
        return t("dialog.empty");
      }
      if (first.input.value !== second.input.value) {
        return t("dialog.NEW_PASSWORD.different");
      }
      return giveSecret(asked, first.input.value);
    },
    { keeps: true },
  );
}
