import { Component } from "preact";
import { html } from "htm/preact";

/**
 * Return a component that is drawn again only when its properties differ, or a signal that it read changes.
 *
 * @template {object} P
 * @param {(props: P) => unknown} Inner
 * @param {(before: P, after: P) => boolean} isSame whether properties say the same
 */
export function memo(Inner, isSame) {
  /** @extends {Component<P>} */
  return class Memoized extends Component {
    /** @param {P} next */
    shouldComponentUpdate(next) {
      return !isSame(this.props, next);
    }

    render() {
      return html`<${Inner} ...${this.props} />`;
    }
  };
}
