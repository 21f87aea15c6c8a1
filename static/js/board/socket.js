import { io } from "socket.io-client";

/** A socket that is not connected yet: WebSocket first, polling where that fails. `token`: of a public link. */
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
