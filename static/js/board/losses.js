/** What somebody is writing when its place is taken away: said with the cause, and given back to be copied. */
import { effect } from "@preact/signals";
import { sayCause } from "./wording.js";

const TYPED_INTO = "textarea, input:not([type]), input[type=text]";
const KEPT_ON_LEAVING = ".editor, form";

/** The boxes of the page that hold words nobody has saved yet. Begins to listen on making. */
export class Writing {
  /** @param {Document} page */
  constructor(page = document) {
    this.boxes = new Set();
    page.addEventListener("input", ({ target }) => target.matches?.(TYPED_INTO) && this.boxes.add(target));
    page.addEventListener("focusout", ({ target }) => {
      if (target.isConnected && !target.closest?.(KEPT_ON_LEAVING)) this.boxes.delete(target);
    });
  }

  /** @returns {{box: HTMLElement, text: string}[]} */
  now() {
    for (const box of this.boxes) if (!box.isConnected) this.boxes.delete(box);
    return [...this.boxes].map((box) => ({ box, text: box.value })).filter(({ text }) => text.trim());
  }
}

/**
 * Watches the board's events, this person's role and the end of the session, and says which words lost their place.
 *
 * @param {{session: import("./types.js").Session, me: {id: string}}} board @param {Writing} writing
 */
export function followLosses({ session, me }, writing) {
  let open = null;
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
    for (const { box, text } of written) if (!box.isConnected) session.tellLost(why, text);
  };
  effect(() => heed(session.cause.value));
  effect(() => (session.role.value, heed(null)));
  effect(() => {
    const out = session.signedOut.value;
    if (out) for (const { text } of writing.now()) session.tellLost(out, text);
  });
}

function titleOf(session, kind, id) {
  if (kind === "task") return session.task(id).peek()?.title;
  return kind === "column" ? session.column(id).peek()?.title : undefined;
}
