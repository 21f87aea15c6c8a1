/** What somebody is writing when its place is taken away: said with the cause, and given back to be copied. */
import { effect } from "@preact/signals";
import { sayCause } from "./wording.js";

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
    this.boxes = new Set();
    page.addEventListener("input", ({ target }) => target.matches?.(TYPED_INTO) && this.boxes.add(target));
    page.addEventListener("focusout", ({ target }) => {
      if (target.isConnected && !target.closest?.(KEPT_ON_LEAVING)) this.boxes.delete(target);
    });
  }

  /** @returns {{box: HTMLElement, text: string}[]} */
  now() {
    for (const box of this.boxes) if (!box.isConnected) this.boxes.delete(box);
    const boxes = new Set([...this.boxes, ...this.page.querySelectorAll(DRAFTS)]);
    return [...boxes].map((box) => ({ box, text: box.value })).filter(({ text }) => text.trim());
  }
}

/**
 * Watches the board's events, this person's role and the end of the session, and says which words lost their place.
 *
 * @param {{session: import("./types.js").Session, me: {id: string}}} board @param {Writing} writing
 */
export function followLosses({ session, me }, writing) {
  let open = null;
  const told = new Set();
  const tellLost = (why, text) => {
    told.add(text);
    session.tellLost(why, text);
  };
  /** Words that are in a box again need no notice. */
  const reunite = () => {
    const shown = writing.now().map(({ text }) => text);
    for (const text of told) if (shown.includes(text) && told.delete(text)) session.forgetLost(text);
  };
  const heed = (cause) => {
    const said = cause && sayCause(cause, me.id, (kind, id) => titleOf(session, kind, id));
    if (!open) {
      open = { written: writing.now(), causes: [] };
      setTimeout(tell);
    }
    if (said) open.causes.push(said);
  };
  const tell = () => {
    const { written, causes } = open;
    open = null;
    const why = causes[0] ?? "What you were writing in was taken away";
    for (const { box, text } of written) if (!box.isConnected) tellLost(why, text);
    if (!session.signedOut.peek()) reunite();
  };
  effect(() => heed(session.cause.value));
  effect(() => (session.role.value, heed(null)));
  effect(() => {
    const out = session.signedOut.value;
    if (out) for (const { text } of writing.now()) tellLost(out, text);
    else heed(null);
  });
  writing.page.addEventListener("focusin", () => session.signedOut.peek() || reunite());
}

function titleOf(session, kind, id) {
  if (kind === "task") return session.task(id).peek()?.title;
  if (kind === "label") return session.labels.peek().find((label) => label.id === id)?.name;
  return kind === "column" ? session.column(id).peek()?.title : undefined;
}
