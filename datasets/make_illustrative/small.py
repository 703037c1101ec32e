# SPDX-License-Identifier: MIT
"""Small tables for other questions."""

from datetime import date

from make_illustrative.draw import AS_OF, MARK, chance, day_in, pick, weighted, whole
from make_illustrative.register import COUNTRY_TIES, PREFECTURES

def make_plans(ties, activities):
    rows = []
    for row in ties:
        for year in (2015, 2016, 2017):
            held = sum(1 for a in activities if a["tie"] == row["id"] and a["date"].year == year)
            if row["since"].year >= year or not chance(0.75 if held else 0.15):
                continue  # no plan: no row
            items = held + whole(0 if held else 1, 4)
            rows.append({"tie": row["id"], "year": year, "items": items, "done": held, "slipped": whole(0, items - held), **MARK})
    return rows


def make_platforms():
    kinds = [("bonded_zone", "Example bonded zone", "示例综合保税区", "430100"), ("bonded_zone", "Example bonded zone", "示例综合保税区", "430600"),
             ("bonded_zone", "Example bonded zone", "示例综合保税区", "430400"), ("bonded_zone", "Example bonded zone", "示例综合保税区", "431000"),
             ("river_port", "Example river port", "示例内河港口", "430600"), ("airport", "Example airport", "示例航空口岸", "430100"),
             ("airport", "Example airport", "示例航空口岸", "430800"), ("rail_terminal", "Example rail terminal", "示例铁路场站", "430100"),
             ("industrial_park", "Example park", "示例产业园区", "430200"), ("industrial_park", "Example park", "示例产业园区", "430300"),
             ("industrial_park", "Example park", "示例产业园区", "431000"), ("industrial_park", "Example park", "示例产业园区", "430700")]
    rows = []
    for i, (kind, en, zh, region) in enumerate(kinds, 1):
        area, staff, capacity, firms = whole(12, 90) / 10, whole(2, 60) * 100, whole(5, 80) * 100000, whole(8, 120)
        use = whole(15, 70)
        for year in (2015, 2016, 2017):
            used = capacity * min(95, use + 6 * (year - 2015) + whole(-4, 6)) // 100
            rows.append({"id": f"IP{i:02d}", "year": year, "name_en": f"{en} P{i:02d}", "name_zh": f"{zh} P{i:02d}", "kind": kind,
                         "region": region, "area": area, "investment": whole(5, 90) * 10**7, "staff": staff + 100 * (year - 2015),
                         "firms": firms + whole(0, 6) * (year - 2015), "trade": firms * whole(2, 9) * 10**6,
                         "throughput": used, "capacity": capacity, "used": used, **MARK})
    return rows


def make_shipments():
    rows = []
    for route in (1, 2, 3):
        base = (0, 24, 14, 8)[route]
        for quarter in range(10):  # 2016 Q1 to 2018 Q2
            year, first = 2016 + quarter // 4, quarter % 4 * 3 + 1
            end = date(year + first // 10, (first + 2) % 12 + 1, 1)
            last = date.fromordinal(end.toordinal() - 1)
            out = base + quarter * 2 + whole(-2, 3)
            back = out * (20 + 4 * quarter + whole(-4, 6)) // 100
            for direction, origin, trains, load in (("outbound", "home", out * 2 // 5, 85), ("outbound", "other_province", out - out * 2 // 5, 92),
                                                    ("inbound", "foreign", back, 55 + 2 * quarter)):
                places = trains * 82
                teu = places * min(100, load + whole(-6, 6)) // 100
                rows.append({"id": f"IS{len(rows) + 1:03d}", "route": f"Example route {route}", "region": "430100", "area": "Changsha",
                             "period_start": date(year, first, 1), "period_end": last, "direction": direction, "cargo_origin": origin,
                             "trains": trains, "teu": teu, "teu_capacity": places, "tonnes": teu * whole(8, 12),
                             "value_usd": teu * whole(25, 45) * 1000, "qualifier": "exact", **MARK})
    return rows


POLICIES = [("Export credit insurance subsidy", "出口信用保险补助", "commerce", "商务"), ("Trade fair subsidy", "境外参展补助", "commerce", "商务"),
            ("Export tax rebate fast lane", "出口退税绿色通道", "taxation", "税务"), ("Loan interest subsidy", "外贸贷款贴息", "finance", "财政"),
            ("Brand support", "自主品牌扶持", "market supervision", "市场监管"), ("Freight subsidy for trains", "班列运费补助", "port office", "口岸办")]


def make_policies():
    rows = []
    for en, zh, dept, dept_zh in POLICIES:
        for year in (2016, 2017):
            entitled = whole(180, 900)
            aware = entitled * whole(45, 80) // 100
            applied = aware * whole(30, 70) // 100
            approved = applied * whole(60, 92) // 100
            paid = approved * whole(70, 98) // 100
            rows.append({"id": f"IO{len(rows) + 1:02d}", "policy": f"Example: {en.lower()}", "policy_zh": f"示例：{zh}", "year": year,
                         "region": "430000", "dept": dept, "dept_zh": dept_zh, "entitled": entitled, "aware": aware, "applied": applied,
                         "approved": approved, "paid": paid, "days": whole(25, 190), "amount": paid * whole(3, 12) * 10000, **MARK})
    return rows


def make_projects(ties, activities):
    held = {}
    for a in activities:
        held.setdefault(a["tie"], []).append(a["date"])
    rows, number = [], 0
    for row in ties:
        days = [day for day in held.get(row["id"], []) if day.year >= 2012]
        if len(days) < 3:
            continue
        number += 1
        at, value = days[0], whole(5, 300) * 10**6
        for stage, share in (("proposed", 1), ("negotiating", 0.85), ("letter_of_intent", 0.7), ("signed", 0.6), ("under_way", 0.7), ("completed", 0.4)):
            if not chance(share):
                if chance(0.35) and stage != "completed":
                    rows.append({"id": f"IJ{number:02d}", "stage": "abandoned", "date": at})
                break
            rows.append({"id": f"IJ{number:02d}", "stage": stage, "date": at, "value": value if stage not in ("proposed", "negotiating") else ""})
            at = date.fromordinal(at.toordinal() + whole(60, 420))
            if at >= AS_OF:
                break
        for part in rows:
            if part["id"] == f"IJ{number:02d}":
                part.update({"tie": row["id"], "region": row["region"], "title": f"Example project J{number:02d}", "title_zh": f"示例项目 J{number:02d}", **MARK})
    return rows


def make_visits(activities):
    rows, number = [], 0
    for a in activities:
        if a["kind"] != "visit" or a["date"].year < 2014:
            continue
        number += 1
        rank = weighted([("provincial_leader", 2), ("department", 4), ("enterprise", 1)]) if a["region"] == "430000" else \
            weighted([("county", 4), ("enterprise", 1)]) if not a["region"].endswith("00") else weighted([("prefecture", 4), ("department", 1), ("enterprise", 1)])
        rows.append({"id": f"IV{number:03d}", "delegation": f"Example delegation {number:03d}", "region": a["region"], "tie": a["tie"],
                     "partner": a["partner"], "country": a["country"], "date": a["date"], "date_precision": "day",
                     "direction": a["direction"], "rank": rank, "persons": a["persons"], "result": a["outcome"], **MARK})
    return rows


def make_contacts():
    rows = []
    for country, n in COUNTRY_TIES.items():
        if chance(0.15):
            continue  # a country without any record: not known, not none
        for _ in range(max(1, n // 2) + whole(0, 2)):
            kind = pick(["association", "community_leader", "enterprise", "student_body", "professional_body"])
            known = chance(0.7)
            rows.append({"id": f"IC{len(rows) + 1:03d}", "country": country, "place": f"Example place {country}-{whole(1, 4)}", "kind": kind,
                         "active": ("true" if chance(0.6) else "false") if known else "",
                         "checked": day_in((2010, 1), (2018, 5)) if known or chance(0.3) else "",
                         "members": "" if kind == "community_leader" or chance(0.3) else whole(2, 90) * 10, **MARK})
    return rows


def make_survey():
    share = {"funding": 55, "talent": 48, "brand": 36, "orders": 42, "costs": 58, "trade_friction": 27, "policy_unknown": 33, "procedures": 38}
    rows = []
    for i in range(1, 81):
        size = weighted([("micro", 30), ("small", 40), ("medium", 20), ("large", 10)])
        region, silent = pick(PREFECTURES), chance(0.05)
        for item, percent in share.items():
            shift = {"micro": 10, "small": 5, "medium": -3, "large": -12}[size] if item in ("funding", "policy_unknown", "procedures") else 0
            named = "" if silent or chance(0.02) else "true" if whole(1, 100) <= percent + shift else "false"
            rows.append({"respondent": f"IF{i:02d}", "year": 2018, "region": region, "size": size, "item": item, "named": named,
                         "weight": {"micro": 3, "small": 2, "medium": 1, "large": 1}[size], **MARK})
    return rows
