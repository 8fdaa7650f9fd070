/* The tables below the offline map: partners, partnerships and findings; a name in them shows it on the map. */

import { element } from "../../draw/js/dom.js";
import { BASIS, byId, meanStrength, strongest, ways } from "./words.js";

/* `heads`: the words of each column and whether it holds numbers */
function table(box, caption, heads, rows) {
  const className = (at) => (heads[at].number ? "n" : null);
  const head = heads.map(({ words }, at) => element("th", { scope: "col", class: className(at) }, words));
  const cell = (content, at) =>
    at ? element("td", { class: className(at) }, content) : element("th", { scope: "row" }, content);
  box.replaceChildren(
    element(
      "table",
      {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell)))),
    ),
  );
}

function nameButton(map, at) {
  const onclick = () => {
    map.choose(at, true);
    byId("map").scrollIntoView({ block: "nearest" });
  };
  return element("button", { type: "button", onclick }, map.nodes[at].name);
}

function partnersTable(map) {
  const rows = map.order
    .filter((at) => map.isShown(at))
    .map((at) => {
      const { id, kind } = map.nodes[at];
      const strength = meanStrength(
        map,
        at,
        map.around(at).map(([, tie]) => tie),
      );
      return [nameButton(map, at), kind.label, map.data.about[id].place ?? "–", map.degree[at], strength];
    });
  const numbers = [
    { words: "Partnerships", number: true },
    { words: "Mean strength (0–1)", number: true },
  ];
  const heads = [{ words: "Partner" }, { words: "Kind" }, { words: "Place" }, ...numbers];
  table(byId("partners").querySelector("div"), "Partners shown on the map, most partnerships first", heads, rows);
}

function tiesTable(map) {
  const rows = map
    .ties()
    .sort(strongest)
    .map((tie) => {
      const { source, target, words, rests } = tie;
      return [nameButton(map, source), nameButton(map, target), words, BASIS[rests], ways(tie, source) || "–"];
    });
  const strength = { words: "Strength (0–1)", number: true };
  const heads = [
    { words: "Partner" },
    { words: "Works with" },
    strength,
    { words: "Rests on" },
    { words: "What it is" },
  ];
  table(
    byId("ties").querySelector("div"),
    "Partnerships shown on the map, strongest first; – is not known",
    heads,
    rows,
  );
}

/* the findings, each with the partners it names: one of them selected shows it on the map */
function findingsTable(map) {
  const rows = map.data.findings.map(([theme, statement, by, ends]) => {
    const named = ends.flatMap((at, i) => [...(i ? [" ↔ "] : []), nameButton(map, at)]);
    return [theme, statement, by, element("span", {}, ...(named.length ? named : ["the whole programme or a pilot"]))];
  });
  const heads = [{ words: "Theme" }, { words: "What was found" }, { words: "Whose view" }, { words: "About" }];
  table(byId("findings").querySelector("div"), "Findings in words, theme by theme", heads, rows);
}

export const TABLES = [
  ["partners", partnersTable],
  ["ties", tiesTable],
  ["findings", findingsTable],
];
