import { Component } from "preact";
import { html } from "htm/preact";

/** A component drawn again only when `same(before, after)` says its properties differ, or a signal it read changes. */
export function memo(Inner, same) {
  return class Remembered extends Component {
    shouldComponentUpdate(next) {
      return !same(this.props, next);
    }

    render(props) {
      return html`<${Inner} ...${props} />`;
    }
  };
}
