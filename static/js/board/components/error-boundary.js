import { Component } from "preact";

const RETRY_MS = 2_000;
let lastTime = -RETRY_MS;

/** @import { ComponentChildren } from "preact" */

/**
 * An error boundary for changes that others make to the page. Where an extension or a translator has moved or removed
 * elements, the browser may refuse to put new ones beside them: `onBroken` then draws the page anew. Other errors, and a
 * page that breaks at once again, are thrown on.
 *
 * @extends {Component<{onBroken: () => void, children?: ComponentChildren}, {broken: boolean}>}
 */
export class ErrorBoundary extends Component {
  /** @param {unknown} error */
  componentDidCatch(error) {
    const now = performance.now();
    if (!(error instanceof DOMException) || now - lastTime < RETRY_MS) throw error;
    lastTime = now;
    this.setState({ broken: true });
    queueMicrotask(this.props.onBroken);
  }

  render() {
    return this.state.broken ? null : this.props.children;
  }
}
