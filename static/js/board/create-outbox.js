/** The outbox of this browser's person, wired to what the screen shows. */
import { t } from "../lib/i18n.js";
import { actions } from "./actions/index.js";
import { isRewrite, sendRewrite } from "./describing.js";
import { openJournal } from "./journal.js";
import { createLeader, openChannel } from "./leader.js";
import { Outbox } from "./outbox.js";
import { openStorage } from "./storage.js";
import { clock } from "../lib/clock.js";

const UNSTORED = t("This browser keeps nothing for this site.");
const UNSTORED_DETAIL = t("What is not sent yet, and what you are writing, is lost when you close this tab.");

/** @import { Api, Command } from "./types.js" */

/**
 * @param {{boardId: string, userId: string, api: Api, model: import("./model.js").BoardModel,
 *   notices: Pick<ReturnType<typeof import("./notices.js").createNotices>, "say"|"forget">, refusals: import("./refusals.js").Refusals,
 *   connection: import("./connection.js").ConnectionWatch, sessionCheck: import("./session-check.js").SessionCheck,
 *   undo: import("./undo.js").Undo}} parts
 */
export function createOutbox(parts) {
  const { boardId, userId, api, model, notices, refusals, connection, sessionCheck, undo } = parts;
  /** @type {import("./types.js").OutboxListener} */
  const listener = {
    added: (command) => command.board === boardId && model.lay(command),
    answered: ({ id }, seq) => {
      sessionCheck.resetRetries();
      model.answered(id, seq);
      undo.answered(id, seq);
    },
    refused: (command, problem, dependents) => {
      if (command.board !== boardId) return;
      refusals.show(command, problem, dependents.length);
      undo.refused(command.id);
      model.drop([command.id, ...dependents.map(({ id }) => id)]);
    },
    withdrawn: (command) => {
      if (command.board !== boardId) return;
      model.drop([command.id]);
      undo.withdrawn(command);
    },
    dismissed: (id) => notices.forget(refusals.forget(id)),
    counted: (unsent) => connection.note({ unsent }),
    halted: (problem) => sessionCheck.markSignedOut(problem),
    resumed: () => sessionCheck.isSignedOut && sessionCheck.wake(),
    failing: (failing) => connection.note({ failing }),
    unstored: once(() =>
      notices.say({ id: "storage", kind: "storage", text: UNSTORED, detail: UNSTORED_DETAIL }),
    ),
  };
  const channel = openChannel(`board-outbox-${userId}`);
  return new Outbox({
    storage: openStorage(userId),
    journal: openJournal(userId),
    send: (command) => sendCommand(api, command),
    leader: createLeader(`board-outbox-${userId}`, { alone: channel.isDeaf }),
    channel,
    clock,
    listener,
  });
}

/** Said again after each change it would be noise. @param {() => void} act */
function once(act) {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

/** @param {Api} api @param {Command} command @returns {Promise<{seq: number}>} */
async function sendCommand(api, command) {
  if (isRewrite(command)) return sendRewrite(api, command);
  const action = actions[command.name];
  if (!action) throw new TypeError(`this page is older than the change "${command.name}"`);
  return api.send(action.request(command.args), command.id);
}
