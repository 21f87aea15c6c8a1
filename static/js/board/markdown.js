/** Markdown to safe HTML: no raw HTML in, sanitised out. Loaded when a task is first opened. */
import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
const purifier = DOMPurify(window);
const TAGS = "a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i li ol p pre s strong table tbody td th thead tr ul";

/** A picture elsewhere would tell its host who reads this task: show the link to it instead. */
markdown.renderer.rules.image = (tokens, index) => {
  const { escapeHtml } = markdown.utils;
  const [token, source] = [tokens[index], tokens[index].attrGet("src")];
  return `<a href="${escapeHtml(source)}">${escapeHtml(token.content || source)}</a>`;
};

purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName !== "A") return;
  node.setAttribute("rel", "noopener noreferrer nofollow");
  node.setAttribute("target", "_blank");
});

export function renderMarkdown(text) {
  return purifier.sanitize(markdown.render(text), {
    ALLOWED_TAGS: TAGS.split(" "),
    ALLOWED_ATTR: ["href", "title", "start", "rel", "target"],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|\/|#)/i,
  });
}
