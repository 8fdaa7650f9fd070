/* The impact side: what is selected, the pilots, and every indicator from baseline to target. Everything from the data
   is set as text. A click goes back to Python as the trigger "pick". */

function el(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (name === "on") node.onclick = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

function drawn(tag, attrs) {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attrs)) node.setAttribute(name, value);
  return node;
}

/* each pilot a translucent square between its baseline (left line) and its target (right line) */
function strip(rows, colours, words) {
  const svg = drawn("svg", { viewBox: "0 0 132 30", class: "strip", role: "img", "aria-label": words });
  const at = (p) => 14 + 88 * Math.max(-0.08, Math.min(1.2, p));
  svg.append(drawn("path", { d: "M14 25H130", stroke: "currentColor", "stroke-opacity": 0.25 }));
  svg.append(drawn("path", { d: "M14 6V25", stroke: "currentColor", "stroke-opacity": 0.45 }));
  svg.append(drawn("path", { d: "M102 6V25", stroke: "currentColor", "stroke-width": 1.6 }));
  for (const row of rows) {
    if (row.progress === null) continue;
    svg.append(
      drawn("rect", {
        x: at(row.progress) - 6,
        y: 9.5,
        width: 12,
        height: 12,
        fill: colours[row.state],
        "fill-opacity": 0.5,
        stroke: colours[row.state],
        "stroke-width": 1.4,
      }),
    );
  }
  return svg;
}

function showPanel({ data, parentElement, setTriggerValue }) {
  const root = dressed(parentElement, "panel").querySelector(".panel");
  const pick = (kind, id) => setTriggerValue("pick", { kind, id });
  const ground = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const dark =
    ground.startsWith("#") && [1, 3, 5].reduce((sum, i) => sum + parseInt(ground.slice(i, i + 2), 16), 0) < 380;
  const colours = Object.fromEntries(Object.entries(data.states).map(([state, s]) => [state, s[dark ? 3 : 2]]));
  const held = root.querySelector("[data-open]")?.dataset.open ?? null;
  const open = data.open ?? null,
    order = Object.keys(data.states);

  const said = (state) => {
    const [words, icon] = data.states[state];
    const mark = el("i", { "aria-hidden": "true" }, icon),
      span = el("span", { class: "state" }, mark, words);
    mark.style.color = colours[state];
    return span;
  };

  const header = el(
    "div",
    { class: "head" },
    el("div", {}, el("p", { class: "kicker" }, data.kicker), el("h3", {}, data.title)),
    data.clear ? el("button", { class: "clear", type: "button", on: () => pick("none", null) }, data.clear) : null,
  );
  const parts = [header, ...data.lead.map((text) => el("p", { class: "lead" }, text))];

  if (data.actions.length)
    parts.push(
      el(
        "div",
        { class: "acts" },
        ...data.actions.map(([id, words]) =>
          el("button", { type: "button", class: "clear", on: () => pick("do", id) }, words),
        ),
      ),
    );
  if (data.sides) {
    const [names, rows] = data.sides;
    parts.push(
      el(
        "table",
        { class: "sides" },
        el("caption", { class: "kicker" }, data.caption),
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "col" }, "What was asked"),
            ...names.map((n) => el("th", { scope: "col" }, n)),
          ),
        ),
        el(
          "tbody",
          {},
          ...rows.map(([what, one, other, apart]) =>
            el(
              "tr",
              apart ? { class: "apart" } : {},
              el("th", { scope: "row" }, what),
              el("td", {}, one),
              el("td", {}, other),
            ),
          ),
        ),
      ),
    );
  }

  if (data.pilots.length) {
    parts.push(
      el(
        "div",
        { class: "chips", role: "group", "aria-label": "Pilots" },
        ...data.pilots.map(([id, name, state]) =>
          el(
            "button",
            {
              type: "button",
              class: state ? "chip" : "chip off",
              "aria-pressed": String(state === 2),
              on: () => pick(state === 2 ? "none" : "pilot", id),
            },
            name,
          ),
        ),
      ),
    );
  }

  if (data.themes.length)
    parts.push(
      el(
        "p",
        { class: "axis", "aria-hidden": "true" },
        el("span", {}, ""),
        el("span", {}, el("span", {}, "baseline"), el("span", {}, "target")),
      ),
    );
  for (const [theme, indicators] of data.themes) {
    parts.push(el("h4", { class: "theme" }, theme));
    for (const one of indicators) {
      const rows = one.rows.map(([at, progress, state], i) => {
        const [baseline, latest, target, n, evidence, source] = one.figures?.[i] ?? [];
        return {
          pilot: data.pilots[at]?.[0] ?? null,
          name: data.pilots[at]?.[1] ?? "No pilot has reported",
          baseline,
          latest,
          target,
          n,
          evidence,
          source,
          progress,
          state: order[state],
        };
      });
      const tally = Object.keys(data.states)
        .map((state) => [state, rows.filter((row) => row.state === state).length])
        .filter(([, n]) => n);
      const count = el("span", { class: "count" });
      tally.forEach(([state, n], i) => count.append(i ? " · " : "", rows.length > 1 ? `${n}\u00a0` : "", said(state)));
      const way = (row) => (row.progress === null ? "" : ` ${Math.round(100 * row.progress)} % of the way,`);
      const words = rows.map((row) => `${row.name}:${way(row)} ${data.states[row.state][0]}`).join("; ");
      const on = open === one.id;
      const item = el(
        "div",
        { class: "ind", "data-on": on ? "1" : "0", "data-id": one.id },
        el(
          "button",
          { type: "button", "aria-expanded": String(on), on: () => pick(on ? "none" : "indicator", one.id) },
          el("span", { class: "name" }, one.name),
          strip(rows, colours, words),
          count,
        ),
      );
      if (on) {
        item.append(
          el(
            "table",
            { class: "rows" },
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                ...["Pilot", "Baseline", "Latest", "Target", "n", ""].map((h) => el("th", { scope: "col" }, h)),
              ),
            ),
            el(
              "tbody",
              {},
              ...rows.flatMap((row) => [
                el(
                  "tr",
                  {},
                  el(
                    "th",
                    { scope: "row" },
                    row.pilot
                      ? el("button", { type: "button", on: () => pick("pilot", row.pilot) }, row.name)
                      : row.name,
                  ),
                  el("td", {}, row.baseline),
                  el("td", {}, row.latest),
                  el("td", {}, row.target),
                  el("td", {}, row.n),
                  el("td", {}, said(row.state)),
                ),
                ...(row.evidence || row.source
                  ? [
                      el(
                        "tr",
                        { class: "proof" },
                        el(
                          "td",
                          { colspan: "6" },
                          row.evidence,
                          row.evidence && row.source ? " · " : "",
                          row.source
                            ? el("a", { href: row.source, target: "_blank", rel: "noopener noreferrer" }, "source")
                            : "",
                        ),
                      ),
                    ]
                  : []),
              ]),
            ),
          ),
          el("p", { class: "how" }, one.how),
        );
      }
      parts.push(item);
    }
  }
  for (const [text, by] of data.quotes) parts.push(el("blockquote", {}, `“${text}”`, el("footer", {}, by)));

  const focused = parentElement.activeElement?.textContent;
  root.replaceChildren(...parts);
  root.dataset.title = data.title;
  if (focused)
    [...root.querySelectorAll("button")].find((b) => b.textContent === focused)?.focus({ preventScroll: true });
  if (open && open !== held)
    root.querySelector('[data-on="1"]')?.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });

  window.wtnetSpots ??= {};
  window.wtnetSpots[data.map] = data.spot;
  window.wtnetMaps?.[data.map]?.spot(data.spot);
}
