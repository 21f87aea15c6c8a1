import { actions } from "./actions/index.js";
import { DETAILS, MAPS, find } from "./kinds.js";

/** @import { Command, Kind, Ref } from "./types.js" */

/** A replica seen through pending commands; `conflicts` names those whose target has vanished. */
export class View {
  constructor(replica) {
    this.replica = replica;
    this.seq = replica.seq;
    this.overlay = new Map();
    this.conflicts = [];
  }

  /** Lays a command over what is seen. @param {Command} command @returns {Ref[]} what it touches */
  perform(command) {
    const action = actions[command.name];
    const missing = action ? this.missing(action, command.args) : { kind: "action", id: command.name };
    if (missing) this.conflicts.push({ command, missing });
    const changes = missing ? [] : action.effect(this, command.args, command);
    for (const change of changes) this.lay(change);
    return changes.map(({ kind, id }) => ({ kind, id }));
  }

  missing(action, args) {
    return action.uses(args).find(({ kind, id }) => !DETAILS.has(kind) && !this.get(kind, id));
  }

  lay({ kind, id, set, del }) {
    const before = this.get(kind, id);
    const after = del ? null : { ...before, ...set };
    if (!this.overlay.has(kind)) this.overlay.set(kind, new Map());
    this.overlay.get(kind).set(id, after);
  }

  /** @param {Kind|"description"} kind */
  get(kind, id) {
    const laid = this.overlay.get(kind)?.get(id);
    return laid === undefined ? find(this.replica, kind, id) : (laid ?? undefined);
  }

  /** Everything of a kind, as seen. */
  *all(kind) {
    const laid = this.overlay.get(kind);
    for (const thing of this.replica[MAPS[kind]].values()) if (!laid?.has(thing.id)) yield thing;
    for (const thing of laid?.values() ?? []) if (thing) yield thing;
  }

  /** @returns {Ref[]} what the pending commands touch */
  laid() {
    return [...this.overlay].flatMap(([kind, map]) => [...map.keys()].map((id) => ({ kind, id })));
  }
}
