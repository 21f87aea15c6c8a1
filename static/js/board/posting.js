/** The outbox of this browser's person, wired to what the screen shows. */
import { actions } from "./actions/index.js";
import { createLeader, openChannel } from "./leader.js";
import { Outbox } from "./outbox.js";
import { openStorage } from "./storage.js";
import { sayRefused } from "./wording.js";
import { clock } from "../lib/clock.js";

const UNSTORED = "This browser can't keep unsent changes. Until they are sent, don't close this page.";

/**
 * @param {{boardId: string, userId: string, api: Object, model: import("./model.js").BoardModel,
 *   notices: {say: Function, forget: Function}, connection: import("./connection.js").ConnectionWatch}} parts
 */
export function openOutbox({ boardId, userId, api, model, notices, connection }) {
  const listener = {
    added: (command) => command.board === boardId && model.lay(command),
    answered: ({ id }, seq) => model.answered(id, seq),
    refused: (command, problem, dependents) =>
      command.board === boardId && showRefusal({ model, notices }, command, problem, dependents),
    dismissed: notices.forget,
    counted: (unsent) => connection.note({ unsent }),
    halted: () => connection.note({ isSignedOut: true }),
    resumed: () => connection.note({ isSignedOut: false }),
    failing: (failing) => connection.note({ failing }),
    unstored: () => notices.say({ id: "storage", kind: "storage", text: UNSTORED }),
  };
  return new Outbox({
    storage: openStorage(userId),
    send: (command) => api.send(actions[command.name].request(command.args), command.id),
    leader: createLeader(`board-outbox-${userId}`),
    channel: openChannel(`board-outbox-${userId}`),
    clock,
    listener,
  });
}

function showRefusal({ model, notices }, command, problem, dependents) {
  const text = sayRefused(command, model.view, dependents.length);
  model.drop([command.id, ...dependents.map(({ id }) => id)]);
  const fields = (problem.errors ?? []).map(({ message }) => message).join(" ");
  const ref = actions[command.name]?.uses(command.args)[0];
  notices.say({ id: command.id, kind: "refused", text, detail: problem.detail || fields || problem.title, ref });
}
