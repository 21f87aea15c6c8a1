/** A server behind a bad network: it may drop, double, delay and reorder what it pushes, and cut the line. */

export class FakeSocket {
  connected = false;
  active = true;
  handlers = new Map();

  constructor(server, clock, chance, faults = {}) {
    Object.assign(this, {
      server,
      clock,
      chance,
      faults: { drop: 0, double: 0, delay: 0, cut: 0, ...faults },
    });
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
    if (this.server.down) return (this.hear("connect_error", {}), this.clock.set(() => this.connect(), 500));
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
    if (said && !this.chance.happens(this.faults.drop))
      this.later(() => this.connected && answer(structuredClone(said)));
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

  /** `guests`: nobody hears what is older than their snapshot; `checks`: the server heeds what a client names. */
  constructor(world, { keeps = Infinity, page = 40, guests = false, checks = true } = {}) {
    Object.assign(this, { world, keeps, page, guests, checks });
  }

  work() {
    const event = this.world.work();
    this.tell("board:events", { events: [event] });
  }

  heads() {
    this.tell("board:head", { seq: this.world.seq });
  }

  tell(name, message) {
    const { epoch } = this.world;
    for (const socket of this.sockets) if (socket.room) socket.push(name, { board: "b", epoch, ...message });
  }

  answer(socket, name, known) {
    if (name === "board:leave") return null;
    const { seq, epoch } = this.world;
    const said = { ok: true, seq, epoch, role: "editor", presence: [] };
    const goesOn = this.goesOn(socket, known);
    if (name === "board:join") Object.assign(socket, { room: "b", floor: socket.floor ?? seq });
    if (!goesOn) return { ...said, reset: true };
    const events = this.world.after(known.after).slice(0, this.page);
    return { ...said, events, more: known.after + events.length < seq };
  }

  goesOn({ floor = Infinity }, { after, epoch, mutation }) {
    const { world } = this;
    const ours = world.log[after - 1]?.mutation;
    if (world.seq - after > this.keeps || after > world.seq) return false;
    if (this.checks && ((epoch && epoch !== world.epoch) || (mutation && mutation !== ours))) return false;
    return !this.guests || after === world.seq || after >= floor || mutation === ours;
  }

  async fetchSnapshot() {
    this.snapshots += 1;
    if (this.down) throw new TypeError("Failed to fetch");
    const { named = true } = this;
    return { ...this.world.snapshot(), ...(named && { mutation: this.world.log.at(-1).mutation }) };
  }
}
