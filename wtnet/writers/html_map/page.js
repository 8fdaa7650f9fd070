/* Around the offline map: the card of a partner, legend, tables, search, waves and keys. */

import { element, swatch } from "../../draw/js/dom.js";
import { ARROWS } from "../../draw/js/keyboard.js";
import { HEADS } from "../../draw/js/style.js";
import { tieKey } from "./key.js";
import { OfflineMap } from "./map.js";

const BASIS = {
  both: "rated by both sides",
  "one-sided": "rated by one side only",
  documented: "from documents",
  none: "strength not known",
  withheld: "strength withheld",
};

const byId = (id) => document.getElementById(id);
const figure = (value) => (value === null || value === undefined ? "–" : value.toFixed(2));
const count = (number, noun) => `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
const strongest = (a, b) => (b.strength ?? -1) - (a.strength ?? -1) || b.width - a.width;
const mark = ({ points, colour }) => swatch(points, colour, "mark");

function mean(ties) {
  const known = ties.map(({ strength }) => strength).filter((strength) => strength !== null);
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
}

/* the mean strength of a partner's ties: of those shown, or, where answers are kept back, as worked out before */
function meanStrength(map, at, ties) {
  return map.data.means ? map.data.means[map.wave][at] : figure(mean(ties));
}

/* everything around the map says what the map shows */
function refresh(map) {
  byId("card").replaceChildren(...(map.chosen === null ? overview(map) : card(map)));
  for (const button of byId("waves").children)
    button.setAttribute("aria-pressed", String(Number(button.value) === map.wave));
  const partnersShown = count(map.shown.length, "partner");
  const tiesShown = count(map.ties().length, "partnership");
  byId("under").textContent = [map.waves[map.wave].name, partnersShown, tiesShown].join(" · ");
  byId("map").setAttribute("aria-label", `Map of ${partnersShown} and ${tiesShown}`);
  byId("partners").querySelector("summary").textContent = `All ${partnersShown} as a table`;
  byId("ties").querySelector("summary").textContent = `All ${tiesShown} as a table`;
  for (const [id, fill] of TABLES) if (byId(id).open) fill(map);
  byId("ramp").replaceChildren(...tieKey(map));
}

/* -- the card --------------------------------------------------------------------------------------------------- */

function overview(map) {
  const how = "Select a partner on the map, find it by name, or open the tables below.";
  return [
    element("h2", {}, "The whole network"),
    ...map.data.said[map.wave].map((sentence) => element("p", {}, sentence)),
    ...(map.data.found ? [element("p", {}, map.data.found)] : []),
    element("p", { class: "soft" }, how),
  ];
}

function card(map) {
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

/* which way a tie goes as seen from one of its partners, and what kind it is: "→ funds" */
function ways(tie, own) {
  const [to, from] = HEADS[tie.way];
  const [out, back] = tie.source === own ? [to, from] : [from, to];
  const arrow = out && back ? "↔" : out ? "→" : back ? "←" : "";
  return [arrow, tie.relation].filter(Boolean).join(" ");
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

/* -- the tables ------------------------------------------------------------------------------------------------- */

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

const TABLES = [
  ["partners", partnersTable],
  ["ties", tiesTable],
  ["findings", findingsTable],
];

/* -- the controls ----------------------------------------------------------------------------------------------- */

function legend(map) {
  const items = map.kinds.map((kind) => {
    const label = element("span", {}, `${kind.label} ${kind.count}`);
    const button = element("button", { type: "button", "aria-pressed": "true" }, mark(kind), label);
    button.onclick = () => {
      if (!map.off.delete(kind)) map.off.add(kind);
      button.setAttribute("aria-pressed", String(!map.off.has(kind)));
      map.paint();
    };
    return element("li", {}, button);
  });
  byId("legend").append(...items);
}

/* a partner by its name, the beginning or a part of it, or by its place */
function find(map, words) {
  const wanted = words.trim().toLocaleLowerCase();
  if (!wanted) return;
  const name = (at) => map.nodes[at].name.toLocaleLowerCase();
  const place = (at) => (map.data.about[map.nodes[at].id].place ?? "").toLocaleLowerCase();
  const shown = map.order.filter((at) => map.isShown(at));
  const match =
    shown.find((at) => name(at) === wanted) ??
    shown.find((at) => name(at).startsWith(wanted)) ??
    shown.find((at) => name(at).includes(wanted)) ??
    shown.find((at) => place(at).includes(wanted));
  if (match !== undefined) return map.choose(match, true);
  map.choose(null);
  byId("card").prepend(element("p", {}, `No partner shown here is called “${words.trim().slice(0, 60)}”.`));
}

function reset(map) {
  map.off.clear();
  map.least = byId("least").value = 0;
  byId("least-said").textContent = "any";
  byId("find").value = "";
  byId("colour").value = "";
  map.byKind = false;
  for (const button of byId("legend").querySelectorAll("button")) button.setAttribute("aria-pressed", "true");
  map.choose(null);
  map.fit();
}

function listen(map) {
  for (const button of byId("waves").children) button.onclick = () => map.step(Number(button.value));
  byId("find").addEventListener("change", (e) => find(map, e.target.value));
  byId("find").addEventListener("keydown", (e) => e.key === "Enter" && find(map, e.target.value));
  byId("least").addEventListener("input", (e) => {
    map.least = Number(e.target.value);
    byId("least-said").textContent = map.least ? figure(map.least) : "any";
    map.paint();
  });
  byId("colour").addEventListener("change", (e) => {
    map.byKind = Boolean(e.target.value);
    map.paint();
  });
  byId("reset").onclick = () => reset(map);
  byId("theme").onclick = () => {
    map.theme(!map.dark);
    map.paint();
  };
  byId("in").onclick = () => map.zoom(1.3);
  byId("out").onclick = () => map.zoom(1 / 1.3);
  byId("fit").onclick = () => map.fit();
  for (const [id, fill] of TABLES) byId(id).addEventListener("toggle", () => byId(id).open && fill(map));
  byId("map").addEventListener("keydown", (e) => key(map, e));
}

function key(map, event) {
  const actions = {
    "+": () => map.zoom(1.3),
    "=": () => map.zoom(1.3),
    "-": () => map.zoom(1 / 1.3),
    Escape: () => map.choose(null),
    "[": () => map.step(map.wave - 1),
    "]": () => map.step(map.wave + 1),
  };
  const act = ARROWS[event.key] ? () => map.walk(ARROWS[event.key]) : actions[event.key];
  if (!act || event.target.tagName === "BUTTON") return;
  event.preventDefault();
  act();
}

function start(data) {
  byId("title").textContent = data.title;
  byId("of").textContent = data.looked_at;
  byId("notice").textContent = data.notice ?? "";
  byId("notice").hidden = !data.notice;
  for (const [term, words] of data.provenance) byId("about").append(element("dt", {}, term), element("dd", {}, words));
  const waves = data.waves.map(([name], at) => element("button", { type: "button", value: at }, name));
  byId("waves").append(...waves);
  byId("waves").hidden = data.waves.length < 2;
  const map = (window.wtnetMap = new OfflineMap(data, refresh));
  byId("names").append(...map.order.map((at) => element("option", { value: map.nodes[at].name })));
  byId("findings").hidden = !data.findings.length;
  byId("findings").querySelector("summary").textContent = `${count(data.findings.length, "finding")} in words`;
  document.querySelector("label.least").hidden = Boolean(data.means); // strength is in words there
  document.querySelector("label.colour").hidden = !map.tints.length;
  legend(map);
  listen(map);
  byId("map").dataset.drawn = "true";
}

start(JSON.parse(byId("data").textContent));
