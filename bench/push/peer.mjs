// Node's socket.io that emits each event to a room: HOST=127.0.0.1 PORT=... node bench/push/peer.mjs
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { setImmediate } from "node:timers/promises";
import { Server } from "socket.io";

const [board, task, id] = [randomUUID(), randomUUID(), randomUUID()];

const event = (seq) => ({
  seq,
  type: "task.moved",
  at: new Date().toISOString(),
  actor: { id, name: "Bench" },
  mutation: randomUUID(),
  changes: [{ kind: "task", id: task, set: { column_id: randomUUID(), position: "a1", version: seq } }],
});

const http = createServer(async (request, response) => {
  const count = Number(new URL(request.url, "http://localhost").searchParams.get("count"));
  for (let seq = 1; seq <= count; seq += 1) {
    io.to("board").emit("board:events", { board, events: [event(seq)] });
    await setImmediate();
  }
  response.writeHead(204).end();
});
const io = new Server(http, { serveClient: false });
io.on("connection", (socket) => socket.join("board"));
process.on("SIGTERM", () => process.exit(0));
http.listen(Number(process.env.PORT), process.env.HOST);
