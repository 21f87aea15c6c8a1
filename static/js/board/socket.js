import { io } from "socket.io-client";
import { clock } from "../lib/clock.js";
import { tabStore } from "../lib/platform.js";
import { Transports, tryWebSocket } from "./transports.js";

/** A socket that is not connected yet: WebSocket first, polling where that fails. `token`: of a public link. @param {string} [token] */
export function openSocket(token) {
  return io({
    ...(token && { auth: { token } }),
    path: "/socket.io",
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
  });
}

/** Chooses between WebSocket and polling from now on; tries WebSocket at once when the browser finds another network. @param {import("./types.js").Socket} socket */
export function watchTransports(socket) {
  const transports = new Transports({ socket, clock, store: tabStore, tries: () => tryWebSocket(clock) });
  const forget = () => transports.forget();
  addEventListener("online", forget);
  return {
    fail: () => transports.fail(),
    close() {
      removeEventListener("online", forget);
      transports.close();
    },
  };
}
