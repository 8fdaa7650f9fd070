/** The impact side: what is selected, the pilots, and by theme every indicator from baseline to target and every
   finding. Everything from the data is set as text. A click goes back to Python as the trigger "pick". What the
   message holds: impact_side.py, panel.

   What does not depend on what is selected (states, names of pilots and indicators) comes once, by itself, under a
   number (lexicon.py), and the message refers to it by places.

   @typedef {[id: string, name: string, state: "selected"|"part"|"off"]} PilotRow
   @typedef {[pilot: ?number, progress: ?number, state: number]} IndicatorRow the pilot by its place among `pilots`,
     the state by its place among `states`
   @typedef {[baseline: string, latest: string, target: string, n: string, evidence: string, source: string]}
     FigureRow
   @typedef {[words: string, icon: string, light: string, dark: string]} StateRow
   @typedef {{id: string, statement: string, by: string, improve: boolean, details?: string[][],
     source?: string}} FindingRow
   @typedef {[question: string, answer: string, other: string, apart: 0|1]} AnswerRow */

import { calm, element, svg } from "../../../draw/js/dom.js";
import { groundOf, isDark, onPaper } from "../../../draw/js/style.js";
import { dressed } from "../../map/js/pieces.js";

const lexicons = (window.wtnetLexicons ??= {});

const heading = (scope, words) => element("th", { scope }, words);
const row = (attributes, ...cells) => element("tr", attributes, ...cells);

/* each pilot a translucent square between its baseline (left line) and its target (right line) */
function strip(rows, words) {
  const at = (progress) => 14 + 88 * Math.max(-0.08, Math.min(1.2, progress));
  const line = (d, attributes) => svg("path", { d, stroke: "currentColor", ...attributes });
  const square = ({ progress, colour }) =>
    svg("rect", {
      x: at(progress) - 6,
      y: 9.5,
      width: 12,
      height: 12,
      fill: colour,
      "fill-opacity": 0.5,
      stroke: colour,
      "stroke-width": 1.4,
    });
  return svg(
    "svg",
    { viewBox: "0 0 132 30", class: "strip", role: "img", "aria-label": words },
    line("M14 25H130", { "stroke-opacity": 0.25 }),
    line("M14 6V25", { "stroke-opacity": 0.45 }),
    line("M102 6V25", { "stroke-width": 1.6 }),
    ...rows.filter(({ progress }) => progress !== null).map(square),
  );
}

class ImpactSide {
  constructor(data, dark, pick) {
    this.data = data;
    this.pick = pick;
    this.states = Object.entries(data.states).map(([id, [words, icon, onLight, onDark]]) => {
      return { id, words, icon, colour: dark ? onDark : onLight };
    });
  }

  button(attributes, kind, id, ...children) {
    return element("button", { type: "button", ...attributes, onclick: () => this.pick(kind, id) }, ...children);
  }

  state({ words, icon, colour }) {
    const mark = element("i", { "aria-hidden": "true" }, icon);
    mark.style.color = colour;
    return element("span", { class: "state" }, mark, words);
  }

  all() {
    const { lead, themes, quotes } = this.data;
    return [
      this.head(),
      ...lead.map((text) => element("p", { class: "lead" }, text)),
      ...this.actions(),
      ...this.answers(),
      ...this.pilots(),
      ...this.axis(),
      ...themes.flatMap(([theme, indicators]) => [
        element("h4", { class: "theme" }, theme),
        ...indicators.map((indicator) => this.indicator(indicator)),
        ...this.told(theme),
      ]),
      ...quotes.map(([text, by]) => element("blockquote", {}, `“${text}”`, element("footer", {}, by))),
    ];
  }

  head() {
    const { kicker, title, clear } = this.data;
    return element(
      "div",
      { class: "head" },
      element("div", {}, element("p", { class: "kicker" }, kicker), element("h3", {}, title)),
      clear ? this.button({ class: "clear" }, "none", null, clear) : null,
    );
  }

  /* what can be done with the partners that are selected */
  actions() {
    const buttons = this.data.actions.map(([id, words]) => this.button({ class: "clear" }, "do", id, words));
    return buttons.length ? [element("div", { class: "acts" }, ...buttons)] : [];
  }

  /* what both sides of a tie answered */
  answers() {
    if (!this.data.sides) return [];
    const [names, rows] = this.data.sides;
    const body = rows.map(([question, answer, other, apart]) =>
      row(
        { class: apart ? "apart" : null },
        heading("row", question),
        element("td", {}, answer),
        element("td", {}, other),
      ),
    );
    const heads = ["What was asked", ...names].map((words) => heading("col", words));
    return [
      element(
        "table",
        { class: "sides" },
        element("caption", { class: "kicker" }, this.data.caption),
        element("thead", {}, row({}, ...heads)),
        element("tbody", {}, ...body),
      ),
    ];
  }

  pilots() {
    const chips = this.data.pilots.map(([id, name, state]) => {
      const selected = state === "selected";
      const attributes = { class: state === "off" ? "chip off" : "chip", "aria-pressed": String(selected) };
      return this.button(attributes, selected ? "none" : "pilot", id, name);
    });
    return chips.length ? [element("div", { class: "chips", role: "group", "aria-label": "Pilots" }, ...chips)] : [];
  }

  axis() {
    if (!this.data.themes.some(([, indicators]) => indicators.length)) return [];
    const ends = element("span", {}, element("span", {}, "baseline"), element("span", {}, "target"));
    return [element("p", { class: "axis", "aria-hidden": "true" }, element("span"), ends)];
  }

  indicator({ id, name, rows: rowsSent, figures, how }) {
    const rows = rowsSent.map(([at, progress, state], i) => {
      const [pilot = null, pilotName = "No pilot has reported"] = this.data.pilots[at] ?? [];
      return {
        pilot,
        name: pilotName,
        progress,
        state: this.states[state],
        ...this.states[state],
        figures: figures?.[i],
      };
    });
    const open = this.data.open === id;
    const way = ({ progress }) => (progress === null ? "" : ` ${Math.round(100 * progress)}% of the way,`);
    const words = rows.map((each) => `${each.name}:${way(each)} ${each.words}`).join("; ");
    return element(
      "div",
      { class: "ind", "data-on": open ? "1" : "0", "data-id": id },
      this.button(
        { "aria-expanded": String(open) },
        open ? "none" : "indicator",
        id,
        element("span", { class: "name" }, name),
        strip(rows, words),
        this.tally(rows),
      ),
      ...(open ? [this.figures(rows), element("p", { class: "how" }, how)] : []),
    );
  }

  /* how many pilots are in each state */
  tally(rows) {
    const count = (state) => rows.filter((each) => each.state === state).length;
    const parts = this.states
      .filter(count)
      .map((state) => [rows.length > 1 ? `${count(state)}\u00a0` : "", this.state(state)]);
    return element("span", { class: "count" }, ...parts.flatMap((part, at) => (at ? [" · ", ...part] : part)));
  }

  /* the figures of the indicator that is open, a row a pilot, and what they rest on */
  figures(rows) {
    const heads = ["Pilot", "Baseline", "Latest", "Target", "n", ""].map((words) => heading("col", words));
    const body = rows.flatMap(({ pilot, name, state, figures: [baseline, latest, target, n, evidence, source] }) => {
      const who = pilot ? this.button({}, "pilot", pilot, name) : name;
      const cells = [baseline, latest, target, n, this.state(state)].map((cell) => element("td", {}, cell));
      return [row({}, heading("row", who), ...cells), ...this.proof(evidence, source)];
    });
    return element("table", { class: "rows" }, element("thead", {}, row({}, ...heads)), element("tbody", {}, ...body));
  }

  /* what was found under a theme, in words */
  told(theme) {
    const { tally, rows, rest } = this.data.told[theme] ?? {};
    if (!rows) return [];
    const more = element("details", { class: "more" }, element("summary", {}, `${rest.length} more`));
    more.append(...rest.map((each) => this.finding(each)));
    return [
      element("p", { class: "kicker tally" }, tally),
      ...rows.map((each) => this.finding(each)),
      ...(rest.length ? [more] : []),
    ];
  }

  finding({ id, statement, by, improve, details, source }) {
    const open = Boolean(details);
    const attributes = { class: improve ? "find improve" : "find", "data-on": open ? "1" : "0", "data-id": id };
    const words = [element("span", { class: "name" }, statement), element("span", { class: "count" }, by)];
    const line = ([what, told]) => element("p", { class: "how" }, element("b", {}, what), `: ${told}`);
    const known = (details ?? []).map(line);
    const link = source ? [element("p", { class: "how proof" }, this.link(source))] : [];
    const press = { "aria-expanded": String(open) };
    const head = this.button(press, open ? "none" : "finding", id, ...words);
    return element("div", attributes, head, ...known, ...link, ...(open ? this.step(id) : []));
  }

  /* the button that makes a next step of what is open, for whoever may write one down */
  step(id) {
    const { step } = this.data;
    return step ? [element("div", { class: "acts" }, this.button({ class: "clear" }, "step", id, step))] : [];
  }

  link(href) {
    return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, "source");
  }

  proof(evidence, source) {
    if (!evidence && !source) return [];
    const link = source ? this.link(source) : "";
    const cell = element("td", { colspan: "6" }, evidence, evidence && source ? " · " : "", link);
    return [row({ class: "proof" }, cell)];
  }
}

/** Remember what messages of the impact side refer to by places. */
export function showLexicon({ data }) {
  lexicons[data.number] = data;
}

/** The message with names in the place of places. */
function spelled({ states, pilots, indicators }, data) {
  const named = ([at, rows, more]) => ({ id: indicators[at][0], name: indicators[at][1], rows, ...more });
  return {
    ...data,
    states,
    pilots: pilots.map(([id, name], at) => [id, name, data.pilots[at]]),
    themes: data.themes.map(([theme, shown]) => [theme, shown.map(named)]),
  };
}

export function showPanel(component) {
  let waiting = 0;
  const show = () => {
    const lexicon = lexicons[component.data.lexicon];
    if (lexicon) fill(component, spelled(lexicon, component.data));
    else waiting = setTimeout(show, 20);
  };
  show();
  const offPaper = onPaper(show);
  return () => {
    offPaper();
    clearTimeout(waiting);
  };
}

function fill({ parentElement, setTriggerValue }, data) {
  const root = dressed(parentElement, "panel").querySelector(".panel");
  const focused = parentElement.activeElement?.textContent;
  const side = new ImpactSide(data, isDark(groundOf(root)), (kind, id) => setTriggerValue("pick", { kind, id }));
  root.replaceChildren(...side.all());
  root.dataset.title = data.title;
  const again = focused && [...root.querySelectorAll("button")].find((button) => button.textContent === focused);
  if (again) again.focus({ preventScroll: true });
  const open = root.querySelector('[data-on="1"]');
  if (open) open.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}
