import { actions } from "./actions/index.js";
import { find, isDetail, withFields } from "./kinds.js";

/** @import { Action, Args, Change, Command, Kind, Ref, Replica, Things } from "./types.js" */

/** @typedef {{[K in Kind]: Map<string, Things[K]|null>}} Overlay   null: gone */

/** A replica seen through pending commands; `conflicts` names those whose target has vanished. */
export class View {
  /** @type {Overlay} */
  overlay = {
    board: new Map(),
    column: new Map(),
    task: new Map(),
    label: new Map(),
    member: new Map(),
    team: new Map(),
    checklist: new Map(),
    item: new Map(),
    comment: new Map(),
    attachment: new Map(),
    description: new Map(),
  };

  /** @type {{command: Command, missing: {kind: string, id: string}}[]} */
  conflicts = [];

  /** @param {Replica} replica */
  constructor(replica) {
    this.replica = replica;
    this.seq = replica.seq;
  }

  /** Lays a command over what is seen. @param {Command} command @returns {Ref[]} what it touches */
  perform(command) {
    const action = actions[command.name];
    const missing = action ? this.missing(action, command.args) : { kind: "action", id: command.name };
    if (missing) this.conflicts.push({ command, missing });
    const changes = action && !missing ? action.effect(this, command.args, command) : [];
    for (const change of changes) this.lay(change);
    return changes.map(({ kind, id }) => ({ kind, id }));
  }

  /** What an action needs and is not there. @param {Action} action @param {Args} args @returns {Ref|undefined} */
  missing(action, args) {
    return action.uses(args).find(({ kind, id }) => !isDetail(kind) && !this.get(kind, id));
  }

  /** @param {Change} change */
  lay({ kind, id, set, del }) {
    this.put(kind, id, del ? null : withFields(this.get(kind, id), set));
  }

  /** @template {Kind} K @param {K} kind @param {string} id @param {Things[K]|null} thing */
  put(kind, id, thing) {
    this.overlay[kind].set(id, thing);
  }

  /** @template {Kind} K @param {K} kind @param {string} id @returns {Things[K]|undefined} */
  get(kind, id) {
    const laid = this.overlay[kind]?.get(id);
    return laid === undefined ? find(this.replica, kind, id) : (laid ?? undefined);
  }

  /** Everything of a kind, as seen. @template {Kind} K @param {K} kind @returns {Generator<Things[K]>} */
  *all(kind) {
    const laid = this.overlay[kind];
    for (const thing of this.replica.things[kind].values()) if (!laid.has(thing.id)) yield thing;
    for (const thing of laid.values()) if (thing) yield thing;
  }

  /** What the pending commands touch. @returns {Ref[]} */
  laid() {
    return kindsOf(this.overlay).flatMap((kind) =>
      [...this.overlay[kind].keys()].map((id) => ({ kind, id })),
    );
  }
}

/** @param {Overlay} overlay */
function kindsOf(overlay) {
  return /** @type {Kind[]} */ (Object.keys(overlay));
}
