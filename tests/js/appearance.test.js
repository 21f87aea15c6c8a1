import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LABEL_COLORS, initials, inkOn } from "../../static/js/board/colors.js";
import { createChance } from "./chance.js";

const css = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");

function token(name, theme) {
  const [, light, dark] = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css) ?? [];
  assert.ok(light, `tokens.css says no --${name} in both themes`);
  return theme === "light" ? light : dark;
}

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio as WCAG 2.2 defines it. */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT_ON = {
  text: ["canvas", "surface", "surface-raised", "surface-sunken", "surface-hover"],
  "text-muted": ["canvas", "surface", "surface-raised", "surface-sunken", "surface-hover"],
  "accent-text": ["canvas", "surface", "accent-soft"],
  "danger-text": ["surface", "surface-raised", "danger-soft"],
  "warning-text": ["surface", "warning-soft"],
  "success-text": ["surface", "success-soft"],
};

for (const theme of ["light", "dark"]) {
  test(`text is readable in the ${theme} theme (4.5 to 1)`, () => {
    for (const [text, grounds] of Object.entries(TEXT_ON)) {
      for (const ground of grounds) {
        const ratio = contrast(token(text, theme), token(ground, theme));
        assert.ok(ratio >= 4.5, `--${text} on --${ground}: ${ratio.toFixed(2)}`);
      }
    }
    for (const ground of ["accent", "accent-hover", "danger"])
      assert.ok(contrast("#ffffff", token(ground, theme)) >= 4.5, ground);
  });

  test(`labels are readable in the ${theme} theme`, () => {
    for (const color of LABEL_COLORS) {
      const ratio = contrast(token(`label-${color}-fg`, theme), token(`label-${color}-bg`, theme));
      assert.ok(ratio >= 4.5, `${color}: ${ratio.toFixed(2)}`);
    }
  });

  test(`controls and focus stand out in the ${theme} theme (3 to 1)`, () => {
    for (const edge of ["border-strong", "focus"]) {
      for (const ground of ["surface", "canvas"])
        assert.ok(contrast(token(edge, theme), token(ground, theme)) >= 3, `${edge} on ${ground}`);
    }
  });
}

test("initials are readable on any colour a member may have", () => {
  const chance = createChance(3);
  for (let round = 0; round < 2000; round += 1) {
    const hex = `#${chance.below(0x1000000).toString(16).padStart(6, "0")}`;
    assert.ok(contrast(inkOn(hex), hex) >= 4.5, hex);
  }
});

test("initials are taken whole, whatever the script", () => {
  assert.equal(initials("Anna Maria Lindqvist"), "AL");
  assert.equal(initials("  bob "), "B");
  assert.equal(initials("𝒜da 🦊x"), "𝒜🦊");
  assert.equal(initials(""), "?");
});
