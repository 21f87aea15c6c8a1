import { currentTheme } from "./theme.js";

const place = document.getElementById("reference");

globalThis.SwaggerUIBundle({
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

/** Swagger UI knows a dark theme by a class. */
function followTheme() {
  document.documentElement.classList.toggle("dark-mode", currentTheme() === "dark");
}

/** Trying an operation as the person signed in here proves, as every page does, that the request is theirs. */
function signed(request) {
  if (place.dataset.csrf && new URL(request.url, location.href).origin === location.origin)
    request.headers["X-CSRFToken"] = place.dataset.csrf;
  return request;
}
