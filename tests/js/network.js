/** A server behind a bad network: it may drop, double, delay and reorder what it pushes, and cut the line. */

export class FakeSocket {
  connected = false;
  active = true;
  handlers = new Map();

  constructor(server, clock, chance, faults = {}) {
    Object.assign(this, { server, clock, chance, faults: { drop: 0, double: 0, delay: 0, cut: 0, ...faults } });
    this.sent = [];
  }

  on = (name, handler) => this.handlers.set(name, handler);
  off = (name) => this.handlers.delete(name);
  hear = (name, message) => this.handlers.get(name)?.(structuredClone(message));

  connect() {
    if (this.connected) return;
    this.clock.set(() => this.arrive(), 20);
  }

  arrive() {
    if (this.connected) return;
    if (this.server.down) return this.hear("connect_error", {}), this.clock.set(() => this.connect(), 500);
    this.connected = true;
    this.server.sockets.add(this);
    this.hear("connect");
  }

  disconnect() {
    if (this.connected) this.cut("io client disconnect");
  }

  /** The line breaks; socket.io comes back by itself unless it was told to go. */
  cut(reason = "transport close") {
    this.connected = false;
    this.room = null;
    this.server.sockets.delete(this);
    this.hear("disconnect", reason);
    if (reason === "transport close") this.clock.set(() => this.connect(), 500);
  }

  emit(name, payload, answer) {
    this.sent.push(name);
    const line = (this.line = this.connected);
    if (!line || this.chance.happens(this.faults.drop)) return;
    const said = this.server.answer(this, name, payload);
    if (said && !this.chance.happens(this.faults.drop)) this.later(() => this.connected && answer(structuredClone(said)));
  }

  /** A push on a bad line. */
  push(name, message) {
    if (this.chance.happens(this.faults.cut)) return this.cut();
    if (this.chance.happens(this.faults.drop)) return;
    const times = this.chance.happens(this.faults.double) ? 2 : 1;
    for (let time = 0; time < times; time += 1) this.later(() => this.connected && this.hear(name, message));
  }

  later(action) {
    const ms = this.chance.happens(this.faults.delay) ? this.chance.below(600) : this.chance.below(3);
    this.clock.set(action, ms);
  }
}

/** The server's half of DESIGN section 5, over a World. */
export class FakeServer {
  sockets = new Set();
  down = false;
  snapshots = 0;

  constructor(world, { keeps = Infinity, page = 40 } = {}) {
    Object.assign(this, { world, keeps, page });
  }

  work() {
    const event = this.world.work();
    for (const socket of this.sockets) if (socket.room) socket.push("board:events", { board: "b", events: [event] });
  }

  heads() {
    for (const socket of this.sockets) if (socket.room) socket.push("board:head", { board: "b", seq: this.world.seq });
  }

  answer(socket, name, { after }) {
    if (name === "board:leave") return null;
    if (name === "board:join") socket.room = "b";
    const { seq } = this.world;
    if (seq - after > this.keeps) return { ok: true, reset: true, seq, role: "editor", presence: [] };
    const events = this.world.after(after).slice(0, this.page);
    return { ok: true, seq, role: "editor", presence: [], events };
  }

  async fetchSnapshot() {
    this.snapshots += 1;
    if (this.down) throw new TypeError("Failed to fetch");
    return this.world.snapshot();
  }
}
