/**
 * How a board is shared beyond who is on it: invitations, the public link, teams to choose from. Asked of the server
 * and never kept offline; `turn` grows when another owner has changed something.
 */
import { signal } from "@preact/signals-core";
import { patch, path, post, put, remove } from "./actions/shape.js";
import { newId } from "./identity.js";

export class Sharing {
  /** @param {{boardId: string, api: Object, socket: Object}} ports */
  constructor({ boardId, api, socket }) {
    Object.assign(this, { boardId, api, turn: signal(0) });
    socket.on("board:sharing", (message) => message?.board === boardId && (this.turn.value += 1));
    socket.on("connect", () => (this.turn.value += 1));
  }

  /** @returns {Promise<{invitations: Object[], public_link: Object|null, public_links: boolean}>} */
  read() {
    return this.api.get(path`/boards/${this.boardId}/sharing`);
  }

  async teams() {
    return (await this.api.get("/teams")).items;
  }

  invite = (draft) => this.send(post(path`/boards/${this.boardId}/invitations`, draft));
  revoke = (id) => this.send(remove(path`/boards/${this.boardId}/invitations/${id}`));
  openLink = () => this.send(put(path`/boards/${this.boardId}/public-link`));
  closeLink = () => this.send(remove(path`/boards/${this.boardId}/public-link`));
  transfer = (userId) => this.send(post(path`/boards/${this.boardId}/transfer`, { user_id: userId }));
  addTeam = (team, role) => this.send(post(path`/boards/${this.boardId}/members`, { team_id: team, role }));
  setTeamRole = (id, role) => this.send(patch(path`/boards/${this.boardId}/teams/${id}`, { role }));
  removeTeam = (id) => this.send(remove(path`/boards/${this.boardId}/teams/${id}`));

  async send(request) {
    return (await this.api.send(request, newId())).body;
  }
}

/** Why a request did not work, for people. */
export function reasonOf(error) {
  const [first] = error.problem?.errors ?? [];
  return first?.message ?? error.problem?.detail ?? "The server can't be reached. Try again when you are online.";
}
