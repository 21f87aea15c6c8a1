/** Drives a stock Firefox by WebDriver BiDi for tests: `node driver.mjs '{"port": 1, "executable": "firefox"}'`.
 * A POST of {window, action, parameters} answers {result} or {error}. Prints `ready` when it listens. */

import { createServer } from "node:http";
import puppeteer from "puppeteer-core";

const { port, executable } = JSON.parse(process.argv[2]);
const TIMEOUT_MS = 60_000;

/** All that Firefox wants beyond this machine goes to a proxy that answers nothing and keeps the addresses. */
const outside = [];
const proxy = createServer((request, response) => response.destroy(outside.push(request.url) && null));
proxy.on("connect", (request, socket) => socket.destroy(outside.push(request.url) && null));
await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));

/** Beside those that puppeteer sets: no proxy but ours, no asking for anything, few processes. */
const extraPrefsFirefox = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": proxy.address().port,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": proxy.address().port,
  "app.normandy.enabled": false,
  "app.update.auto": false,
  "browser.region.update.enabled": false,
  "dom.push.connection.enabled": false,
  "extensions.systemAddon.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.unified": false,
  "dom.ipc.processCount": 1,
  "dom.ipc.processPrelaunch.enabled": false,
  "fission.autostart": false,
};

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: executable,
  env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" }, // without it a release ignores services.settings.server
  extraPrefsFirefox,
  handleSIGTERM: false,
  protocolTimeout: TIMEOUT_MS,
});
const windows = new Map();

/** A window with cookies of its own; in a tab behind others nothing would be drawn. */
async function open() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage({ type: "window" });
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.setViewport({ width: 1280, height: 800 });
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack ?? error}`));
  page.on("console", (said) => {
    if (["error", "warn"].includes(said.type())) complaints.push(`${said.type()}: ${said.text()}`);
  });
  const name = String(windows.size + 1);
  front = name;
  windows.set(name, { context, page, complaints });
  return name;
}

const actions = {
  goto: ({ page }, url) => page.goto(url).then(() => {}),
  reload: ({ page }) => page.reload().then(() => {}),
  address: ({ page }) => page.url(),
  click: ({ page }, selector) => page.locator(selector).click(),
  focus: ({ page }, selector) => page.focus(selector),
  fill: ({ page }, selector, text) => page.locator(selector).fill(text),
  type: ({ page }, text) => page.keyboard.type(text),
  press: ({ page }, keys) => press(page.keyboard, keys.split("+")),
  drag: ({ page }, from, onto) => drag(page, from, onto),
  see: ({ page }, selector, wanted) => see(page, selector, wanted),
  seeIn: ({ page }, selector, text) => seeIn(page, selector, text),
  texts: ({ page }, selector) => texts(page, selector),
  value: ({ page }, selector) => page.$eval(selector, (box) => box.value),
  focused: ({ page }) => page.evaluate(() => document.activeElement.textContent ?? ""),
  upload: ({ page }, selector, path) => page.$(selector).then((box) => box.uploadFile(path)),
  complaints: ({ complaints }) => complaints,
  picture: ({ page }, path) => page.screenshot({ path }).then(() => {}),
  close: ({ context }) => context.close(),
};

/** What needs no window in front. */
const LOOKS = new Set(["address", "see", "seeIn", "texts", "value", "complaints", "picture", "close"]);
let front = "";

/** What a selector finds, as text. */
const texts = (page, selector) =>
  page.$$eval(selector, (found) => found.map((each) => each.textContent.trim()));

/** Waits until a selector finds exactly these texts. */
async function see(page, selector, wanted) {
  const shows = (where, what) => {
    const found = [...document.querySelectorAll(where)].map((each) => each.textContent.trim());
    return JSON.stringify(found) === JSON.stringify(what);
  };
  try {
    await page.waitForFunction(shows, { polling: 100 }, selector, wanted);
  } catch (error) {
    throw new Error(`${selector} still shows ${JSON.stringify(await texts(page, selector))}`, {
      cause: error,
    });
  }
}

/** Waits until something that a selector finds has a text in it. */
async function seeIn(page, selector, text) {
  const shows = (where, what) =>
    [...document.querySelectorAll(where)].some((each) => each.textContent.includes(what));
  try {
    await page.waitForFunction(shows, { polling: 100 }, selector, text);
  } catch (error) {
    throw new Error(`${selector} still shows ${JSON.stringify(await texts(page, selector))}`, {
      cause: error,
    });
  }
}

/** The last key, while the ones before it are held. */
async function press(keyboard, keys) {
  const held = keys.slice(0, -1);
  for (const key of held) await keyboard.down(key);
  await keyboard.press(keys.at(-1));
  for (const key of held.reverse()) await keyboard.up(key);
}

/** By the mouse, in steps as a hand makes them, to just below the upper edge of the target. */
async function drag(page, from, onto) {
  const [start, end] = await Promise.all(
    [from, onto].map(async (each) => (await page.waitForSelector(each)).boundingBox()),
  );
  await page.mouse.move(start.x + 40, start.y + 15);
  await page.mouse.down();
  await page.mouse.move(start.x + 50, start.y + 30, { steps: 3 });
  await page.mouse.move(end.x + 40, end.y + 5, { steps: 6 });
  await page.waitForSelector("[data-gap]", { visible: true });
  await page.mouse.up();
}

/** In the window that a person has before them; one behind others has no focus. */
async function act(name, action, parameters) {
  if (action === "open") return open();
  if (action === "outside") return outside;
  const window = windows.get(name);
  if (!LOOKS.has(action) && front !== name) await window.page.bringToFront();
  if (!LOOKS.has(action)) front = name;
  return actions[action](window, ...parameters);
}

async function answer({ window, action, parameters }) {
  try {
    return { result: (await act(window, action, parameters)) ?? null };
  } catch (error) {
    return { error: String(error.stack ?? error) };
  }
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.end(JSON.stringify(await answer(JSON.parse(Buffer.concat(chunks).toString()))));
});
process.on("SIGTERM", () => browser.close().finally(() => process.exit(0)));
server.listen(port, "127.0.0.1", () => console.log("ready"));
