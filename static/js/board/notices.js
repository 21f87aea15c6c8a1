/** What a person has to be told: refusals with their reasons, collisions, a queue that can't be kept. */
import { signal } from "@preact/signals-core";
import { newId } from "./identity.js";

/** @import { Notice, NoticeDraft } from "./types.js" */

const SHOWN_AT_MOST = 50;

/** @param {(id: string) => void} onDismiss */
export function createNotices(onDismiss) {
  /** @type {import("@preact/signals-core").Signal<Notice[]>} */
  const list = signal([]);

  /** @param {NoticeDraft} notice the same id again replaces what was said */
  function say(notice) {
    const whole = { id: newId(), at: Date.now(), ...notice };
    const others = list.peek().filter(({ id }) => id !== whole.id);
    list.value = [...others, whole].slice(-SHOWN_AT_MOST);
  }

  /** @param {string|undefined} id */
  function forget(id) {
    if (list.peek().some((notice) => notice.id === id))
      list.value = list.peek().filter((other) => other.id !== id);
  }

  /** @param {string} id */
  function dismiss(id) {
    forget(id);
    onDismiss(id);
  }

  const shown = {
    get value() {
      return list.value;
    },
    peek: () => list.peek(),
    /** @param {(notices: Notice[]) => void} listener */
    subscribe: (listener) => list.subscribe(listener),
    dismiss,
  };
  return { shown, say, forget };
}
