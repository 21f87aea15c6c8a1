import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { useBoard } from "../context.js";

/** Whether others see which boards and cards this person has open; kept for the person, on every device. */
export function PresenceSwitch() {
  const { session, screen } = useBoard();
  const [shown, setShown] = useState(undefined);
  useEffect(() => {
    session.account.read().then(
      (account) => setShown(account.show_presence),
      () => {},
    );
  }, []);
  const change = async (event) => {
    const wanted = event.target.checked;
    setShown(wanted);
    try {
      await session.account.change({ show_presence: wanted });
    } catch (error) {
      setShown(!wanted);
      const detail = error.problem?.detail ?? "The server can't be reached.";
      screen.toast({ kind: "error", text: "That could not be kept", detail });
    }
  };
  return html`<label class="menu__item menu__switch"><span>Show others where I am</span>
    <input type="checkbox" role="switch" checked=${shown ?? false} disabled=${shown === undefined}
      onChange=${change} /></label>`;
}
