/* Figures and ties in words, as the card and the tables of the offline map say them. */

import { swatch } from "../../draw/js/dom.js";
import { HEADS } from "../../draw/js/style.js";

export const BASIS = {
  both: "rated by both sides",
  "one-sided": "rated by one side only",
  documented: "from documents",
  none: "strength not known",
  withheld: "strength withheld",
};

export const byId = (id) => document.getElementById(id);
export const figure = (value) => (value === null || value === undefined ? "–" : rounded(value, 2).toFixed(2));
export const count = (number, noun) => `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
export const strongest = (a, b) => (b.strength ?? -1) - (a.strength ?? -1) || b.width - a.width;
export const mark = ({ points, colour }) => swatch(points, colour, "mark");

/* as wtnet/tables/rounding.py: from the middle away from zero, what a computer adds taken off first */
function rounded(value, digits) {
  const whole = Math.floor(Number((Math.abs(value) * 10 ** digits).toFixed(6)) + 0.5);
  return whole ? (Math.sign(value) * whole) / 10 ** digits : 0;
}

function mean(ties) {
  const known = ties.map(({ strength }) => strength).filter((strength) => strength !== null);
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
}

/* the mean strength of a partner's ties: of those shown, or, where answers are kept back, as worked out before */
export function meanStrength(map, at, ties) {
  return map.data.means ? map.data.means[map.wave][at] : figure(mean(ties));
}

/* which way a tie goes as seen from one of its partners, and what kind it is: "→ funds" */
export function ways(tie, own) {
  const [to, from] = HEADS[tie.way];
  const [out, back] = tie.source === own ? [to, from] : [from, to];
  const arrow = out && back ? "↔" : out ? "→" : back ? "←" : "";
  return [arrow, tie.relation].filter(Boolean).join(" ");
}
