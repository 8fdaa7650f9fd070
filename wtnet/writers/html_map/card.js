/* The card beside the offline map: a partner with its partnerships, or the whole network. */

import { element } from "../../draw/js/dom.js";
import { BASIS, count, mark, meanStrength, strongest, ways } from "./words.js";

export function overview(map) {
  const how = "Select a partner on the map, find it by name, or open the tables below.";
  return [
    element("h2", {}, "The whole network"),
    ...map.data.said[map.wave].map((sentence) => element("p", {}, sentence)),
    ...(map.data.found ? [element("p", {}, map.data.found)] : []),
    element("p", { class: "soft" }, how),
  ];
}

export function card(map) {
  const { id, name, kind } = map.nodes[map.chosen];
  const { place, description, website, pilots, quotes } = map.data.about[id];
  const ties = map.around(map.chosen);
  const link = website && element("a", { href: website, rel: "noopener noreferrer", target: "_blank" }, website);
  const rows = ties.sort(([, a], [, b]) => strongest(a, b)).map(([other, tie]) => tieRow(map, other, tie));
  return [
    element("h2", {}, name),
    element("p", { class: "kind" }, mark(kind), element("span", {}, [kind.label, place].filter(Boolean).join(" · "))),
    ...(description ? [element("p", {}, description)] : []),
    ...(link ? [element("p", {}, link)] : []),
    element("p", {}, worksWith(map, map.chosen, ties)),
    ...pilots.map(([pilot, part]) => element("p", {}, `${pilot}: ${part}.`)),
    ...(ties.length ? [element("h3", {}, "Works with")] : []),
    element("ul", {}, ...rows),
    ...findingsAbout(map, map.chosen),
    ...quotes.map(([words, by]) => element("blockquote", {}, `“${words}”`, element("footer", {}, by))),
  ];
}

/* the findings that name a partner, in words */
function findingsAbout(map, at) {
  const own = map.data.findings.filter(([, , , ends]) => ends.includes(at));
  if (!own.length) return [];
  const lines = own.map(([, statement, by]) => element("p", { class: "finding" }, statement, element("span", {}, by)));
  return [element("h3", {}, "What was found, in words"), ...lines];
}

function worksWith(map, at, ties) {
  if (!ties.length) return "No partnership is shown in this wave with these filters.";
  const kinds = new Set(ties.map(([other]) => map.nodes[other].kind));
  const strength = meanStrength(
    map,
    at,
    ties.map(([, tie]) => tie),
  );
  const average = strength === "–" ? "" : `; mean strength ${strength} (0 none, 1 strongest)`;
  return `Works with ${count(ties.length, "partner")} of ${count(kinds.size, "kind")}${average}.`;
}

function tieRow(map, other, tie) {
  const { strength, rests, words } = tie;
  const what = ways(tie, map.chosen);
  const { name, kind } = map.nodes[other];
  const fill = element("i");
  fill.style.width = `${100 * (strength ?? 0)}%`;
  const onclick = () => map.choose(other, true);
  return element(
    "li",
    {},
    mark(kind),
    element("button", { type: "button", title: BASIS[rests], onclick }, name),
    element("span", { class: "bar" }, fill),
    element("span", {}, words),
    ...(what ? [element("span", { class: "soft what" }, what)] : []),
  );
}
