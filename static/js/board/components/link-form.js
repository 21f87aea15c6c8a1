import { html } from "htm/preact";
import { withValue } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { LIMITS } from "../../lib/length.js";
import { useBoard } from "../context.js";
import { hasDraft, useKeptText } from "../drafts.js";
import { DraftBadge, DraftNote } from "./draft-badge.js";
import { Popover } from "./popover.js";

/** @import { Close } from "./popover.js" */

const URL_START = "https://";

/**
 * Add a link to a card.
 *
 * @param {{taskId: string}} props
 */
export function LinkForm({ taskId }) {
  const isKept = hasDraft(`link ${taskId}`) || hasDraft(`link-name ${taskId}`);
  const label = t("Add link");
  const draw = (/** @type {Close} */ close) => html`<${Fields} taskId=${taskId} onDone=${close} />`;
  return html`<${Popover} label=${label} text=${isKept ? html`${label}<${DraftBadge} />` : label} icon="link"
    kind="button button--quiet button--small line-form" panel="menu menu--wide">${draw}<//>`;
}

/** @param {{taskId: string, onDone: () => void}} props */
function Fields({ taskId, onDone }) {
  const { session } = useBoard();
  const keys = [`link ${taskId}`, `link-name ${taskId}`];
  const [[url, setUrl], [name, setName]] = [useKeptText(keys[0]), useKeptText(keys[1])];
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    session.commands.addLink(taskId, { name: name.trim() || new URL(url).host, url });
    setUrl("");
    setName("");
    onDone();
  };
  return html`<form class="form menu__block" onSubmit=${add}>
      <label class="field"><span class="field__label">${t("Address")}</span>
        <input class="input" name="url" type="url" pattern="https?://.+"
          title=${t("An address that begins with https:// or http://")} required placeholder=${URL_START}
          autocomplete="off" data-limit=${LIMITS.url} value=${url} data-draft=${Boolean(url) || undefined}
          onInput=${withValue(setUrl)} /></label>
      <label class="field"><span class="field__label">${t("Name (optional)")}</span><input class="input" dir="auto"
        name="name" data-limit=${LIMITS.title} autocomplete="off" value=${name}
        data-draft=${Boolean(name) || undefined} onInput=${withValue(setName)} /></label>
      <button class="button button--primary" type="submit">${t("Add link")}</button>
      ${(url || name) && html`<${DraftNote} of=${keys} />`}
    </form>`;
}
