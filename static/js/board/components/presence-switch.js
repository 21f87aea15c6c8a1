import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { withChecked } from "../../lib/events.js";
import { t } from "../../lib/i18n.js";
import { problemOf } from "../api.js";
import { useBoard } from "../context.js";

/** Choose whether others see which boards and cards this person has open; kept for the person, on every device. */
export function PresenceSwitch() {
  const { session, screen } = useBoard();
  const [shown, setShown] = useState(/** @type {boolean|undefined} */ (undefined));
  useEffect(() => {
    session.account.read().then(
      (account) => setShown(account.show_presence),
      () => {},
    );
  }, []);
  const change = async (/** @type {boolean} */ wanted) => {
    setShown(wanted);
    try {
      await session.account.change({ show_presence: wanted });
    } catch (error) {
      setShown(!wanted);
      const detail = problemOf(error)?.detail ?? t("The server can't be reached.");
      screen.toast({ kind: "error", text: t("That could not be kept"), detail });
    }
  };
  return html`<label class="menu__item menu__switch"><span>${t("Show others where I am")}</span>
    <input type="checkbox" role="switch" checked=${shown ?? false} disabled=${shown === undefined}
      onChange=${withChecked(change)} /></label>`;
}
