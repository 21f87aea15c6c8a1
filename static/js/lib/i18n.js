/**
 * The words of the screen in the reader's language: messages from the page's catalogue, and `Intl` for numbers, dates,
 * lists and relative time. A message is written in English where it is used; names in it stand in braces.
 */

/** @typedef {string|number} Value What may stand for a name in a message. Numbers are written as the language does. */
/** @typedef {Record<string, string|Record<string, string>>} Catalogue A text, or texts by CLDR plural category, by id. */

const root = globalThis.document?.documentElement;
const SOURCE = "en";
const PATIENCE = 10_000;
const NAME = /\{(\w+)\}/g;

/** The language of the page. */
export const language = root?.lang || SOURCE;

/** The language with the region that the browser prefers for it: "en" is written differently in London and in Boston. */
export const locale = regional(language, root ? navigator.languages : []);

const catalogue = await load(root?.dataset?.catalogue);

/**
 * Translate a message.
 *
 * @param {string} message what the catalogue knows it by: the English text, as a literal
 * @param {Record<string, Value>} [values] for the names in it: `t("Moved to {column}", { column: "Done" })`
 * @returns {string}
 */
export function t(message, values) {
  return translate(catalogue, message, values);
}

/**
 * Translate a message that depends on a number, which it may name as `{count}`.
 *
 * @param {string} one the English text for one
 * @param {string} other the English text for every other number
 * @param {number} count
 * @param {Record<string, Value>} [values] for other names in it
 * @returns {string}
 */
export function tn(one, other, count, values) {
  return translateCount(catalogue, one, other, { count, ...values });
}

/**
 * Translate a message with elements in it, for htm: `rich("{who} moved it", { who: html`<b>${name}</b>` })`.
 *
 * @template T @param {string} message @param {Record<string, T>} values
 * @returns {(string|T)[]} the text between the names, and the values in their places
 */
export function rich(message, values) {
  const text = translate(catalogue, message);
  return text.split(NAME).map((part, index) => (index % 2 ? (values[part] ?? `{${part}}`) : part));
}

/**
 * Translate by a catalogue, in the page's language.
 *
 * @param {Catalogue} messages @param {string} message @param {Record<string, Value>} [values] @returns {string}
 */
export function translate(messages, message, values = {}) {
  const found = messages[message];
  return fill(typeof found === "string" ? found : message, values);
}

/**
 * Translate what depends on a number by a catalogue.
 *
 * @param {Catalogue} messages @param {string} one @param {string} other
 * @param {Record<string, Value> & {count: number}} values @param {string} [tag] the catalogue's language
 * @returns {string}
 */
export function translateCount(messages, one, other, values, tag = locale) {
  const found = messages[one];
  if (!found || typeof found === "string") return fill(values.count === 1 ? one : other, values, tag);
  return fill(found[pluralRules(tag).select(values.count)] ?? found.other ?? other, values, tag);
}

/**
 * Put values in the places of the names; a name without a value stays.
 *
 * @param {string} text @param {Record<string, Value>} values @param {string} [tag] @returns {string}
 */
function fill(text, values, tag = locale) {
  return text.replace(NAME, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? numbers(tag).format(value) : (value ?? whole);
  });
}

/** @type {(tag: string) => Intl.PluralRules} */
const pluralRules = kept((tag) => new Intl.PluralRules(tag));
/** @type {(tag: string) => Intl.NumberFormat} */
const numbers = kept((tag) => new Intl.NumberFormat(tag));
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
/** @type {(options: string) => Intl.DateTimeFormat} */
const dates = kept((options) => new Intl.DateTimeFormat(locale, JSON.parse(options)));
const LIST_TYPES = /** @type {const} */ ({ and: "conjunction", or: "disjunction", unit: "unit" });
const lists = kept(
  (/** @type {keyof typeof LIST_TYPES} */ type) => new Intl.ListFormat(locale, { type: LIST_TYPES[type] }),
);

/**
 * Write a moment as the language does, in the reader's own time zone.
 *
 * @param {Date|string|number} moment @param {Intl.DateTimeFormatOptions} [options] default: the date, medium
 * @returns {string}
 */
export function formatDate(moment, options = { dateStyle: "medium" }) {
  return dates(JSON.stringify(options)).format(new Date(moment));
}

/**
 * Write a number as the language does.
 *
 * @param {number} number @param {Intl.NumberFormatOptions} [options] @returns {string}
 */
export function formatNumber(number, options) {
  return options ? new Intl.NumberFormat(locale, options).format(number) : numbers(locale).format(number);
}

/**
 * Write a list: "a, b, and c"; by "unit" "a, b, c".
 *
 * @param {Iterable<string>} words @param {"and"|"or"|"unit"} [type] @returns {string}
 */
export function formatList(words, type = "and") {
  return lists(type).format(words);
}

/**
 * Write a distance from now: "3 minutes ago", "tomorrow".
 *
 * @param {number} amount negative for the past @param {Intl.RelativeTimeFormatUnit} unit @returns {string}
 */
export function formatRelativeTime(amount, unit) {
  return relative.format(amount, unit);
}

/**
 * Choose the first of the browser's languages that is a variety of the page's.
 *
 * @param {string} tag @param {readonly string[]} preferred @returns {string}
 */
export function regional(tag, preferred) {
  return preferred.find((one) => one.split("-", 1)[0] === tag) ?? tag;
}

/**
 * Load the page's catalogue. Without one, or when it doesn't come, messages stay English.
 *
 * @param {string|undefined} address @returns {Promise<Catalogue>}
 */
async function load(address) {
  if (!address) return {};
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}

/**
 * Make each of something once.
 *
 * @template {string} K @template T @param {(key: K) => T} make @returns {(key: K) => T}
 */
function kept(make) {
  /** @type {Map<K, T>} */
  const made = new Map();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}
