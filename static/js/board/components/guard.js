import { Component } from "preact";

const AGAIN_MS = 2_000;
let lastTime = -AGAIN_MS;

/**
 * Draws what is inside. Where somebody else (an extension, a translator) has moved or removed elements, the browser may
 * refuse to put new ones beside them: `onBroken` then draws the page anew. Other errors, and a page that breaks at once
 * again, are left to be seen.
 */
export class Guard extends Component {
  componentDidCatch(error) {
    const now = performance.now();
    if (!(error instanceof DOMException) || now - lastTime < AGAIN_MS) throw error;
    lastTime = now;
    this.setState({ broken: true });
    queueMicrotask(this.props.onBroken);
  }

  render({ children }, { broken }) {
    return broken ? null : children;
  }
}
