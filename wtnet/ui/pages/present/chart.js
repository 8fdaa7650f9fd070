/* The chart beside the map: rows of bars, or of two views of one tie. Words are set as text, never as markup. */

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function chart({ kind, title, categories, series, written, top, told, note, alt }) {
  const whole = element("div", "chart");
  whole.setAttribute("role", "img");
  whole.setAttribute("aria-label", alt);
  whole.append(element("div", "title", title));
  const sides = kind === "sides" && series.length === 2;
  if (series.length > 1) {
    const keys = element("div", "keys");
    series.forEach(([label], at) => {
      const key = element("span", at === series.length - 1 ? "after" : "before"),
        mark = element("i");
      if (sides) mark.className = at ? "round hollow" : "solid";
      key.append(mark, element("span", "", label));
      keys.append(key);
    });
    if (categories.length) whole.append(keys);
  }
  const end = top ?? Math.max(1e-9, ...series.flatMap(([, values]) => values.map((value) => value ?? 0)));
  categories.forEach((name, at) => {
    const row = element("div", "row");
    row.append(element("div", "name", name));
    const values = series.map(([, of]) => of[at]);
    row.append(
      sides
        ? track(values, end)
        : bars(
            values,
            series.map((_, n) => written[n][at]),
            end,
          ),
    );
    if (told[at]) row.append(element("div", "told", told[at]));
    whole.append(row);
  });
  if (sides && categories.length) {
    const row = element("div", "row"),
      axis = element("div", "axis");
    axis.append(element("span", "", "0 none"), element("span", "", "1 strongest"));
    row.append(element("div", "name"), axis);
    whole.append(row);
  }
  if (note) whole.append(element("div", "note", note));
  return whole;
}

function bars(values, words, end) {
  const all = element("div", "bars");
  values.forEach((value, at) => {
    const one = element("div", at === values.length - 1 ? "after" : "before"),
      bar = element("i", value === null ? "none" : "");
    bar.style.width = `${(72 * (value ?? 0)) / end}%`;
    one.append(bar, element("b", "", words[at]));
    all.append(one);
  });
  return all;
}

function track(values, end) {
  const line = element("div", "track"),
    place = (value) => `${(100 * value) / end}%`;
  const known = values.filter((value) => value !== null);
  if (known.length === 2) {
    const span = element("div", "span");
    span.style.left = place(Math.min(...known));
    span.style.width = place(Math.abs(known[1] - known[0]));
    line.append(span);
  }
  values.forEach((value, at) => {
    if (value === null) return;
    const mark = element("i", at ? "them" : "us");
    mark.style.left = place(value);
    line.append(mark);
  });
  return line;
}
