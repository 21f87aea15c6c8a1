import { html } from "htm/preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "./icon.js";

const MARGIN = 8;

/** A button and the panel it opens: closes on Escape, on a click elsewhere, and when `close()` is called. */
export function Popover({
  label,
  text,
  icon,
  kind = "button button--quiet button--icon",
  children,
  panel = "menu",
  title,
  tabIndex,
  openAtOnce = false,
}) {
  const [open, setOpen] = useState(false);
  const [id, button, box] = [useId(), useRef(null), useRef(null)];
  useEffect(() => {
    if (!openAtOnce) return;
    button.current.focus();
    button.current.click();
  }, []);
  const close = () => box.current?.hidePopover();
  const toggled = (event) => {
    setOpen(event.newState === "open");
    if (event.newState === "open") requestAnimationFrame(() => settle(button.current, box.current));
  };
  return html`
    <button ref=${button} class=${kind} type="button" popovertarget=${id} aria-label=${text ? undefined : label}
      title=${title} tabindex=${tabIndex}
      aria-haspopup="true" aria-expanded=${open}>
      ${icon && html`<${Icon} name=${icon} small=${kind.includes("small")} />`}${text}
    </button>
    <div ref=${box} id=${id} class=${panel} popover="auto" aria-label=${label} role="group" onToggle=${toggled}
      onKeyDown=${walk}>
      ${open && children(close)}
    </div>`;
}

/** Puts the panel under its button, inside the window, and focuses the first control. */
function settle(button, box) {
  if (!button?.isConnected || !box) return;
  const [anchor, size] = [button.getBoundingClientRect(), box.getBoundingClientRect()];
  const below = anchor.bottom + 4;
  const top = below + size.height > innerHeight - MARGIN ? Math.max(MARGIN, innerHeight - MARGIN - size.height) : below;
  const left = Math.max(MARGIN, Math.min(anchor.left, innerWidth - MARGIN - size.width));
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
  (box.querySelector("[autofocus]") ?? box.querySelector("button, input, a, select, textarea"))?.focus();
}

function walk(event) {
  event.stopPropagation();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("textarea, select, input[type=date], input[type=time]")) return;
  const stops = [...event.currentTarget.querySelectorAll("button, a, input")].filter((stop) => !stop.disabled);
  event.preventDefault();
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length]?.focus();
}
