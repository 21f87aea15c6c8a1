import assert from "node:assert/strict";
import { test } from "node:test";
import { Transports } from "../../static/js/board/transports.js";
import { Store } from "../../static/js/lib/platform.js";
import { FakeClock, settle } from "./fakes.js";

class Emitter {
  heard = {};
  on(name, listener) {
    (this.heard[name] ??= []).push(listener);
  }
  say(name, ...args) {
    for (const listener of this.heard[name] ?? []) listener(...args);
  }
}

function open({ rows = {}, trials = [] } = {}) {
  const clock = new FakeClock();
  const manager = Object.assign(new Emitter(), {
    opts: {},
    closed: 0,
    timeout: (ms) => (manager.patience = ms),
  });
  manager.engine = { close: () => (manager.closed += 1) };
  const socket = Object.assign(new Emitter(), { io: manager, connected: false });
  const raw = {
    getItem: (name) => rows[name] ?? null,
    setItem: (name, text) => (rows[name] = text),
    removeItem: (name) => delete rows[name],
  };
  const tried = [];
  const tries = async () => trials[tried.push(clock.time) - 1] ?? false;
  const transports = new Transports({ socket, clock, tries, store: new Store(() => raw) });
  return { clock, manager, socket, transports, rows, tried, ways: () => manager.opts.transports };
}

const BOTH = ["websocket", "polling"];

test("a WebSocket that never opens gives way to polling after seconds, and is tried again later, less and less often", async () => {
  const { clock, manager, ways, tried } = open();
  assert.deepEqual(ways(), BOTH);
  assert.ok(manager.patience <= 10_000);
  manager.say("error", new Error("xhr poll error"));
  assert.deepEqual(ways(), BOTH);
  manager.say("error", new Error("timeout"));
  manager.say("error", new Error("timeout"));
  assert.deepEqual(ways(), ["polling"]);
  assert.ok(manager.patience > 10_000, "a slow line may poll slowly");
  await clock.pass(8 * 60_000);
  assert.deepEqual(tried, [60_000, 180_000, 420_000]);
});

test("one that is good again is used again, without waiting for the connection of now to end", async () => {
  const { clock, manager, socket, ways, rows } = open({ trials: [false, true] });
  manager.say("error", new Error("timeout"));
  socket.connected = true;
  await clock.pass(60_000);
  assert.deepEqual([ways(), manager.closed], [["polling"], 0]);
  await clock.pass(120_000);
  assert.deepEqual([ways(), manager.closed], [BOTH, 1]);
  assert.deepEqual(rows, {});
  assert.equal(clock.timers.size, 0);
});

test("one that opens and on which nothing is answered is closed", async () => {
  const { clock, manager, socket, ways } = open();
  manager.say("open");
  socket.say("connect");
  await clock.pass(20_000);
  assert.deepEqual([ways(), manager.closed], [BOTH, 0]);
  manager.say("close", "transport close");
  manager.say("open");
  await clock.pass(9_000);
  assert.deepEqual([ways(), manager.closed], [["polling"], 1]);
});

test("a server that refuses this person has answered", async () => {
  const { clock, manager, socket, ways } = open();
  manager.say("open");
  socket.say("connect_error", new Error("not you"));
  await clock.pass(20_000);
  assert.deepEqual([ways(), manager.closed], [BOTH, 0]);
});

test("connections cut again and again give way; long ones, restarts and one's own closing don't", async () => {
  const { clock, manager, socket, ways } = open();
  const live = async (ms, reason) => {
    manager.say("open");
    socket.say("connect");
    await clock.pass(ms);
    manager.say("close", reason);
  };
  for (let count = 0; count < 5; count += 1) await live(1_000, "forced close");
  for (const ms of [30_000, 30_000, 3_600_000, 30_000, 30_000]) await live(ms, "transport close");
  await live(3_600_000, "ping timeout");
  assert.deepEqual(ways(), BOTH);
  for (let count = 0; count < 3; count += 1) await live(30_000, "transport close");
  assert.deepEqual(ways(), ["polling"]);

  const silent = open();
  silent.manager.say("open");
  silent.socket.say("connect");
  await silent.clock.pass(40_000);
  silent.manager.say("close", "ping timeout");
  assert.deepEqual(silent.ways(), ["polling"]);
});

test("a reload remembers; another network is tried at once; a closed page tries nothing", async () => {
  const { manager, rows } = open();
  manager.say("error", new Error("timeout"));
  const again = open({ rows, trials: [true] });
  assert.deepEqual(again.ways(), ["polling"]);
  again.transports.forget();
  await again.clock.pass(0);
  await settle();
  assert.deepEqual(again.ways(), BOTH);
  again.transports.fail();
  again.transports.close();
  await again.clock.pass(3_600_000);
  assert.equal(again.tried.length, 1);
});
