/** On paper everything is there, not only what is near the window. */
import { signal } from "@preact/signals-core";

export const printing = signal(false);

export function followPrinting() {
  addEventListener("beforeprint", () => (printing.value = true));
  addEventListener("afterprint", () => (printing.value = false));
}
