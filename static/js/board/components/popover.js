import { html } from "htm/preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "./icon.js";

/**
 * @import { ComponentChildren, RefObject, TargetedKeyboardEvent } from "preact"
 *
 * @typedef {() => void} Close
 */

const MARGIN = 8;

/** How far an arrow key moves focus. @type {Record<string, number|undefined>} */
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Show a button and the panel it opens: closes on Escape, on a click elsewhere, and when `close()` is called.
 *
 * @param {Object} props
 * @param {string} props.label
 * @param {ComponentChildren} [props.text]
 * @param {string} [props.icon]
 * @param {string} [props.kind] classes of the button
 * @param {(close: Close) => ComponentChildren} props.children draws the panel
 * @param {string} [props.panel] classes of the panel
 * @param {string} [props.title]
 * @param {number} [props.tabIndex]
 * @param {boolean} [props.openAtOnce]
 */
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
  const id = useId();
  /** @type {RefObject<HTMLButtonElement|null>} */
  const button = useRef(null);
  /** @type {RefObject<HTMLElement|null>} */
  const box = useRef(null);
  useEffect(() => {
    if (!openAtOnce) return;
    button.current?.focus();
    button.current?.click();
  }, []);
  const close = () => box.current?.hidePopover();
  const toggled = (/** @type {ToggleEvent} */ event) => {
    setOpen(event.newState === "open");
    if (event.newState === "open") requestAnimationFrame(() => arrange(button.current, box.current));
  };
  return html`
    <button ref=${button} class=${kind} type="button" popovertarget=${id} aria-label=${text ? undefined : label}
      title=${title} tabindex=${tabIndex}
      aria-haspopup="true" aria-expanded=${open}>
      ${icon && html`<${Icon} name=${icon} small=${kind.includes("small")} />`}${text}
    </button>
    <div ref=${box} id=${id} class=${panel} popover="auto" aria-label=${label} role="group" onToggle=${toggled}
      onKeyDown=${moveFocus}>
      ${open && children(close)}
    </div>`;
}

/**
 * Place the panel under its button, inside the window, and focus the first control.
 *
 * @param {HTMLElement|null} button
 * @param {HTMLElement|null} box
 */
function arrange(button, box) {
  if (!button?.isConnected || !box) return;
  const [anchor, size] = [button.getBoundingClientRect(), box.getBoundingClientRect()];
  const below = anchor.bottom + 4;
  const top =
    below + size.height > innerHeight - MARGIN ? Math.max(MARGIN, innerHeight - MARGIN - size.height) : below;
  const left = Math.max(MARGIN, Math.min(anchor.left, innerWidth - MARGIN - size.width));
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
  const first = box.querySelector("[autofocus]") ?? box.querySelector("button, input, a, select, textarea");
  if (first instanceof HTMLElement) first.focus();
}

/** Move focus among the controls of a panel by the arrow keys. @param {TargetedKeyboardEvent<HTMLElement>} event */
function moveFocus(event) {
  event.stopPropagation();
  const step = STEPS[event.key];
  const hasOwnArrows = "textarea, select, input[type=date], input[type=time]";
  if (!step || (event.target instanceof Element && event.target.matches(hasOwnArrows))) return;
  /** @type {NodeListOf<HTMLElement>} */
  const controls = event.currentTarget.querySelectorAll(":is(button, a, input):not(:disabled)");
  const stops = [...controls];
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  event.preventDefault();
  stops[(at + step + stops.length) % stops.length]?.focus();
}
