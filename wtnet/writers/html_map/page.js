/* Around the map: the card of a partner, legend, tables, search, waves and keys. */

const BASIS = {
  both: "rated by both sides",
  "one-sided": "rated by one side only",
  documented: "from documents; nobody rated it",
  none: "strength not known",
};

function told(map) {
  card(map);
  for (const button of el("waves").children)
    button.setAttribute("aria-pressed", String(Number(button.value) === map.wave));
  const shown = map.data.nodes.filter((_, at) => map.seen(at)).length;
  el("under").textContent = [map.data.waves[map.wave][0], many(shown, "partner"), many(map.ties().length, "tie")].join(
    " · ",
  );
  el("map").setAttribute("aria-label", `Map of ${many(shown, "partner")} and ${many(map.ties().length, "tie")}`);
  const filled = { partners, ties };
  for (const [id, make] of Object.entries(filled)) {
    el(id).querySelector("summary").textContent =
      id === "partners"
        ? `All ${many(shown, "partner")} as a table`
        : `All ${many(map.ties().length, "tie")} as a table`;
    if (el(id).open) make(map);
  }
  ramp(map);
}

function mean(ties) {
  const known = ties.map((t) => t[5]).filter((s) => s !== null);
  return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null;
}

function card(map) {
  const box = el("card");
  box.replaceChildren();
  if (map.chosen === null) {
    box.append(made("h2", "The whole network"));
    for (const sentence of map.data.said[map.wave]) box.append(made("p", sentence));
    box.append(
      made("p", "Select a partner on the map, find it by name, or open the tables below.", { className: "soft" }),
    );
    return;
  }
  const [id, name, kind] = map.data.nodes[map.chosen],
    about = map.data.about[id],
    ties = map.around(map.chosen);
  box.append(made("h2", name));
  const line = made("p", null, { className: "kind" });
  line.append(
    mark(map.data.kinds[kind]),
    made("span", [map.data.kinds[kind][0], about.place].filter(Boolean).join(" · ")),
  );
  box.append(line);
  if (about.description) box.append(made("p", about.description));
  if (about.website) {
    const p = made("p");
    p.append(made("a", about.website, { href: about.website, rel: "noopener noreferrer", target: "_blank" }));
    box.append(p);
  }
  const kinds = new Set(ties.map(([other]) => map.data.nodes[other][2])),
    strength = mean(ties.map(([, t]) => t));
  box.append(
    made(
      "p",
      ties.length
        ? `Works with ${many(ties.length, "partner")} of ${many(kinds.size, "kind")}${strength === null ? "" : `; mean strength ${figure(strength)} (0 none, 1 strongest)`}.`
        : "No known partnership in this wave with these filters.",
    ),
  );
  for (const part of about.pilots) box.append(made("p", `${part[0]}: ${part[1]}.`));
  if (ties.length) box.append(made("h3", "Works with"));
  const list = made("ul");
  for (const [other, tie] of ties.sort((a, b) => (b[1][5] ?? -1) - (a[1][5] ?? -1))) {
    const item = made("li"),
      button = made("button", map.data.nodes[other][1], {
        type: "button",
        onclick: () => map.choose(other, true),
        title: BASIS[tie[6]],
      }),
      bar = made("span", null, { className: "bar" });
    const fill = made("i");
    fill.style.width = `${100 * (tie[5] ?? 0)}%`;
    bar.append(fill);
    item.append(mark(map.data.kinds[map.data.nodes[other][2]]), button, bar, made("span", figure(tie[5])));
    list.append(item);
  }
  box.append(list);
  for (const [words, by] of about.quotes) {
    const quote = made("blockquote", `“${words}”`);
    quote.append(made("footer", by));
    box.append(quote);
  }
}

function table(box, caption, heads, rows) {
  const made_ = made("table"),
    head = made("tr"),
    body = made("tbody");
  made_.append(made("caption", caption), made("thead"), body);
  made_.tHead.append(head);
  for (const [words, number] of heads) head.append(made("th", words, { scope: "col", className: number ? "n" : "" }));
  for (const row of rows) {
    const line = made("tr");
    row.forEach((cell, i) => {
      const one = made(
        i ? "td" : "th",
        typeof cell === "string" ? cell : null,
        i ? { className: heads[i][1] ? "n" : "" } : { scope: "row" },
      );
      if (typeof cell !== "string") one.append(cell);
      line.append(one);
    });
    body.append(line);
  }
  box.replaceChildren(made_);
}

const goes = (map, at) =>
  made("button", map.data.nodes[at][1], {
    type: "button",
    onclick: () => {
      map.choose(at, true);
      el("map").scrollIntoView({ block: "nearest" });
    },
  });

function partners(map) {
  const rows = map.order
    .filter((at) => map.seen(at))
    .map((at) => {
      const [id, , kind] = map.data.nodes[at];
      return [
        goes(map, at),
        map.data.kinds[kind][0],
        map.data.about[id].place ?? "–",
        String(map.degree[at]),
        figure(mean(map.around(at).map(([, t]) => t))),
      ];
    });
  table(
    el("partners").querySelector("div"),
    "Partners shown on the map, most ties first",
    [["Partner"], ["Kind"], ["Place"], ["Ties", 1], ["Mean strength (0–1)", 1]],
    rows,
  );
}

function ties(map) {
  const rows = map
    .ties()
    .sort((a, b) => (b[5] ?? -1) - (a[5] ?? -1))
    .map((t) => [goes(map, t[0]), goes(map, t[1]), figure(t[5]), BASIS[t[6]]]);
  table(
    el("ties").querySelector("div"),
    "Ties shown on the map, strongest first; – is not known",
    [["Partner"], ["Works with"], ["Strength (0–1)", 1], ["Rests on"]],
    rows,
  );
}

function ramp(map) {
  const colours = map.data.ramp[map.dark ? "dark" : "light"];
  el("ramp").replaceChildren(
    "Weaker ",
    ...colours.map((colour, i) => sample(colour, 1.2 + 1.5 * i)),
    " stronger tie   ",
    sample(colours[2], 2, true),
    " rated by one side only, or by nobody   larger: works with more partners",
  );
}

function legend(map) {
  map.data.kinds.forEach((kind, at) => {
    const item = made("li"),
      button = made("button", null, { type: "button" });
    button.setAttribute("aria-pressed", "true");
    button.append(mark(kind), made("span", `${kind[0]} ${kind[3]}`));
    button.onclick = () => {
      map.off.has(at) ? map.off.delete(at) : map.off.add(at);
      button.setAttribute("aria-pressed", String(!map.off.has(at)));
      map.paint();
    };
    item.append(button);
    el("legend").append(item);
  });
}

function find(map, words) {
  const asked = words.trim().toLocaleLowerCase();
  if (!asked) return;
  const fits = (test) =>
    map.order.find(
      (at) =>
        map.seen(at) &&
        test(
          map.data.nodes[at][1].toLocaleLowerCase(),
          (map.data.about[map.data.nodes[at][0]].place ?? "").toLocaleLowerCase(),
        ),
    );
  const at =
    fits((name) => name === asked) ??
    fits((name) => name.startsWith(asked)) ??
    fits((name) => name.includes(asked)) ??
    fits((_, place) => place.includes(asked));
  if (at !== undefined) return map.choose(at, true);
  map.choose(null);
  el("card").prepend(made("p", `No partner shown here is called “${words.trim().slice(0, 60)}”.`));
}

function start() {
  const data = DATA;
  el("title").textContent = data.title;
  el("notice").textContent = data.notice ?? "";
  el("notice").hidden = !data.notice;
  for (const [what, words] of data.provenance) el("about").append(made("dt", what), made("dd", words));
  data.waves.forEach(([name], at) => el("waves").append(made("button", name, { type: "button", value: at })));
  el("waves").hidden = data.waves.length < 2;
  const map = (window.wtnetMap = new OfflineMap(data));
  for (const button of el("waves").children) button.onclick = () => map.step(Number(button.value));
  for (const at of map.order) el("names").append(made("option", null, { value: data.nodes[at][1] }));
  legend(map);
  el("find").addEventListener("change", (e) => find(map, e.target.value));
  el("find").addEventListener("keydown", (e) => e.key === "Enter" && find(map, e.target.value));
  el("least").addEventListener("input", (e) => {
    map.least = Number(e.target.value);
    el("least-said").textContent = map.least ? figure(map.least) : "any";
    map.paint();
  });
  el("reset").onclick = () => {
    map.off.clear();
    map.least = el("least").value = 0;
    el("least-said").textContent = "any";
    el("find").value = "";
    for (const button of el("legend").querySelectorAll("button")) button.setAttribute("aria-pressed", "true");
    map.choose(null);
    map.fit();
  };
  el("theme").onclick = () => {
    map.theme(!map.dark);
    map.paint();
  };
  el("in").onclick = () => map.zoom(1.3);
  el("out").onclick = () => map.zoom(1 / 1.3);
  el("fit").onclick = () => map.fit();
  for (const [id, make] of [
    ["partners", partners],
    ["ties", ties],
  ])
    el(id).addEventListener("toggle", () => el(id).open && make(map));
  const keys = {
    ArrowLeft: () => map.walk(-1, 0),
    ArrowRight: () => map.walk(1, 0),
    ArrowUp: () => map.walk(0, -1),
    ArrowDown: () => map.walk(0, 1),
    "+": () => map.zoom(1.3),
    "=": () => map.zoom(1.3),
    "-": () => map.zoom(1 / 1.3),
    Escape: () => map.choose(null),
    "[": () => map.step(map.wave - 1),
    "]": () => map.step(map.wave + 1),
  };
  el("map").addEventListener("keydown", (e) => {
    if (keys[e.key] && e.target.tagName !== "BUTTON") {
      e.preventDefault();
      keys[e.key]();
    }
  });
  el("map").dataset.drawn = "true";
}

start();
