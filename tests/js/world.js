/** A board as a server keeps it: plain rows, a log, random work. Written apart from store.js, so that it can judge it. */
import { keyBetween } from "../../static/js/board/ordering.js";

const AT = "2026-01-01T00:00:00Z";

export class World {
  constructor(chance, { tasks = 6, columns = 3, epoch = "first" } = {}) {
    Object.assign(this, { chance, epoch, seq: 0, made: 0, log: [] });
    this.board = { id: "b", title: "Board", description: "", role: "editor", version: 1, archived_at: null };
    this.rows = {
      column: {},
      task: {},
      label: {},
      member: {},
      team: {},
      checklist: {},
      item: {},
      comment: {},
      attachment: {},
    };
    this.rows.member.u1 = { id: "u1", user_id: "u1", board_id: "b", name: "Anna", role: "editor" };
    for (let n = 0; n < columns; n += 1) this.commit(this.createColumn());
    for (let n = 0, last = null; n < tasks; n += 1) {
      last = keyBetween(last, null);
      this.commit(this.createTask(last));
    }
  }

  /** The next event; `changes` are merged into the rows as DESIGN section 4 says. */
  commit(changes, { actor = { id: "u2", name: "Ben" }, mutation = this.name() } = {}) {
    this.seq += 1;
    this.log.push(structuredClone({ seq: this.seq, type: "test", at: AT, actor, mutation, changes }));
    for (const { kind, id, set, del } of changes) {
      if (kind === "board") Object.assign(this.board, set);
      else if (del) delete this.rows[kind][id];
      else this.rows[kind][id] = { ...this.rows[kind][id], ...structuredClone(set) };
    }
    return this.log.at(-1);
  }

  /** A mutation id that no other log has. */
  name() {
    return `m${this.epoch}${this.chance.below(1e9)}`;
  }

  snapshot() {
    const list = (kind) =>
      structuredClone(Object.values(this.rows[kind])).sort((a, b) => (a.id < b.id ? -1 : 1));
    const tasks = list("task").map(({ description, ...task }) => task);
    const lists = {
      columns: list("column"),
      tasks,
      labels: list("label"),
      members: list("member"),
      teams: list("team"),
    };
    return { board: { ...this.board, seq: this.seq }, seq: this.seq, epoch: this.epoch, ...lists };
  }

  /** What the detail routes answer about a task. */
  details(taskId) {
    const list = (kind) =>
      structuredClone(Object.values(this.rows[kind])).filter((row) => row.task_id === taskId);
    const description = this.rows.task[taskId].description;
    const [comments, checklists] = [list("comment"), list("checklist")];
    return { description, comments, checklists, items: list("item"), attachments: list("attachment") };
  }

  after(seq) {
    return structuredClone(this.log.slice(seq));
  }

  /** One random thing that people do. */
  work() {
    const acts = [
      "createTask",
      "createTask",
      "moveTask",
      "moveTask",
      "editTask",
      "editTask",
      "describe",
      "archive",
    ];
    acts.push(
      "deleteTask",
      "createColumn",
      "moveColumn",
      "relabel",
      "comment",
      "uncomment",
      "editComment",
      "member",
    );
    acts.push("checklist", "check");
    let changes = null;
    while (!changes) changes = this[this.chance.pick(acts)]();
    return this.commit(changes);
  }

  id(kind) {
    return `${kind}${(this.made += 1)}`;
  }

  any(kind) {
    return this.chance.pick(Object.values(this.rows[kind]));
  }

  /** A place at random among the rows that `within` names. */
  position(kind, within = () => true) {
    const positions = Object.values(this.rows[kind])
      .filter(within)
      .map(({ position }) => position)
      .sort();
    const at = this.chance.below(positions.length + 1);
    return keyBetween(positions[at - 1], positions[at]);
  }

  createColumn() {
    const id = this.id("c");
    const set = {
      id,
      board_id: "b",
      title: id,
      position: this.position("column"),
      wip_limit: null,
      version: 1,
    };
    return [{ kind: "column", id, set: { ...set, archived_at: null } }];
  }

  createTask(given) {
    const id = this.id("t");
    const column_id = this.any("column").id;
    const position = given ?? this.position("task", (task) => task.column_id === column_id);
    const what = {
      id,
      board_id: "b",
      column_id,
      number: this.made,
      title: id,
      description: "",
      has_description: false,
    };
    const counts = { comment_count: 0, checklist_done: 0, checklist_total: 0, attachment_count: 0 };
    const set = {
      ...what,
      position,
      ...counts,
      label_ids: [],
      assignee_ids: [],
      archived_at: null,
      version: 1,
    };
    return [{ kind: "task", id, set }];
  }

  setTask(task, set) {
    return task && [{ kind: "task", id: task.id, set: { ...set, version: task.version + 1 } }];
  }

  editTask() {
    return this.setTask(this.any("task"), { title: `title ${this.chance.below(1e6)}` });
  }

  describe() {
    const description = this.chance.pick(["", "words", "more words"]);
    return this.setTask(this.any("task"), { description, has_description: description !== "" });
  }

  archive() {
    return this.setTask(this.any("task"), { archived_at: this.chance.pick([null, AT]) });
  }

  moveTask() {
    const [task, column_id] = [this.any("task"), this.any("column").id];
    const position = this.position("task", (other) => other.column_id === column_id && other !== task);
    return this.setTask(task, { column_id, position });
  }

  moveColumn() {
    const column = this.any("column");
    const set = {
      position: this.position("column", (other) => other !== column),
      version: column.version + 1,
    };
    return [{ kind: "column", id: column.id, set }];
  }

  deleteTask() {
    const task = this.any("task");
    const gone = ["comment", "checklist", "item"].flatMap((kind) =>
      Object.values(this.rows[kind])
        .filter((row) => row.task_id === task?.id)
        .map(({ id }) => ({ kind, id, del: true })),
    );
    return task && [...gone, { kind: "task", id: task.id, del: true }];
  }

  relabel() {
    const id = this.id("l");
    const task = this.any("task");
    const made = { kind: "label", id, set: { id, board_id: "b", name: id, color: "red", version: 1 } };
    return task && [made, ...this.setTask(task, { label_ids: [...task.label_ids, id].sort() })];
  }

  member() {
    const id = this.id("u");
    return [{ kind: "member", id, set: { id, user_id: id, board_id: "b", name: id, role: "viewer" } }];
  }

  comment() {
    const [id, task] = [this.id("m"), this.any("task")];
    if (!task) return null;
    const set = {
      id,
      board_id: "b",
      task_id: task.id,
      author_id: "u2",
      body: id,
      version: 1,
      created_at: AT,
    };
    return [{ kind: "comment", id, set }, ...this.setTask(task, { comment_count: task.comment_count + 1 })];
  }

  editComment() {
    const comment = this.any("comment");
    const set = { body: `body ${this.chance.below(1e6)}`, version: comment?.version + 1 };
    return comment && [{ kind: "comment", id: comment.id, set }];
  }

  uncomment() {
    const comment = this.any("comment");
    if (!comment) return null;
    const task = this.rows.task[comment.task_id];
    const counted = this.setTask(task, { comment_count: task.comment_count - 1 });
    return [{ kind: "comment", id: comment.id, del: true }, ...counted];
  }

  checklist() {
    const [task, list, item] = [this.any("task"), this.id("k"), this.id("i")];
    if (!task) return null;
    const home = { board_id: "b", task_id: task.id, position: "a0", version: 1 };
    const made = { id: item, ...home, checklist_id: list, title: item, done: false };
    const counted = this.setTask(task, { checklist_total: task.checklist_total + 1 });
    return [
      { kind: "checklist", id: list, set: { id: list, ...home, title: list } },
      { kind: "item", id: item, set: made },
      ...counted,
    ];
  }

  check() {
    const item = this.any("item");
    if (!item) return null;
    const task = this.rows.task[item.task_id];
    const counted = this.setTask(task, { checklist_done: task.checklist_done + (item.done ? -1 : 1) });
    return [{ kind: "item", id: item.id, set: { done: !item.done, version: item.version + 1 } }, ...counted];
  }
}
