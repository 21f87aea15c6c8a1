/** Whether this page still speaks for its person: sessions end, and others sign in at the same browser. */
import { t } from "../lib/i18n.js";

/** @import { Api, NoticeDraft, Problem } from "./types.js" */

export class SessionCheck {
  isSignedOut = false;
  retries = 0;

  /**
   * @param {{userId: string|null, api: Api, connection: import("./connection.js").ConnectionWatch,
   *   say: (notice: NoticeDraft) => void, wake: () => void}} ports `wake`: the person is back
   */
  constructor({ userId, api, connection, say, wake }) {
    this.userId = userId;
    this.api = api;
    this.connection = connection;
    this.say = say;
    this.wake = wake;
  }

  /** Requests are accepted. */
  resetRetries() {
    this.retries = 0;
  }

  /** The server refused to take this page for its person. A fresh token may be all that is missing: retries once. @param {Problem} problem */
  markSignedOut(problem) {
    this.isSignedOut = true;
    this.connection.note({ isSignedOut: true });
    this.retries += 1;
    if (this.retries === 1) this.wake();
    else if (problem.status === 403) this.notifyBlocked(problem);
  }

  /** @returns {Promise<boolean>} whether this browser's session is the person's; then the page has its token */
  async isCurrentUser() {
    if (!this.isSignedOut) return true;
    const session = await this.readSession();
    if (!session || session.user.id !== this.userId) return false;
    this.api.csrfToken = session.csrf_token;
    this.isSignedOut = false;
    this.connection.note({ isSignedOut: false });
    return true;
  }

  /** @returns {Promise<{user: {id: string}, csrf_token: string}|null>} of this browser; null when there is none */
  readSession() {
    return this.api.get("/session").catch(() => null);
  }

  /** @param {Problem} problem */
  notifyBlocked(problem) {
    this.say({
      id: "blocked",
      kind: "blocked",
      text: t("Your changes can't be sent."),
      detail: problem.detail,
    });
  }
}
