# SPDX-License-Identifier: MIT
"""Regions, ties and activities."""

from datetime import date

from make_illustrative.draw import AS_OF, MARK, chance, day_in, months_before, pick, rng, shuffled, tier, weighted, whole
from make_illustrative.package import real

# ---- regions and countries: real names and codes --------------------------

MORE_COUNTIES = [  # real divisions that the package hunan has no use for
    ("430121", "Changsha County", "长沙县"), ("430181", "Liuyang", "浏阳市"),
    ("430182", "Ningxiang", "宁乡市"), ("430581", "Wugang", "武冈市"), ("430781", "Jinshi", "津市市"),
]

# Ties: prefectures 53, nine of the fourteen with 3 or fewer, also when the
# eleven county ties are counted with their prefecture.
PREFECTURE_TIES = {
    "430100": 14, "430200": 9, "430300": 7, "430600": 6, "430700": 4,
    "430400": 3, "430800": 3, "431000": 2, "430900": 2, "430500": 1, "431100": 1, "433100": 1,
    "431200": 0, "431300": 0,
}
COUNTY_TIES = {
    "430121": 1, "430181": 2, "430182": 1, "430281": 2, "430382": 1,
    "430681": 1, "430781": 1, "431081": 1, "430581": 1,
}
COUNTRY_TIES = {
    "JP": 9, "US": 8, "KR": 7, "RU": 5, "DE": 4, "FR": 4, "ZA": 4, "AU": 3, "GB": 3, "CA": 3, "VN": 3,
    "TH": 2, "MY": 2, "LA": 2, "BY": 2, "HU": 2, "PL": 2, "IT": 2, "NZ": 2,
    "LK": 1, "IL": 1, "KZ": 1, "ID": 1, "ES": 1, "RO": 1, "BG": 1, "NO": 1, "BE": 1,
    "UG": 1, "TZ": 1, "CG": 1, "ET": 1,
}
PREFECTURES = sorted(PREFECTURE_TIES)
CORE = {"430100", "430200", "430300"}


def make_regions():
    wanted = {"100000", "430000", *PREFECTURES, *COUNTY_TIES}
    rows = [dict(row) for row in real("region") if row["code"] in wanted]
    zone = {row["code"]: row for row in rows}
    for code, name_en, name_zh in MORE_COUNTIES:
        above = zone[code[:4] + "00"]
        rows.append({**{key: above[key] for key in ("zone", "zone_en", "zone_zh", "zone_theme", "confidence")},
                     "code": code, "name_en": name_en, "name_zh": name_zh, "level": "county",
                     "parent": above["code"], "source": "D01 R01",
                     "note": "zone is that of its prefecture; coordinates not looked up"})
    for row in rows:
        row["note"] = "; ".join(part for part in (row.get("note"), "real division; the ties, exchanges and figures given to it in this package are constructed") if part)
    return sorted(rows, key=lambda row: (["country", "province", "prefecture", "county"].index(row["level"]), row["code"]))


# ---- the register ---------------------------------------------------------

THEMES = ["industrial_upgrading", "eco_tourism", "industrial_transfer", "poverty_tourism", "culture_education"]
KIND_OF_PARTNER = {"province": ("Example Province", "示例省州"), "prefecture": ("Example City", "示例市"),
                   "county": ("Example County", "示例县")}


def make_ties(regions):
    places = [("430000", "province")] * 18
    places += [(code, "prefecture") for code in PREFECTURES for _ in range(PREFECTURE_TIES[code])]
    places += [(code, "county") for code in sorted(COUNTY_TIES) for _ in range(COUNTY_TIES[code])]
    # The last five to be signed are 4 prefecture ties and 1 county tie; the
    # rest are in an order that favours the province and the three core cities.
    order = sorted(range(82), key=lambda i: rng.random() + (0.5 if places[i][0] in CORE or places[i][1] == "province" else 1)
                   + (1 if places[i][1] == "county" else 0))
    last, need = [], {"prefecture": 4, "county": 1}
    for i in reversed(order):
        if need.get(places[i][1], 0) and places[i][0] not in CORE:
            need[places[i][1]] -= 1
            last.append(i)
    order = [i for i in order if i not in last] + last
    # Totals known of the real register: 54 by mid-2010, 58 by the end of 2011,
    # 64 by September 2012, 77 by April 2017, 82 by mid-2018.
    days = sorted(day_in((1982, 1), (2010, 5)) for _ in range(54))
    days += sorted(day_in((2010, 8), (2011, 11)) for _ in range(4))
    days += sorted(day_in((2012, 1), (2012, 8)) for _ in range(6))
    days += sorted(day_in((2012, 10), (2017, 3)) for _ in range(13))
    days += sorted(day_in((2017, 5), (2018, 4)) for _ in range(5))
    countries = shuffled([code for code in COUNTRY_TIES for _ in range(COUNTRY_TIES[code])])
    zone_theme = {row["code"]: row.get("zone_theme") for row in regions}
    rows, seen = [], {}
    for day, i, country in zip(days, order, countries):
        region, level = places[i]
        seen[country] = seen.get(country, 0) + 1
        name_en, name_zh = KIND_OF_PARTNER[level]
        theme = zone_theme[region] if zone_theme[region] and chance(0.55) else pick(THEMES)
        rows.append({"id": f"IT{len(rows) + 1:02d}", "region": region, "level": level,
                     "partner_en": f"{name_en} {country}-{seen[country]:02d}",
                     "partner_zh": f"{name_zh} {country}-{seen[country]:02d}", "country": country,
                     "since": day, "date_precision": "day", "status": "counted",
                     "theme": "" if chance(0.08) else theme, **MARK})
    return rows


def make_history(since, wanted):
    """Days of activities from 2008 on: a state that changes now and then, and
    activities that come as often as the state says; drawn again until the tier
    at the date of the register is the wanted one."""
    rate = {"high": 0.15, "low": 0.035, "silent": 0.0}
    move = {"high": [("high", 75), ("low", 20), ("silent", 5)], "low": [("high", 20), ("low", 55), ("silent", 25)],
            "silent": [("high", 9), ("low", 7), ("silent", 84)]}
    while True:
        state, days = weighted([("high", 40), ("low", 35), ("silent", 25)]), []
        first = max(2008 * 12, since.year * 12 + since.month)
        for month in range(first, 2018 * 12 + 6):
            if (month - first) % 12 == 11:
                state = weighted(move[state])
            if chance(rate[state]):
                days.append(date(month // 12, month % 12 + 1, whole(3, 27)))
        if tier(since, days, AS_OF) == wanted:
            return days


KINDS = [  # kind, weight, titles, share with a result, results
    ("visit", 30, ("exchange of visits", "互访"), 0.25, [("letter_of_intent", 6), ("agreement", 3), ("contract", 1)]),
    ("festival", 14, ("guests at a festival", "参加节庆活动"), 0.08, [("letter_of_intent", 1)]),
    ("anniversary", 6, ("anniversary of the tie", "结好周年纪念活动"), 0.2, [("agreement", 2), ("donation", 1)]),
    ("cultural_performance", 10, ("cultural performance", "文艺演出"), 0.1, [("agreement", 1)]),
    ("student_exchange", 10, ("student exchange", "学生交流"), 0.5, [("agreement", 3), ("project", 1)]),
    ("training", 7, ("training course", "培训班"), 0.5, [("agreement", 2), ("project", 1)]),
    ("trade_conference", 13, ("trade conference", "经贸洽谈会"), 0.65, [("letter_of_intent", 4), ("contract", 5), ("project", 1)]),
    ("project_meeting", 10, ("project meeting", "项目对接会"), 0.7, [("letter_of_intent", 3), ("contract", 3), ("project", 4)]),
]
BODIES = ["foreign affairs office", "commerce department", "culture and tourism department",
          "education department", "friendship association"]


def make_activities(ties, regions):
    # 27 active, 28 unstable, 27 dormant; only ties signed before July 2013 can
    # be dormant.
    score = {row["id"]: rng.random() + (0.35 if row["level"] == "province" or row["region"] in CORE else 0)
             + (0.3 if row["since"].year > 2011 else 0) for row in ties}
    by_score = sorted(ties, key=lambda row: score[row["id"]])
    limit = months_before(AS_OF, 60)
    dormant = {row["id"] for row in [row for row in by_score if row["since"] < limit][:27]}
    active = {row["id"] for row in [row for row in reversed(by_score) if row["id"] not in dormant
                                    and row["since"] < date(2017, 12, 1)][:27]}
    name = {row["code"]: (row["name_en"], row["name_zh"]) for row in regions}
    rows = []
    for row in ties:
        wanted = "dormant" if row["id"] in dormant else "active" if row["id"] in active else "unstable"
        for day in make_history(row["since"], wanted):
            kind, _, title, share, results = weighted([(kind, kind[1]) for kind in KINDS])
            outcome = weighted(results) if chance(share) else "none"
            value = ""
            if outcome in ("contract", "project") and chance(0.8):
                value = whole(20, 400) * pick([10000, 100000, 100000, 1000000])
            persons = "" if chance(0.15) else whole(4, 40)
            home_en, home_zh = name[row["region"]]
            rows.append({"tie": row["id"], "region": row["region"], "date": day, "date_end": day, "date_precision": "day",
                         "kind": kind, "direction": pick(["inbound", "outbound"]), "body": pick(BODIES), "value": value,
                         "outcome": "" if outcome == "none" and chance(0.25) else outcome, "persons": persons,
                         "partner": row["partner_en"], "country": row["country"],
                         "title": f"Constructed: {title[0]}, {home_en} and {row['partner_en']}",
                         "title_zh": f"构造：{home_zh}与{row['partner_zh']}{title[1]}", **MARK})
    rows.sort(key=lambda row: (row["date"], row["tie"]))
    return [{"id": f"IA{i:04d}", **row} for i, row in enumerate(rows, 1)]
