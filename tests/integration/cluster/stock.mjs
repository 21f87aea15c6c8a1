// Node's stock client: node stock.mjs URL TOKEN TRANSPORT; says when it is connected, and why no longer.
import { io } from "socket.io-client";

const [url, token, transport] = process.argv.slice(2);
const options = { auth: { token }, transports: [transport], reconnectionDelay: 100, reconnectionDelayMax: 500 };
const socket = io(url, options);
socket.on("connect", () => console.log("connected"));
socket.on("server:restarting", ({ after_ms }) => console.log(`restarting ${typeof after_ms}`));
socket.on("disconnect", (reason) => console.log(`disconnected: ${reason}`));
