/** What is wrong with the layout of the page as it stands: a list of sentences, empty when all is well. */
() => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const BOXES =
    ".panel, .modal, .menu, .toast, .column, .card, .chip, .badge, .button, .topbar, .flash, .person, td, th";
  const faults = [];
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.textContent || element.id || "")
      .trim()
      .slice(0, 24);
    return `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${text}”`;
  };
  const inside = (outer, inner) => outer === inner || outer.contains(inner);
  const top = [...document.querySelectorAll("dialog[open]")].at(-1);
  const panel = document.querySelector("[popover]:popover-open");
  const scope = panel ?? top ?? document.body;
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    if (!element.checkVisibility({ visibilityProperty: true }) || box.width < 2 || box.height < 2)
      return false;
    if (element.closest(".visually-hidden, .skip-link, [inert]")) return false;
    for (let one = element; one; one = one.parentElement)
      if (getComputedStyle(one).clipPath.startsWith("inset")) return false;
    return true;
  };

  if (document.scrollingElement.scrollWidth > innerWidth)
    faults.push(`the page is ${document.scrollingElement.scrollWidth - innerWidth} px wider than the window`);
  for (const box of [scope, ...scope.querySelectorAll(".modal, .menu, .modal__body")])
    if (box !== document.body && shown(box) && box.scrollWidth > box.clientWidth + 1)
      faults.push(`${name(box)} scrolls sideways by ${box.scrollWidth - box.clientWidth} px`);

  for (const control of scope.querySelectorAll(CONTROLS)) {
    if (!shown(control) || control.disabled) continue;
    if (control.closest("dialog[open]") !== (top ?? null) && !panel) continue;
    control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const middle = (box) => Math.abs((box.top + box.bottom) / 2 - innerHeight / 2);
    const [whole] = [...control.getClientRects()].sort((one, other) => middle(one) - middle(other));
    const box = visible(control, whole);
    if (
      box.right - box.left < Math.min(whole.width, innerWidth) - 3 ||
      box.bottom - box.top < Math.min(whole.height, 20) - 3
    ) {
      faults.push(`${name(control)} can't be brought into the window`);
      continue;
    }
    const [dx, dy] = [Math.min(6, (box.right - box.left) / 3), Math.min(6, (box.bottom - box.top) / 3)];
    const across = [box.left + dx, (box.left + box.right) / 2, box.right - dx];
    const down = [box.top + dy, (box.top + box.bottom) / 2, box.bottom - dy];
    const points = [[across[1], down[1]], ...[0, 2].flatMap((x) => [0, 2].map((y) => [across[x], down[y]]))];
    for (const [x, y] of points) {
      const hit = document.elementFromPoint(x, y);
      const label = control.closest("label");
      const covering =
        hit && !inside(control, hit) && !(label && inside(label, hit)) && !hit.contains(control);
      if (!hit || (covering && !isMeant(control, hit))) {
        faults.push(
          `${name(control)} is covered by ${hit ? name(hit) : "nothing"} at ${Math.round(x)}, ${Math.round(y)}`,
        );
        break;
      }
      if (hit !== control && hit.contains(control) && !label) {
        faults.push(`${name(control)} is cut off inside ${name(hit)}`);
        break;
      }
    }
  }

  const words = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = words.nextNode(); text; text = words.nextNode()) {
    const owner = text.parentElement;
    if (
      !text.data.trim() ||
      !shown(owner) ||
      owner.closest("textarea, select, option, svg, script, style, noscript")
    )
      continue;
    range.selectNodeContents(text);
    const right = Math.max(...[...range.getClientRects()].map((box) => box.right));
    const left = Math.min(...[...range.getClientRects()].map((box) => box.left));
    const cutting = cutBy(owner, left, right);
    if (cutting === "scrolls") continue;
    if (cutting) {
      const whole = cutting.closest("[title]")?.title ?? "";
      if (!whole.includes(text.data.trim().slice(0, 60)) || !endsInDots(cutting))
        faults.push(
          `“${text.data.trim().slice(0, 24)}” is cut off in ${name(cutting)}, and nothing says the whole`,
        );
      continue;
    }
    const box = owner.closest(BOXES);
    if (box && scope.contains(box) && right > box.getBoundingClientRect().right + 1)
      faults.push(`“${text.data.trim().slice(0, 24)}” runs out of ${name(box)}`);
  }
  return [...new Set(faults)].map((fault) => fault.toWellFormed());

  /** The part of a control that no scroller and no edge of the window hides. */
  function visible(control, whole) {
    let [left, top, right, bottom] = [
      Math.max(0, whole.left),
      Math.max(0, whole.top),
      Math.min(innerWidth, whole.right),
      Math.min(innerHeight, whole.bottom),
    ];
    for (let one = control.parentElement; one && one !== document.body; one = one.parentElement) {
      if (getComputedStyle(one).overflowY !== "visible") {
        const box = one.getBoundingClientRect();
        [left, top, right, bottom] = [
          Math.max(left, box.left),
          Math.max(top, box.top),
          Math.min(right, box.right),
          Math.min(bottom, box.bottom),
        ];
      }
      if (one.matches("dialog") && !control.closest(".modal__head"))
        top = Math.max(top, one.querySelector(".modal__head")?.getBoundingClientRect().bottom ?? 0);
      if (one.matches("[popover], dialog")) break;
    }
    return { left, top, right, bottom };
  }

  /** A card's own menu lies in its corner; a notification lies over the page until it is dismissed. */
  function isMeant(control, hit) {
    return Boolean(
      hit.closest(".toasts") || (control.matches(".card") && hit.closest(".card__menu, .card__watchers")),
    );
  }

  function endsInDots(element) {
    const { textOverflow, webkitLineClamp } = getComputedStyle(element);
    return textOverflow === "ellipsis" || webkitLineClamp !== "none";
  }

  /** The element that hides a part of the text, "scrolls" where it can be scrolled to, or null. */
  function cutBy(owner, left, right) {
    for (let one = owner; one && one !== document.documentElement; one = one.parentElement) {
      const [style, box] = [getComputedStyle(one), one.getBoundingClientRect()];
      if (one.matches("[popover], dialog") && one !== owner) return null;
      if (style.overflowX === "visible" || style.display === "inline") continue;
      const out =
        right > box.right + 1 ||
        left < box.left - 1 ||
        (style.webkitLineClamp !== "none" && one.scrollHeight > one.clientHeight + 1);
      if (!out) continue;
      return style.overflowX === "auto" || style.overflowX === "scroll" ? "scrolls" : one;
    }
    return null;
  }
};
