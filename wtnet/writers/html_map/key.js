/* What colours, widths, dashes and arrows of ties say, below the offline map. */

import { ARROW_KEY, RESTS_ON } from "../../draw/js/style.js";
import { sample } from "./draw.js";

const strengthKey = (map) => [
  "Weaker ",
  ...map.ramp.map((colour, i) => sample(colour, 1.2 + 1.5 * i)),
  " stronger partnership   ",
];

/* the kinds of the ties shown: colour, number, name, how many */
function kindsKey(map) {
  const number = new Map();
  for (const { tint } of map.ties()) number.set(tint, (number.get(tint) ?? 0) + 1);
  const used = map.tints.map((tint, at) => [tint, number.get(at)]).filter(([, many]) => many);
  const entries = used.flatMap(([tint, many]) => [
    sample(map.tintColour(tint), 4),
    ` ${[tint.number, `${tint.label}:`, many].filter(Boolean).join(" ")}   `,
  ]);
  return [...entries, "wider: stronger   "];
}

/** Texts and short lines, one after another. */
export function tieKey(map) {
  const bases = [...new Set(map.ties().map((tie) => tie.basis))].filter(Boolean).sort();
  return [
    ...(map.byKind ? kindsKey(map) : strengthKey(map)),
    ...bases.flatMap((basis) => [sample(map.ramp[2], 2, basis), ` ${RESTS_ON[basis]}   `]),
    ...(map.ties().some((tie) => tie.way) ? [sample(map.ramp[2], 2, 0, true), ` ${ARROW_KEY}   `] : []),
    "larger: works with more partners",
  ];
}
