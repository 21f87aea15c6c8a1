/** What somebody is writing when its place is taken away: said with the cause, and given back to be copied. */
import { t } from "../lib/i18n.js";
import { effect } from "@preact/signals";
import { sayCause } from "./wording.js";

/** @import { BoardPage } from "./context.js" */
/** @import { Cause, Kind } from "./types.js" */

/** @typedef {HTMLInputElement|HTMLTextAreaElement} Box */

const TYPED_INTO = "textarea, input:not([type]), input[type=text], input[type=url], input[type=email]";
const DRAFTS = "[data-draft]";
const KEPT_ON_LEAVING = ".editor, form";

/**
 * The boxes of the page that hold words nobody has saved yet: those typed into, and those that show a draft
 * (`data-draft`), which may be older than the page. Begins to listen on making.
 */
export class Writing {
  /** @param {Document} page */
  constructor(page = document) {
    this.page = page;
    /** @type {Set<Box>} */
    this.boxes = new Set();
    page.addEventListener(
      "input",
      ({ target }) => isBox(target) && target.matches(TYPED_INTO) && this.boxes.add(target),
    );
    page.addEventListener("focusout", ({ target }) => {
      if (isBox(target) && target.isConnected && !target.closest(KEPT_ON_LEAVING)) this.boxes.delete(target);
    });
  }

  /** @returns {{box: Box, text: string}[]} */
  now() {
    for (const box of this.boxes) if (!box.isConnected) this.boxes.delete(box);
    /** @type {NodeListOf<Box>} */
    const drafts = this.page.querySelectorAll(DRAFTS);
    const boxes = new Set([...this.boxes, ...drafts]);
    return [...boxes].map((box) => ({ box, text: box.value })).filter(({ text }) => text.trim());
  }
}

/** @param {EventTarget|null} target @returns {target is Box} */
function isBox(target) {
  return target !== null && "value" in target && "matches" in target;
}

/**
 * Watches the board's events, this person's role and the end of the session, and says which words lost their place.
 *
 * @param {Pick<BoardPage, "session"|"me">} board @param {Writing} writing
 */
export function followLosses({ session, me }, writing) {
  /** Gathers the causes of one moment. @type {{written: {box: Box, text: string}[], causes: string[]}|null} */
  let open = null;
  /** @type {Set<string>} */
  const told = new Set();
  /** @param {string} why @param {string} text */
  const tellLost = (why, text) => {
    told.add(text);
    session.tellLost(why, text);
  };
  /** Words that are in a box again need no notice. */
  const reunite = () => {
    const shown = writing.now().map(({ text }) => text);
    for (const text of told) if (shown.includes(text) && told.delete(text)) session.forgetLost(text);
  };
  /** @param {Cause|null} cause */
  const onCause = (cause) => {
    const said = cause && sayCause(cause, me.id, (kind, id) => titleOf(session, kind, id));
    if (!open) {
      open = { written: writing.now(), causes: [] };
      setTimeout(tell);
    }
    if (said) open.causes.push(said);
  };
  const tell = () => {
    const { written, causes } = open ?? { written: [], causes: [] };
    open = null;
    const why = causes[0] ?? t("What you were writing in was taken away");
    for (const { box, text } of written) if (!box.isConnected) tellLost(why, text);
    if (!session.signedOut.peek()) reunite();
  };
  effect(() => onCause(session.cause.value));
  session.role.subscribe(() => onCause(null));
  effect(() => {
    const out = session.signedOut.value;
    if (out) for (const { text } of writing.now()) tellLost(out, text);
    else onCause(null);
  });
  writing.page.addEventListener("focusin", () => session.signedOut.peek() || reunite());
}

/** @param {BoardPage["session"]} session @param {Kind} kind @param {string} id */
function titleOf(session, kind, id) {
  if (kind === "task") return session.task(id).peek()?.title;
  if (kind === "label") return session.labels.peek().find((label) => label.id === id)?.name;
  return kind === "column" ? session.column(id).peek()?.title : undefined;
}
