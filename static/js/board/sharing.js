/**
 * How a board is shared beyond who is on it: invitations, the public link, teams to choose from. Asked of the server
 * and never kept offline; `turn` grows when another owner has changed something.
 */
import { t } from "../lib/i18n.js";
import { signal } from "@preact/signals-core";
import { patch, path, post, put, remove } from "./actions/action.js";
import { problemOf } from "./api.js";
import { newId } from "./identity.js";

/** @import { Api, InvitationDraft, IssuedInvitation, PublicLink, Request, Role, SharingState, Socket, Team, TeamChoice } from "./types.js" */

export class Sharing {
  turn = signal(0);

  /** @param {{boardId: string, api: Api, socket: Socket}} ports */
  constructor({ boardId, api, socket }) {
    this.boardId = boardId;
    this.api = api;
    /** @param {{board: string}} [message] */
    const changed = (message) => {
      if (message?.board === boardId) this.turn.value += 1;
    };
    socket.on("board:sharing", changed);
    socket.on("connect", () => changed({ board: boardId }));
  }

  /** @returns {Promise<SharingState>} */
  read() {
    return this.api.get(path`/boards/${this.boardId}/sharing`);
  }

  /** @returns {Promise<TeamChoice[]>} */
  async teams() {
    /** @type {{items: TeamChoice[]}} */
    const { items } = await this.api.get("/teams");
    return items;
  }

  /** @param {InvitationDraft} draft @returns {Promise<IssuedInvitation>} */
  invite(draft) {
    return this.send(post(path`/boards/${this.boardId}/invitations`, draft));
  }

  /** @param {string} id of an invitation */
  revoke(id) {
    return this.send(remove(path`/boards/${this.boardId}/invitations/${id}`));
  }

  /** @returns {Promise<PublicLink>} */
  openLink() {
    return this.send(put(path`/boards/${this.boardId}/public-link`));
  }

  closeLink() {
    return this.send(remove(path`/boards/${this.boardId}/public-link`));
  }

  /** @param {string} userId whose the board is from now on */
  transfer(userId) {
    return this.send(post(path`/boards/${this.boardId}/transfer`, { user_id: userId }));
  }

  /** @param {string} id @param {Role} role @returns {Promise<Team>} */
  addTeam(id, role) {
    return this.send(post(path`/boards/${this.boardId}/members`, { team_id: id, role }));
  }

  /** @param {string} id @param {Role} role @returns {Promise<Team>} */
  setTeamRole(id, role) {
    return this.send(patch(path`/boards/${this.boardId}/teams/${id}`, { role }));
  }

  /** @param {string} id */
  removeTeam(id) {
    return this.send(remove(path`/boards/${this.boardId}/teams/${id}`));
  }

  /** @template T @param {Request} request @returns {Promise<T>} */
  async send(request) {
    /** @type {{body: T}} */
    const { body } = await this.api.send(request, newId());
    return body;
  }
}

/** Why a request did not work, for people. @param {unknown} error */
export function reasonOf(error) {
  const problem = problemOf(error);
  const [first] = problem?.errors ?? [];
  return (
    first?.message ?? problem?.detail ?? t("The server can't be reached. Try again when you are online.")
  );
}
