/** Whether this page still speaks for its person: sessions end, and others sign in at the same browser. */

/** @import { Problem } from "./types.js" */

export class Recognition {
  /**
   * @param {{userId: string, api: Object, connection: import("./connection.js").ConnectionWatch,
   *   say: (notice: Object) => void, wake: () => void}} ports `wake`: the person is back
   */
  constructor(ports) {
    Object.assign(this, ports, { isLost: false, tries: 0 });
  }

  /** Requests are accepted. */
  prove() {
    this.tries = 0;
  }

  /** The server refused to take this page for its person. A fresh token may be all that is missing: tries it once. */
  async lose(problem) {
    this.isLost = true;
    this.connection.note({ isSignedOut: true });
    this.tries += 1;
    if (this.tries === 1) this.wake();
    else if (problem?.status === 403) this.sayBlocked(problem);
  }

  /** @returns {Promise<boolean>} whether this browser's session is the person's; then the page has its token */
  async isMe() {
    if (!this.isLost) return true;
    const session = await this.api.get("/session").catch(() => null);
    if (session?.user.id !== this.userId) return false;
    this.api.csrfToken = session.csrf_token;
    this.isLost = false;
    this.connection.note({ isSignedOut: false });
    return true;
  }

  sayBlocked(problem) {
    this.say({ id: "blocked", kind: "blocked", text: "Your changes can't be sent.", detail: problem.detail });
  }
}
