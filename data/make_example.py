"""Make the fictional programme in data/example: python data/make_example.py [OUT_DIR]

Words come from example_source.toml beside this file; numbers are drawn here. Every draw is a function of a fixed seed and
of what it is for (`draw("respond", partner, wave)`), so changing one partner leaves the rest as it was, and the files are
the same to the byte on every computer: only `random.Random(text).random()` and plain arithmetic are used (no sum() of
fractions: its rounding differs between versions of Python).

How it works: a tie is a pair of partners with a first wave, perhaps a last one, and a strength 0-1 in each wave that
nobody sees. What the tables hold is what two partners say of it (each a little differently, some not at all), what was
written down about it, and what came of it in the pilots.
"""

from __future__ import annotations

import csv
import random
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEED = "shared light 2024"
SOURCE = tomllib.loads((HERE / "example_source.toml").read_text(encoding="utf-8"))
STORY = SOURCE["story"]
WAVES = [wave["id"] for wave in SOURCE["waves"]]
DATES = [date.fromisoformat(wave["date"]) for wave in SOURCE["waves"]]
PROGRAMME_BEGAN = date(2023, 10, 1)
CHANCE = SOURCE["chance"]
CONTACT = ("never", "yearly", "quarterly", "monthly", "weekly", "daily")
TRUST, VALUE = ("reliability", "mission", "openness"), ("influence", "involvement", "resources")
UNSURVEYED = ("funder", "supplier")


def draw(*what: object) -> float:
    """A number in [0, 1) that depends on nothing but the seed and what it is for."""
    return random.Random("|".join([SEED, *map(str, what)])).random()


def noise(*what: object) -> float:
    """A number in (-1.5, 1.5), bell-shaped around 0, standard deviation one half."""
    return draw(*what, 0) + draw(*what, 1) + draw(*what, 2) - 1.5


def pick(options: Any, *what: object) -> Any:
    return options[int(draw(*what) * len(options))]


def clip(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def slug(name: str) -> str:
    kept = "".join(c if c.isalnum() else " " for c in name.lower().replace("'", ""))
    return "-".join(kept.split())


def day_between(first: date, last: date, *what: object) -> date:
    return first + timedelta(days=int(draw("day", *what) * ((last - first).days + 1)))


def text(value: object) -> str:
    """As a cell: empty for unknown, yes/no, dates as 2024-02-01."""
    return "" if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)


def organisations() -> list[dict[str, Any]]:
    rows = []
    for number, place in enumerate(SOURCE["places"]):
        for position, (kind, name, description) in enumerate(place["partners"]):
            key = slug(name)
            located = place["name"] != ""
            town = place["near"] if place["near"] and place["near"] in name else place["name"]
            row = {"id": key, "name": name, "kind": kind, "place": town or None}
            row["latitude"] = f"{place['latitude'] + (draw('lat', key) - 0.5) * 0.12:.4f}" if located else None
            row["longitude"] = f"{place['longitude'] + (draw('lon', key) - 0.5) * 0.20:.4f}" if located else None
            row["website"] = None if kind == "freelancer" or draw("web", key) < 0.3 else f"https://{key}.example"
            row |= {"description": description, "sharing": SOURCE["sharing"].get(key), "home": number, "position": position}
            rows.append(row)
    return rows


ORGANISATIONS = organisations()
BY_ID = {row["id"]: row for row in ORGANISATIONS}
ORDER = {row["id"]: number for number, row in enumerate(ORGANISATIONS)}
PILOT_OF_PLACE = {BY_ID[pilot["lead"]]["home"]: pilot for pilot in SOURCE["pilots"]}
NOWHERE = len(SOURCE["places"]) - 1
LEFT = {partner: date.fromisoformat(last) for partner, last in STORY["left"]}
STRUGGLING = next(pilot for pilot in SOURCE["pilots"] if pilot["id"] == STORY["struggling"])
NO_HEALTH = next(pilot["lead"] for pilot in SOURCE["pilots"] if pilot["id"] == STORY["without_health"])


def chance(a: dict[str, Any], b: dict[str, Any]) -> float:
    """How likely two partners are ever to work together, beyond the ties the story names."""
    kinds = " ".join(sorted((a["kind"], b["kind"])))
    if {a["kind"], b["kind"]} & set(UNSURVEYED) or {a["id"], b["id"]} & set(STORY["named_only"]):
        return 0.0
    if NO_HEALTH in (a["id"], b["id"]) and "health_provider" in kinds:
        return 0.0
    if a["home"] == b["home"] != NOWHERE:
        return CHANCE["local"].get(kinds, CHANCE["local"]["other"])
    for one, other in ((a, b), (b, a)):
        visits = one["home"] == NOWHERE or (one["home"] + one["position"]) % NOWHERE == other["home"]
        if one["kind"] == "freelancer" and other["kind"] in CHANCE["visiting"] and visits and one["id"] != STORY["bridge"]:
            return CHANCE["visiting"][other["kind"]]
    return CHANCE["afar"].get(kinds, 0.0)


def tie(a: str, b: str, first: int) -> dict[str, Any]:
    """A pair, with the first wave it is seen in, when it began, and when it ended if it did."""
    a, b = sorted((a, b), key=ORDER.__getitem__)
    here = {BY_ID[a]["home"], BY_ID[b]["home"]}
    began = [date(2023, 10, 9), DATES[0] + timedelta(10), DATES[1] + timedelta(10)][first]
    started = day_between(began, DATES[first] - timedelta(5), a, b)
    programme = "programme_body" in (BY_ID[a]["kind"], BY_ID[b]["kind"])
    if first == 0 and not programme and draw("old", a, b) < 0.45:
        started = day_between(date(2018, 1, 1), date(2023, 9, 30), a, b, "old")
    gone = [LEFT[x] for x in (a, b) if x in LEFT]
    ended = gone[0] if gone and first == 0 and BY_ID[STRUGGLING["lead"]]["home"] in here else None
    if ended is None and first < 2 and draw("ends", a, b) < 0.05 and "museum" not in (BY_ID[a]["kind"], BY_ID[b]["kind"]):
        last = max(first, int(draw("when", a, b) * 2))
        ended = day_between(DATES[last] + timedelta(20), DATES[last + 1] - timedelta(20), a, b, "end")
    return {"a": a, "b": b, "started": started, "ended": ended, "first": first}


def ties() -> list[dict[str, Any]]:
    named = {frozenset((a, b)): WAVES.index(wave) for a, b, wave in STORY["ties"]}
    found = []
    for number, a in enumerate(ORGANISATIONS):
        for b in ORGANISATIONS[number + 1 :]:
            pair = frozenset((a["id"], b["id"]))
            if pair in named:
                found.append(tie(a["id"], b["id"], named[pair]))
            elif draw("tie", a["id"], b["id"]) < chance(a, b):
                close = "museum" in (a["kind"], b["kind"]) and a["home"] == b["home"]
                alike = a["kind"] == b["kind"]
                early, middle = (0.76, 0.92) if close else (0.66, 0.90) if alike else (0.42, 0.68)
                when = draw("first", a["id"], b["id"])
                from_the_start = {a["kind"], b["kind"]} <= {"museum", "programme_body"} and a["kind"] != b["kind"]
                if from_the_start or (pair & set(LEFT) and a["home"] == b["home"]):
                    when = 0.0
                found.append(tie(a["id"], b["id"], 0 if when < early else 1 if when < middle else 2))
    return found


def active(pair: dict[str, Any], wave: int) -> bool:
    return pair["started"] <= DATES[wave] and (pair["ended"] is None or DATES[wave] <= pair["ended"])


def strength(pair: dict[str, Any], wave: int) -> float:
    """What nobody sees: 0-1, growing a little from wave to wave, and shifted by how the pilot of the place is doing."""
    a, b = BY_ID[pair["a"]], BY_ID[pair["b"]]
    value = 0.42 + 0.34 * noise("strength", a["id"], b["id"]) + 0.075 * (wave - pair["first"]) + 0.02 * wave
    if "museum" in (a["kind"], b["kind"]) or STORY["bridge"] in (a["id"], b["id"]):
        value += 0.09
    pilots = [PILOT_OF_PLACE[x["home"]] for x in (a, b) if x["home"] in PILOT_OF_PLACE]
    if pilots:
        value += (pilots[0]["warmth"][wave] + pilots[-1]["warmth"][wave]) / 2
    return clip(value, 0.08, 0.97)


def responds(partner: str, wave: int) -> bool:
    kind = BY_ID[partner]["kind"]
    if kind in UNSURVEYED or (partner in LEFT and wave > 0 and partner != "frankie-millthread"):
        return False
    return draw("respond", partner, wave) >= CHANCE["silent"].get(kind, CHANCE["silent"]["other"])


def asked(opinions: list[dict[str, Any]], documented: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The roster of each wave: whoever answers, is said to work with somebody, or is documented to; people by link, others by
    form. Who has left is not asked: what is said of them is that there is no tie."""
    rows = []
    for wave, name in enumerate(WAVES):
        told = [row for row in opinions if row["wave"] == name]
        inside = {row["rater"] for row in told} | {row["partner"] for row in told if row["level"] != 0}
        inside |= {row[end] for row in documented if active(row, wave) for end in ("source", "target")}
        how = {partner: "link" if BY_ID[partner]["kind"] == "freelancer" else "form" for partner in inside}
        rows += [{"wave": name, "organisation": partner, "how": how[partner]} for partner in ORDER if partner in inside]
    return rows


def rating(rater: str, partner: str, pair: dict[str, Any], wave: int) -> dict[str, Any] | None:
    """What one side says: None if it leaves the other out."""
    row: dict[str, Any] = {"wave": WAVES[wave], "rater": rater, "partner": partner}
    what = (rater, partner, wave)
    was = wave > 0 and active(pair, wave - 1)
    if not active(pair, wave):
        return row | {"level": 0} if was and draw("nothing now", *what) < 0.7 else None
    seen = strength(pair, wave)
    if draw("left out", *what) < 0.05:
        return None
    if seen < 0.45 and draw("denied", *what) < 0.10:
        return row | {"level": 0}
    kind, other = BY_ID[rater]["kind"], BY_ID[partner]["kind"]
    temper = SOURCE["temper"].get(kind, 0.0) * (0.4 if wave == 2 and kind == "freelancer" else 1.0)
    x = clip(seen + temper + 0.20 * noise("view", *what) + 0.05 * noise("mood", rater, wave), 0.05, 1.0)
    row["level"] = int(clip(round(5 * x - 0.1), 1, 5))
    row["contact"] = CONTACT[int(clip(round(4.6 * x + 0.7 * noise("contact", *what)), 1, 5))]
    for item in TRUST:
        less = 0.12 if item == "openness" and kind == "freelancer" and other == "museum" and wave < 2 else 0.0
        row[item] = int(clip(round(1 + 3 * (0.36 + 0.60 * x - less + 0.13 * noise(item, *what))), 1, 4))
    for item in VALUE:
        row[item] = int(clip(round(1 + 3 * (0.27 + 0.62 * x + 0.16 * noise(item, *what))), 1, 4))
    row["comment"] = comment(kind, x, *what)
    skipped = [item for item in ("contact", *TRUST, *VALUE) if draw("skip", item, *what) < 0.03]
    if draw("skip value", rater, wave) < 0.06:
        skipped += VALUE
    if draw("level only", *what) < 0.03:
        skipped += ["contact", *TRUST, *VALUE]
    return {key: value for key, value in row.items() if key not in skipped}


def comment(kind: str, x: float, *what: object) -> str | None:
    if draw("comment", *what) >= 0.06:
        return None
    if kind == "freelancer" and draw("whose", *what) < 0.5:
        return pick(SOURCE["comments"]["freelancer"], "words", *what)
    return pick(SOURCE["comments"]["strong" if x > 0.65 else "middling" if x > 0.35 else "weak"], "words", *what)


def partnerships(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The documented ones: nearly all of a museum's and the programme's, about a third of the others."""
    rows = []
    for pair in pairs:
        a, b = BY_ID[pair["a"]], BY_ID[pair["b"]]
        formal = {a["kind"], b["kind"]} & {"museum", "programme_body", "funder", "supplier"}
        chance_written = 1.0 if {"museum", "health_provider"} == {a["kind"], b["kind"]} else 0.95 if formal else 0.33
        if draw("documented", a["id"], b["id"]) >= chance_written:
            continue
        names = SOURCE["relationships"]
        key = next((k for k in (f"{a['kind']}-{b['kind']}", f"{b['kind']}-{a['kind']}") if k in names), "default")
        if key.startswith(b["kind"] + "-"):
            a, b = b, a
        last = max((wave for wave in range(3) if active(pair, wave)), default=pair["first"])
        level = int(clip(round(5 * strength(pair, last) + 0.5 * noise("coded", a["id"], b["id"])), 1, 5))
        goes_on = None if draw("goes on?", a["id"], b["id"]) < 0.3 else level >= 3
        rows.append(
            {
                "id": f"p-{len(rows) + 1:03}",
                "source": a["id"],
                "target": b["id"],
                "relationship": names[key][0],
                "level": level,
                "started": pair["started"],
                "ended": pair["ended"],
                "before_programme": None if draw("before?", a["id"], b["id"]) < 0.08 else pair["started"] < PROGRAMME_BEGAN,
                "continues_after": False if pair["ended"] else goes_on,
                "evidence": f"{names[key][1]} ({pair['started']:%Y-%m})",
            }
        )
    return rows


def involvements(pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lead, its partners in the same place, freelancers who visit, and the programme lead."""
    rows = []
    for pilot in SOURCE["pilots"]:
        rows.append({"pilot": pilot["id"], "organisation": pilot["lead"], "role": "lead"})
        for pair in pairs:
            if pilot["lead"] not in (pair["a"], pair["b"]):
                continue
            other = BY_ID[pair["b"] if pair["a"] == pilot["lead"] else pair["a"]]
            near = other["home"] == BY_ID[pilot["lead"]]["home"] or other["kind"] == "freelancer"
            if near and other["kind"] in SOURCE["roles"]:
                role = pick(SOURCE["roles"][other["kind"]], "role", pilot["id"], other["id"])
                if pair["ended"]:
                    role += f", until {pair['ended']:%Y-%m}"
                elif pair["first"] == 2:
                    role += f", from {pair['started']:%Y-%m}"
                rows.append({"pilot": pilot["id"], "organisation": other["id"], "role": role})
        rows.append({"pilot": pilot["id"], "organisation": "shared-light-programme-lead-role", "role": "mentoring"})
    return rows


def results(pairs: list[dict[str, Any]], documented: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    given = SOURCE["results"]
    empty = {tuple(row[:3]): row[3] for row in given["empty"]}
    for indicator in SOURCE["indicators"]:
        for pilot in SOURCE["pilots"]:
            for wave, name in enumerate(WAVES):
                key = [indicator["id"], pilot["id"], name]
                if key[:2] in given["not_collected"] or key in given["no_row"]:
                    continue
                row = {"indicator": key[0], "pilot": key[1], "wave": name}
                row |= {"value": value(indicator, pilot, wave, documented), "evidence": indicator["evidence"]}
                row["target"] = pilot["sessions_target"] if indicator["id"] == "sessions" else None
                row["n"] = people(indicator, pilot, wave, pairs)
                if tuple(key) in empty:
                    row |= {"value": None, "n": None, "evidence": empty[tuple(key)]}
                rows.append(row)
    return rows


def people(indicator: dict[str, Any], pilot: dict[str, Any], wave: int, pairs: list[dict[str, Any]]) -> int | None:
    """How many the value rests on: some of those asked did not answer."""
    unanswered = int(draw("n", indicator["id"], pilot["id"], wave) * 4)
    if indicator["who"] == "people":
        return max(2, pilot["people"][wave] - (0 if indicator["id"] == "first-time" else unanswered))
    if indicator["who"] == "team":
        return SOURCE["results"]["team"][pilot["id"]] - unanswered // 2
    if indicator["who"] == "partners":
        return max(3, sum(active(p, wave) for p in pairs if pilot["lead"] in (p["a"], p["b"])) - 3 - unanswered)
    return None


def value(indicator: dict[str, Any], pilot: dict[str, Any], wave: int, documented: list[dict[str, Any]]) -> str:
    if indicator["who"] == "ties":
        two = [(BY_ID[row["source"]], BY_ID[row["target"]]) for row in documented if active(row, wave)]
        others = [x["kind"] for a, b in two for x, y in ((a, b), (b, a)) if y["id"] == pilot["lead"]]
        wanted = ["health_provider"] if indicator["id"] == "health-partners" else SOURCE["roles"]
        return str(sum(kind in wanted for kind in others))
    if indicator["id"] == "sessions":
        return str(pilot["sessions"][wave])
    start = indicator["start"] + indicator["spread"] * noise("start", indicator["id"], pilot["id"])
    wobble = 0.10 * noise("wobble", indicator["id"], pilot["id"], wave) if wave else 0.0
    reached = start + (indicator["target"] - start) * (pilot["progress"][wave] + wobble)
    low, high = indicator["range"]
    return f"{clip(reached, low, high):.{indicator['decimals']}f}"


def quotes() -> list[dict[str, Any]]:
    columns = ("pilot", "organisation", "theme", "sharing", "attribution", "text")
    return [
        {"id": f"q-{number:02}"} | dict(zip(columns, row, strict=True)) for number, row in enumerate(SOURCE["quotes"]["rows"], 1)
    ]


FINDING = ("theme", "kind", "voice", "pilot", "organisation", "other", "wave", "standing", "confirmed_by", "sharing", "outcomes")
FINDING += ("statement", "contribution", "significance", "evidence")
ACTIVITY = ("id", "name", "kind", "pilot", "theme", "starts", "ends", "place", "mode", "who", "host", "people", "description")


def findings() -> list[dict[str, Any]]:
    rows = SOURCE["findings"]["rows"]
    return [{"id": f"f-{number:02}"} | dict(zip(FINDING, row, strict=True)) for number, row in enumerate(rows, 1)]


def confirmations() -> list[dict[str, Any]]:
    """What partners that a finding names answered, at the end."""
    columns = ("organisation", "answer", "comment")
    rows = SOURCE["findings"]["answers"]
    return [{"finding": f"f-{row[0]:02}", "wave": WAVES[-1]} | dict(zip(columns, row[1:], strict=True)) for row in rows]


def comes(row: dict[str, Any], partner: dict[str, Any]) -> bool:
    """Whether a partner took part in an activity: who had left by then, did not."""
    if partner["id"] in LEFT and LEFT[partner["id"]] < date.fromisoformat(row["starts"]):
        return False
    who, kind = row["who"], partner["kind"]
    share = SOURCE["activities"]["comes"].get(kind, SOURCE["activities"]["comes"]["other"])
    if who == "museums":
        return kind == "museum"
    if who == "commissioners":
        return kind in ("commissioner", "local_authority") and draw("came", row["id"], partner["id"]) < 0.6
    if who not in ("all", ""):
        pilot = next(pilot for pilot in SOURCE["pilots"] if pilot["id"] == who)
        return partner["home"] == BY_ID[pilot["lead"]]["home"] and draw("came", row["id"], partner["id"]) < share + 0.3
    return who == "all" and draw("came", row["id"], partner["id"]) < share


def activities() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What was done, and who took part; what was for partners reached those who came from them."""
    rows, came = [], []
    for given in SOURCE["activities"]["rows"]:
        row = dict(zip(ACTIVITY, given, strict=True))
        part = [{"organisation": row["host"], "role": "leads" if "role" in row["host"] else "host"}]
        part += [
            {"organisation": partner["id"], "role": "takes_part"}
            for partner in ORGANISATIONS
            if partner["id"] != row["host"] and comes(row, partner)
        ]
        for each in part:
            alone = BY_ID[each["organisation"]]["kind"] == "freelancer" or each["role"] == "leads"
            each["people"] = 1 if alone else 1 + int(draw("people", row["id"], each["organisation"]) * 3)
            each["activity"] = row["id"]
        counted = row["people"] if row["people"] != 0 else sum(each["people"] for each in part)
        rows.append(row | {"people": None if counted == "unknown" else counted})
        came += part if row["people"] == 0 else [each | {"people": None} for each in part]
    return rows, came


def tables() -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """The tables of the programme: columns, and rows as mappings (a column left out is unknown)."""
    pairs = ties()
    pairs += [tie(a, b, 0) | {"started": PROGRAMME_BEGAN, "ended": None} for a, b in STORY["unrated"]]
    documented = partnerships(pairs)
    opinions = [
        row
        for wave in range(3)
        for rater in ORDER
        if responds(rater, wave)
        for pair in pairs
        if rater in (pair["a"], pair["b"])
        and not {BY_ID[pair["a"]]["kind"], BY_ID[pair["b"]]["kind"]} & set(UNSURVEYED)
        and (row := rating(rater, pair["b"] if pair["a"] == rater else pair["a"], pair, wave))
    ]
    pilots = [{**pilot, "place": BY_ID[pilot["lead"]]["place"]} for pilot in SOURCE["pilots"]]
    done, came = activities()
    return {
        "organisations": ("id,name,kind,place,latitude,longitude,website,description,sharing", ORGANISATIONS),
        "pilots": ("id,name,lead,place,target_group,starts,ends,description", pilots),
        "involvements": ("pilot,organisation,role", involvements(pairs)),
        "waves": ("id,name,date,purpose,status,current,shown", [{**wave, "status": "closed"} for wave in SOURCE["waves"]]),
        "asked": ("wave,organisation,how", asked(opinions, documented)),
        "partnerships": (
            "id,source,target,relationship,level,started,ended,before_programme,continues_after,evidence,source_url,sharing",
            documented,
        ),
        "ratings": (f"wave,rater,partner,level,contact,{','.join(TRUST)},{','.join(VALUE)},comment", opinions),
        "indicators": ("id,theme,name,unit,better,instrument,target,method,aggregation,outcomes", SOURCE["indicators"]),
        "results": (
            "indicator,pilot,wave,organisation,value,target,n,sd,same_people,evidence,source_url",
            results(pairs, documented),
        ),
        "quotes": ("id,pilot,organisation,theme,text,attribution,sharing", quotes()),
        "findings": (
            "id,theme,kind,statement,voice,pilot,organisation,other,wave,date,contribution,significance,evidence,source_url,standing,"
            "confirmed_by,outcomes,sharing",
            findings(),
        ),
        "confirmations": ("finding,organisation,wave,answer,comment", confirmations()),
        "activities": ("id,name,kind,pilot,theme,starts,ends,place,mode,people,indicator,description,source_url", done),
        "attendances": ("activity,organisation,role,people", came),
        "coverage": ("subject,state,note,source_url", []),
    }


def main(folder: Path) -> None:
    """Write programme.toml and a CSV for each table into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (head, rows) in tables().items():
        columns = head.split(",")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([text(row.get(column)) for column in columns] for row in rows)
    about = SOURCE["programme"]
    lines = [f'{key} = "{about[key]}"' for key in ("id", "name", "description")]
    lines += ["illustrative = true", *(f'{key} = "{about[key]}"' for key in ("source", "licence"))]
    with (folder / "programme.toml").open("w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "example")
