import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../../lib/i18n.js";
import { useBoard } from "../context.js";
import { reasonOf } from "../sharing.js";
import { CopyField } from "./copy-field.js";

/** @import { TargetedEvent } from "preact" */

/**
 * Choose whether whoever has the link may read the board without an account.
 *
 * @param {{link: import("../types.js").PublicLink|null, again: () => void}} props
 */
export function PublicLink({ link, again }) {
  const { session, screen } = useBoard();
  const [error, setError] = useState("");
  const attempt = (/** @type {Promise<unknown>} */ work) =>
    work
      .then(
        () => setError(""),
        (failure) => setError(reasonOf(failure)),
      )
      .finally(again);
  const toggle = async (/** @type {TargetedEvent<HTMLInputElement>} */ { currentTarget }) => {
    const wanted = currentTarget.checked;
    currentTarget.checked = Boolean(link);
    if (wanted) return attempt(session.sharing.openLink());
    const question = {
      title: t("Close the public link?"),
      text: t("Whoever reads the board by the link is put out at once, and the link never works again."),
      yes: t("Close link"),
    };
    return (await screen.confirm(question)) && attempt(session.sharing.closeLink());
  };
  const renew = async () => {
    const question = {
      title: t("Renew the public link?"),
      text: t("The link of now stops working at once. You get another one."),
      yes: t("Renew link"),
    };
    if (await screen.confirm(question)) attempt(session.sharing.openLink());
  };
  return html`<section class="share" aria-label=${t("Public link")}>
    <h3>${t("Public link")}</h3>
    <label class="check share__switch"><input type="checkbox" role="switch" checked=${Boolean(link)}
      onChange=${toggle} /><span>${t("Anybody with the link can read this board")}</span></label>
    ${
      link &&
      html`<${CopyField} label=${t("Public link")} text=${link.url} />
        <p class="row row--between"><small class="muted">${t("Without an account, and without addresses.")}</small>
        <button type="button" class="button button--quiet button--small" onClick=${renew}>${t("Renew")}</button></p>`
    }
    ${error && html`<p class="field__error" role="alert">${error}</p>`}
  </section>`;
}
