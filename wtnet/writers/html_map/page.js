/* Around the offline map: legend, search, waves and keys; the card and the tables follow what it shows. */

import { element } from "../../draw/js/dom.js";
import { ARROWS } from "../../draw/js/keyboard.js";
import { card, overview } from "./card.js";
import { tieKey } from "./key.js";
import { OfflineMap } from "./map.js";
import { TABLES } from "./tables.js";
import { byId, count, figure, mark } from "./words.js";

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
