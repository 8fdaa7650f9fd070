/* The chart beside the map: rows of bars, of two views of one tie, or of the ways of outcomes to their targets. Words
   are set as text, never as markup. */

import { element } from "../../../draw/js/dom.js";

const div = (name, ...children) => element("div", { class: name }, ...children);
const mark = (name) => element("i", { class: name });

export function chart(message) {
  const { title, categories, row_words: rowWords, note, alt } = message;
  const sides = message.kind === "sides" && message.series.length === 2;
  const drawn = message.ways.length ? way(message) : sides ? track(message) : bars(message);
  const rows = categories.map((name, at) => {
    const words = rowWords[at] ? div("row-words", rowWords[at]) : null;
    return div(message.ways.length ? "row way" : "row", div("name", name), drawn(at), words);
  });
  const scale = div("row", div("name"), div("axis", element("span", {}, "0 none"), element("span", {}, "1 strongest")));
  return element(
    "div",
    { class: "chart", role: "img", "aria-label": alt },
    div("top", div("title", title), categories.length ? keys(message, sides) : null),
    ...rows,
    sides && categories.length ? scale : null,
    note ? div("note", note) : null,
  );
}

function keys({ series, ways, marks }, sides) {
  const signs = ["solid", "round hollow"];
  const entries = ways.length ? marks : sides ? series.map(([label], at) => [signs[at], label]) : [];
  if (!entries.length) return null;
  return div("keys", ...entries.map(([sign, words]) => element("span", {}, mark(sign), element("span", {}, words))));
}

/* the largest value, or the end of the scale */
const endOf = ({ top, series }) =>
  top ?? Math.max(1e-9, ...series.flatMap(([, values]) => values.map((value) => value ?? 0)));

/* a bar a row, of the last of two series; where it was before is said and marked */
function bars(message) {
  const { series, written } = message;
  const [now, before] = [series.length - 1, series.length - 2];
  const share = (value) => `${((before < 0 ? 72 : 34) * (value ?? 0)) / endOf(message)}%`;
  const valueOf = (at, row) => series[at][1][row];
  return (row) => {
    const bar = mark(valueOf(now, row) === null ? "value none" : "value");
    bar.style.width = share(valueOf(now, row));
    const drawn = div("bars", bar, element("b", {}, written[now][row]));
    if (before < 0) return drawn;
    drawn.append(element("span", {}, `${written[before][row]} before`));
    const was = mark("was");
    was.style.left = share(valueOf(before, row));
    if (valueOf(before, row) !== null) drawn.append(was);
    return drawn;
  };
}

/* marks on a line, each a share of it from its start, with the way from the first to the second */
function line(places, names) {
  const drawn = div("track");
  const percent = (share) => `${100 * share}%`;
  const [from, to] = places;
  if (from !== null && to !== null) {
    const span = div("span");
    span.style.left = percent(Math.min(from, to));
    span.style.width = percent(Math.abs(to - from));
    drawn.append(span);
  }
  places.forEach((place, at) => {
    if (place === null) return;
    const point = mark(names[at]);
    point.style.left = percent(place);
    drawn.append(point);
  });
  return drawn;
}

function track(message) {
  const end = endOf(message);
  const share = (value) => (value === null ? null : value / end);
  return (row) =>
    line(
      message.series.map(([, of]) => share(of[row])),
      ["solid", "round hollow"],
    );
}

/* the way of an outcome: from where it began to now, and the target; the last drawn lies on top */
function way({ ways, marks }) {
  const names = marks.map(([name]) => name);
  return (row) => {
    const drawn = line(ways[row], names);
    drawn.prepend(drawn.querySelector(".target"));
    return drawn;
  };
}
