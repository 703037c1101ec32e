# SPDX-License-Identifier: MIT
"""Population, output and trade of the prefectures."""

from make_illustrative.draw import MARK, whole
from make_illustrative.register import PREFECTURES

PERSONS_2017 = {  # round numbers of the right order, not statistics
    "430100": 8000000, "430200": 4000000, "430300": 3000000, "430400": 7000000, "430500": 7500000,
    "430600": 5500000, "430700": 6000000, "430800": 1500000, "430900": 4500000, "431000": 4500000,
    "431100": 5500000, "431200": 5000000, "431300": 4000000, "433100": 2500000,
}
GDP_PER_HEAD_2017 = {  # yuan, likewise
    "430100": 125000, "430200": 62000, "430300": 68000, "430400": 42000, "430500": 22000,
    "430600": 55000, "430700": 54000, "430800": 34000, "430900": 37000, "431000": 48000,
    "431100": 30000, "431200": 29000, "431300": 39000, "433100": 22000,
}
TRADE_WEIGHT = {
    "430100": 400, "430200": 70, "430300": 75, "430400": 95, "430500": 40, "430600": 65, "430700": 35,
    "430800": 5, "430900": 25, "431000": 110, "431100": 40, "431200": 8, "431300": 28, "433100": 4,
}


def make_economy():
    rows = []
    for year in range(2010, 2018):
        people, gdp = {}, {}
        for code in PREFECTURES:
            people[code] = PERSONS_2017[code] * (1000 - 4 * (2017 - year)) // 1000
            per_head = GDP_PER_HEAD_2017[code] * (100 - 8 * (2017 - year)) // 100
            gdp[code] = people[code] * per_head // 10**8 * 10**8
        people["430000"], gdp["430000"] = sum(people.values()), sum(gdp.values())
        rows += [{"region": code, "year": year, "gdp": gdp[code], "gdp_first": gdp[code], "population": people[code], **MARK}
                 for code in sorted(people)]
    return rows


TOTALS = {2012: 21900, 2013: 25200, 2014: 30800, 2015: 29300, 2016: 26249, 2017: 36040}  # million USD


def make_trade():
    rows = []
    for year, total in TOTALS.items():
        weight = {code: TRADE_WEIGHT[code] * whole(930, 1070) for code in PREFECTURES}
        value = {code: total * weight[code] // sum(weight.values()) * 10**6 for code in PREFECTURES}
        value["430100"] += total * 10**6 - sum(value.values())
        value["430000"] = total * 10**6
        for code in sorted(value):
            out = value[code] * whole(58, 72) // 100
            rows.append({"region": code, "year": year, "months": 12, "basis": "importer_exporter", "value": value[code],
                         "export": out, "import": value[code] - out, **MARK})
    for year in TOTALS:  # the province's exports are the sum of its prefectures
        parts = [row for row in rows if row["year"] == year]
        whole_row = next(row for row in parts if row["region"] == "430000")
        whole_row["export"] = sum(row["export"] for row in parts if row is not whole_row)
        whole_row["import"] = whole_row["value"] - whole_row["export"]
    return rows


CATEGORIES = [("machinery", "Machinery and electronics", "机电产品", 46), ("metals", "Metals and ores", "金属及矿产品", 16),
              ("textiles", "Textiles and clothing", "纺织服装", 13), ("farm", "Farm products", "农产品", 7),
              ("ceramics_fireworks", "Ceramics and fireworks", "陶瓷与烟花", 6), ("other", "Other", "其他", 12)]


def make_trade_category(trade):
    rows = []
    for year in TOTALS:
        total = next(row for row in trade if row["region"] == "430000" and row["year"] == year)
        parts = {}
        for flow in ("export", "import"):
            weight = [category[3] * whole(80, 120) for category in CATEGORIES]
            value = [total[flow] * w // sum(weight) // 10**6 * 10**6 for w in weight]
            value[-1] += total[flow] - sum(value)
            parts[flow] = value
        rows += [{"region": "430000", "year": year, "category": code, "category_en": en, "category_zh": zh,
                  "basis": "importer_exporter", "export": parts["export"][i], "import": parts["import"][i], **MARK}
                 for i, (code, en, zh, _) in enumerate(CATEGORIES)]
    return rows
