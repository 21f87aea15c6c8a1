import assert from "node:assert/strict";
import { test } from "node:test";
import MarkdownIt from "markdown-it";
import { piecesOf, withoutPiles } from "../../static/js/board/long-text.js";
import { createFormatter, LIMITS, TooIntricate } from "../../static/js/board/markdown-format.js";
import { FormattingQueue } from "../../static/js/board/markdown-queue.js";
import { FakeClock, settle } from "./fakes.js";

const SIZE = 65_536;
const fill = (text) => text.repeat(Math.ceil(SIZE / text.length)).slice(0, SIZE);
const stair = (step, end) =>
  Array.from({ length: 360 }, (_, row) => step.repeat(row) + end)
    .join("\n")
    .slice(0, SIZE);
const numbered = (count, text) => Array.from({ length: count }, (_, at) => text(at)).join("");

/** What implementations of CommonMark have been brought down by, and what this page was. */
const HOSTILE = [
  ...[
    "[a](",
    "[",
    "]",
    "![[",
    "![[](",
    "[a](b",
    "[a](<b",
    "[a][",
    "[a]: u '\n",
    "[\\",
    "[]:\n",
    "[x\n]:\n",
    "[:",
  ].map(fill),
  ...["*a_ ", "**a *a ", "a*", "_a ", "~~a ", "a_ *_ ", "*", "a**b", "c* "].map(fill),
  ...[">", "> ", "> a\n", "* ", "- a\n  - b\n", "- >", "> - ", "1. ", "- a\n\n\n", "* a\n", "- - - a\n"].map(
    fill,
  ),
  ...[
    "<",
    "<a ",
    "<!--",
    "<?",
    "<![CDATA[",
    "<!A ",
    "<http:",
    "<a@b.",
    "&",
    "&amp;",
    "&#1",
    "&#x10ffff;",
  ].map(fill),
  ...[
    "`",
    "`a``b",
    "```\n",
    "~~~a\n",
    "|",
    "a|\n-|\n",
    "|---",
    "\\",
    "\\\n",
    "a  \n",
    "\n",
    "\t",
    "\0",
    " \n",
  ].map(fill),
  ...[
    "http://",
    "http://a.",
    "www.",
    "a.com ",
    "a@",
    "a@b.c",
    "mailto:",
    "//",
    "1.1.",
    "a.com(",
    "a-.",
    "ftp://a ",
  ].map(fill),
  ...["# ", "a\n===\n", "a\n=", "---\n", "    a\n", "a\n", "😀", "مر", "\ud83d", "a\u0301\u0302", "👩‍"].map(
    fill,
  ),
  stair("> ", "a"),
  stair("  ", "* a"),
  stair("e`", ""),
  `${"[".repeat(SIZE / 2)}a${"]".repeat(SIZE / 2)}`,
  `${">".repeat(90)}a\n${fill("b\n")}`,
  `${"- ".repeat(90)}a\n${fill("b\n")}`,
  `http://a.com/${fill("(")}`,
  `http://a.com/${fill("()")}`,
  `a|b\n-|-\n${fill("a|b\n")}`,
  `${"|x".repeat(200)}\n${"|-".repeat(200)}\n${fill("a\n")}`,
  `a|b\n-|-\n${fill("`|")}`,
  `[a]: /${"x".repeat(20_000)}\n\n${"[a] ".repeat(5000)}`,
  numbered(7000, (at) => `[${at}]: b\n`),
  `${"*a **a ".repeat(4000)}${"b** b*".repeat(4000)}`,
  `[a](${"(".repeat(SIZE)}`,
  `${"a-".repeat(SIZE / 2)}.com`,
];

test("a list that begins with another number than one does not hide how much there is to draw", () => {
  const format = createFormatter(MarkdownIt);
  const long = `[a]: /${"x".repeat(20_000)}\n\n${"[a] ".repeat(100)}`;
  assert.throws(() => format(long), { message: "letters" });
  assert.throws(() => format(`7. seventh\n\nand\n\n${long}`), { message: "letters" });
});

/** The library, with a count of how often it looked at a place in the text. */
function counting() {
  const count = { steps: 0 };
  class Counting extends MarkdownIt {
    constructor(...options) {
      super(...options);
      const counted = () => void (count.steps += 1) ?? false;
      this.block.ruler.before("table", "test", counted, {
        alt: ["paragraph", "reference", "blockquote", "list"],
      });
      this.inline.ruler.before("text", "test", counted);
    }
  }
  return [Counting, count];
}

test("whatever is written is formatted within limits, or refused within the same", () => {
  const [Counting, count] = counting();
  const format = createFormatter(Counting);
  const refused = new Set();
  for (const text of HOSTILE) {
    const from = count.steps;
    let html = "";
    try {
      html = format(text);
    } catch (error) {
      assert.ok(error instanceof TooIntricate, `${text.slice(0, 20)}: ${error}`);
      refused.add(error.message);
    }
    assert.ok(count.steps - from <= LIMITS.steps + 1, text.slice(0, 20));
    assert.ok(html.length <= LIMITS.letters * 6, text.slice(0, 20));
    assert.ok((html.match(/<[a-z]/g) ?? []).length <= LIMITS.elements, text.slice(0, 20));
  }
  assert.deepEqual([...refused].sort(), ["depth", "elements", "letters", "paragraph", "steps"]);
});

test("what people write is formatted", () => {
  const format = createFormatter(MarkdownIt);
  assert.equal(format("**b** `c`"), '<p dir="auto"><strong>b</strong> <code>c</code></p>\n');
  assert.equal(format('![a"<](http://b.c/d)'), '<p dir="auto"><a href="http://b.c/d">a&quot;&lt;</a></p>\n');
  assert.match(format("- سلام"), /<ul dir="auto">/);
  assert.match(format("<b>a</b>"), /&lt;b&gt;/);
  const long =
    "A paragraph with *stress*, a [link](https://example.org) and `code`.\n\n- one\n- two\n\n```\nx = 1\n```\n\n";
  assert.ok(format(fill(long)).includes("<em>stress</em>"));
  assert.ok(
    format(fill("An ordinary line of a log that somebody pasted, of some length.\n\n")).includes("</p>"),
  );
});

test("without a worker it gives up when its time is over", () => {
  let time = 0;
  const format = createFormatter(MarkdownIt, { now: () => (time += 100), patience: 1000 });
  assert.throws(() => format(fill("- a\n")), TooIntricate);
  assert.ok(format("short").includes("short"), "and is ready for the next");
});

test("marks that pile up on a letter are not drawn, text in pieces is whole", () => {
  assert.equal(withoutPiles(`a${"\u0301".repeat(500)}b`), `a${"\u0301".repeat(30)}b`);
  assert.equal(withoutPiles("Việt กี่ क्षि שָׁלוֹם"), "Việt กี่ क्षि שָׁלוֹם");
  for (const text of ["", "a", "😀".repeat(3001), `x${"😀".repeat(3001)}`, "a".repeat(9000)]) {
    assert.equal(piecesOf(text).join(""), text);
    assert.ok(piecesOf(text).every((piece) => piece.length <= 2000 && piece.isWellFormed()));
  }
  const lines = "a line\n".repeat(1000);
  assert.equal(`${piecesOf(lines).join("\n")}\n`, lines);
});

/** A worker that answers when it is told to. */
class FakeWorker extends EventTarget {
  static started = [];
  constructor() {
    super();
    FakeWorker.started.push(this);
    this.asked = [];
  }
  postMessage = ({ text }) => this.asked.push(text);
  terminate = () => (this.ended = true);
  say = (data) => this.dispatchEvent(Object.assign(new Event("message"), { data }));
}

function createQueue(start = () => new FakeWorker()) {
  const clock = new FakeClock();
  FakeWorker.started = [];
  return { clock, queue: new FormattingQueue(start, (text) => `here: ${text}`, clock) };
}

test("texts go through the worker one after another", async () => {
  const { queue } = createQueue();
  const answers = Promise.all([queue.format("one"), queue.format("two")]);
  const [worker] = FakeWorker.started;
  assert.deepEqual(worker.asked, [], "not before it is ready");
  worker.say({ ready: true });
  assert.deepEqual(worker.asked, ["one"]);
  worker.say({ html: "1" });
  worker.say({ html: null });
  assert.deepEqual(await answers, ["1", null]);
  queue.format("three");
  assert.deepEqual(worker.asked, ["one", "two", "three"]);
});

test("a text that takes too long ends with its worker, and the next gets a new one", async () => {
  const { clock, queue } = createQueue();
  const answers = [queue.format("endless"), queue.format("next")];
  FakeWorker.started[0].say({ ready: true });
  await clock.pass(60_000);
  assert.equal(await answers[0], null);
  assert.ok(FakeWorker.started[0].ended);
  FakeWorker.started[1].say({ ready: true });
  assert.deepEqual(FakeWorker.started[1].asked, ["next"]);
  FakeWorker.started[1].say({ html: "done" });
  assert.equal(await answers[1], "done");
  await clock.pass(60_000);
  assert.equal(FakeWorker.started.length, 2, "an answer in time stops the clock");
});

test("where no worker can be had, texts are formatted here", async () => {
  const none = createQueue(() => {
    throw new ReferenceError("Worker is not defined");
  });
  assert.equal(await none.queue.format("a"), "here: a");
  const { queue } = createQueue();
  const waiting = queue.format("b");
  FakeWorker.started[0].dispatchEvent(new Event("error"));
  assert.equal(await waiting, "here: b");
  assert.equal(await queue.format("c"), "here: c");
  await settle();
  assert.equal(FakeWorker.started.length, 1);
});
