/** The reference of the API, drawn by Swagger UI. */
import { currentTheme } from "./theme.js";

/**
 * @typedef {{url: string, headers: Record<string, string>}} SwaggerRequest
 * @typedef {(options: Record<string, unknown>) => void} SwaggerUI   swagger-ui-dist has no types of its own
 */

const { SwaggerUIBundle } = /** @type {typeof globalThis & {SwaggerUIBundle: SwaggerUI}} */ (globalThis);
const place = /** @type {HTMLElement} */ (document.getElementById("reference"));

SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapi,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: signed,
});

followTheme();
new MutationObserver(followTheme).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", followTheme);

/** Give the page the class that Swagger UI knows a dark theme by. */
function followTheme() {
  document.documentElement.classList.toggle("dark-mode", currentTheme() === "dark");
}

/**
 * Add the CSRF token to a request of the person signed in here, as every page does.
 *
 * @param {SwaggerRequest} request
 * @returns {SwaggerRequest}
 */
function signed(request) {
  if (place.dataset.csrf && new URL(request.url, location.href).origin === location.origin)
    request.headers["X-CSRFToken"] = place.dataset.csrf;
  return request;
}
