/* The chart beside the map: rows of bars, or of two views of one tie. Words are set as text, never as markup. */

import { element } from "../../../draw/js/dom.js";

const div = (name, ...children) => element("div", { class: name }, ...children);
const mark = (name) => element("i", { class: name });

export function chart({ kind, title, categories, series, written, top, told: remarks, note, alt }) {
  const sides = kind === "sides" && series.length === 2;
  const end = top ?? Math.max(1e-9, ...series.flatMap(([, values]) => values.map((value) => value ?? 0)));
  const rows = categories.map((name, at) => {
    const values = series.map(([, of]) => of[at]);
    const words = written.map((of) => of[at]);
    return div(
      "row",
      div("name", name),
      sides ? track(values, end) : bars(values, words, end),
      remarks[at] ? div("told", remarks[at]) : null,
    );
  });
  const scale = div("row", div("name"), div("axis", element("span", {}, "0 none"), element("span", {}, "1 strongest")));
  return element(
    "div",
    { class: "chart", role: "img", "aria-label": alt },
    div("title", title),
    series.length > 1 && categories.length ? keys(series, sides) : null,
    ...rows,
    sides && categories.length ? scale : null,
    note ? div("note", note) : null,
  );
}

const emphasis = (at, all) => (at === all.length - 1 ? "after" : "before");

function keys(series, sides) {
  const marks = sides ? ["solid", "round hollow"] : [];
  const entries = series.map(([label], at) =>
    element("span", { class: emphasis(at, series) }, mark(marks[at]), element("span", {}, label)),
  );
  return div("keys", ...entries);
}

function bars(values, words, end) {
  const rows = values.map((value, at) => {
    const bar = mark(value === null ? "none" : null);
    bar.style.width = `${(72 * (value ?? 0)) / end}%`;
    return div(emphasis(at, values), bar, element("b", {}, words[at]));
  });
  return div("bars", ...rows);
}

function track(values, end) {
  const place = (value) => `${(100 * value) / end}%`;
  const line = div("track");
  const known = values.filter((value) => value !== null);
  if (known.length === 2) {
    const span = div("span");
    span.style.left = place(Math.min(...known));
    span.style.width = place(Math.abs(known[1] - known[0]));
    line.append(span);
  }
  values.forEach((value, at) => {
    if (value === null) return;
    const point = mark(at ? "them" : "us");
    point.style.left = place(value);
    line.append(point);
  });
  return line;
}
