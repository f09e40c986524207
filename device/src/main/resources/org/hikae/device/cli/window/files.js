// One file of a snapshot: what is in it, and its versions side by side. Contents come on request only.
// A text becomes a text node; a picture is drawn from bytes whose type the agent has checked.

import { ask, askBytes, button, count, el, failed, go, gone, guard, isEnd, notes, redrawn, size, t, when } from "/base.js";

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

let restoring = () => {};

/** What restores one file: the snapshot, the bytes of its path, and its name. */
export function restoresBy(restore) {
  restoring = restore;
}

/** The beginning of a file as it was, or why it is not shown. */
async function content(snapshot, rawPath, name, length) {
  let shown;
  try {
    shown = await askBytes("preview", { snapshotId: snapshot.id, rawPath });
  } catch (failure) {
    if (isEnd(failure)) {
      throw failure;
    }
    return failed(failure);
  }
  if (PICTURES.includes(shown.type)) {
    const address = URL.createObjectURL(new Blob([shown.bytes], { type: shown.type }));
    return el("img", { class: "preview secret", src: address, alt: t("preview.picture", name) });
  }
  const text = new TextDecoder().decode(shown.bytes);
  const cut = length > shown.bytes.byteLength;
  return el(
    "div",
    null,
    el("pre", { class: "preview secret", role: "region", tabindex: "0", "aria-label": t("preview.text", name) }, text),
    cut ? el("p", { class: "soft" }, t("preview.cut", size(shown.bytes.byteLength), size(length))) : null,
  );
}

/** A file as it was in a snapshot. */
export async function previewPage(snapshot, file) {
  return [
    el("h1", { tabindex: "-1" }, file.name),
    el("p", { class: "soft" }, t("folder.of", when(snapshot.at), snapshot.device)),
    el("p", null, t("search.changed", when(file.modified)), ", ", size(file.size)),
    await content(snapshot, file.rawPath, file.name, file.size),
    el(
      "div",
      { class: "row" },
      button(t("search.restore"), () => restoring(snapshot, file.rawPath, file.name), "first"),
      button(t("versions.open"), () => go(versionsPage, file.rawPath, file.name)),
    ),
  ];
}

/** All versions of a file, two of them side by side. */
export async function versionsPage(rawPath, name) {
  const found = await ask("versions", { rawPath });
  const box = el("div", null);
  const head = el("div", null);
  const page = { rawPath, name, head, box, versions: null, sides: [] };
  await drawVersions(page, found);
  goOn(page, found);
  return [el("h1", { tabindex: "-1", "data-title": name }, t("versions.title", name)), head, box];
}

/** Draws more versions as they are found, as long as somebody looks and more snapshots are read. */
async function goOn(page, first) {
  let before = -1;
  let found = first;
  try {
    while (found.searched < found.snapshots && found.searched > before) {
      before = found.searched;
      found = await ask("versions", { rawPath: page.rawPath });
      if (!document.contains(page.box)) {
        return;
      }
      await drawVersions(page, found);
    }
  } catch (failure) {
    if (isEnd(failure)) {
      gone(failure.message);
    } else {
      page.box.append(failed(failure));
    }
  }
}

/** What was found until now; the sides stay as they are while they have all of it. */
async function drawVersions(page, found) {
  const { rawPath, name, head, box } = page;
  const versions = found.hits.flatMap((hit) =>
    hit.versions.map((version) => ({ ...version, device: hit.device, type: hit.type })),
  );
  const whole = found.searched === found.snapshots;
  const reads = whole
    ? ""
    : el("p", { class: "notes" }, t("search.reads", count(found.searched), count(found.snapshots)));
  if (versions.length === 0 || versions[0].type !== "FILE") {
    head.replaceChildren(reads, notes(found.notes) ?? "", whole ? el("p", null, t("versions.none")) : "");
    return;
  }
  versions.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
  const drawn = JSON.stringify(versions);
  if (page.versions !== drawn) {
    const chosen = page.sides.map((one) => one.chosen());
    const at = (i, otherwise) => {
      const same = versions.findIndex((version) => isSame(version, chosen[i]));
      return same < 0 ? otherwise : same;
    };
    page.sides.forEach((one) => forget(one.element));
    page.versions = drawn;
    // One version has nothing to stand beside.
    page.sides =
      versions.length === 1
        ? [side(rawPath, name, versions, 0, null, t("versions.only"))]
        : [
            side(rawPath, name, versions, at(0, 1), chosen[0], t("versions.left")),
            side(rawPath, name, versions, at(1, 0), chosen[1], t("versions.right")),
          ];
    await Promise.all(page.sides.map((one) => one.show()));
    redrawn(box, () => box.replaceChildren(el("div", { class: "two" }, page.sides.map((one) => one.element))));
    guard();
  }
  head.replaceChildren(
    reads,
    el("p", { class: "soft" }, t("search.versions", versions.length)),
    notes(found.notes) ?? "",
  );
}

/** Whether a version is the one that somebody chose, which other snapshots may have, too. */
function isSame(version, chosen) {
  return (
    chosen && version.device === chosen.device && version.modified === chosen.modified && version.size === chosen.size
  );
}

/** Lets go of the pictures in an element, or of one. */
function forget(element) {
  for (const picture of [element, ...element.querySelectorAll("img")]) {
    if (picture.src) {
      URL.revokeObjectURL(picture.src);
    }
  }
}

function side(rawPath, name, versions, first, before, label) {
  const box = el("div", null);
  let chosen = before;
  const several = new Set(versions.map((version) => version.device)).size > 1;
  const choice = el(
    "select",
    { "aria-label": label, onchange: () => choose() },
    versions.map((version, i) =>
      el(
        "option",
        { value: String(i), selected: i === first },
        // A narrow window cuts what is longer.
        [when(version.modified), size(version.size), ...(several ? [version.device] : [])].join(" · "),
      ),
    ),
  );
  function choose() {
    chosen = versions[Number(choice.value)];
    show();
  }
  async function show() {
    const wanted = choice.value;
    const version = versions[Number(choice.value)];
    const snapshot = { id: version.snapshotId, at: version.madeAt, device: version.device };
    const shown = await content(snapshot, rawPath, name, version.size);
    if (choice.value !== wanted) {
      // Another one was chosen meanwhile, and is shown when it comes.
      forget(shown);
      return;
    }
    forget(box);
    redrawn(box, () =>
      box.replaceChildren(
        el("p", { class: "soft" }, t("search.in", when(version.madeAt))),
        shown,
        el("div", { class: "row" }, button(t("versions.restore"), () => restoring(snapshot, rawPath, name))),
      ),
    );
    guard();
  }
  return { element: el("section", { "aria-label": label }, choice, box), show, chosen: () => chosen };
}
