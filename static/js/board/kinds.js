/** The kinds of things on a board. */
import { FIELDS } from "./fields.js";

/** @import { Kind, Replica, Things } from "./types.js" */

/** What hangs on a task and is not in a snapshot. @type {readonly ("checklist"|"item"|"comment"|"attachment")[]} */
export const DETAILS = ["checklist", "item", "comment", "attachment"];

/** Whether a kind is a detail of a task. @param {string} kind @returns {kind is (typeof DETAILS)[number]} */
export function isDetail(kind) {
  return DETAILS.some((detail) => detail === kind);
}

/**
 * What a replica knows of one thing, or undefined.
 *
 * @template {Kind} K
 * @param {Replica} replica @param {K} kind @param {string} id
 * @returns {Things[K]|undefined}
 */
export function find(replica, kind, id) {
  return replica.things[kind]?.get(id);
}

/**
 * A thing with some of its fields set anew. What makes a thing has all its fields (docs/sync-protocol.md), so that the
 * result is whole, though no type says so.
 *
 * @template {Kind} K
 * @param {Things[K]|undefined} before @param {object|undefined} set
 * @returns {Things[K]}
 */
export function withFields(before, set) {
  return /** @type {Things[K]} */ ({ ...before, ...set });
}

/** What people call a field; kinds that have fields of one name call them the same. @param {string} field */
export function wordsOf(field) {
  const named = Object.values(FIELDS).find((fields) => fields[field]?.words);
  return named?.[field].words ?? field.replaceAll("_", " ");
}

/**
 * What a new thing has where its record says nothing: the record may be older than the field. A task in a replica has
 * no description; see "description".
 *
 * @param {string} kind
 * @returns {Record<string, unknown>}
 */
export function fallbacks(kind) {
  return FALLBACKS[kind] ?? {};
}

/** @type {Record<string, Record<string, unknown>>} */
const FALLBACKS = Object.fromEntries(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, fallbacksOf(fields)]),
);

/** @param {Record<string, import("./fields.js").Field>} fields */
function fallbacksOf(fields) {
  const known = Object.entries(fields).filter(([, field]) => "fallback" in field && !field.merges);
  return Object.fromEntries(known.map(([name, field]) => [name, field.fallback]));
}
