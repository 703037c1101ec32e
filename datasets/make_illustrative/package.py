# SPDX-License-Identifier: MIT
"""Reading the model and the real package, writing the constructed one."""

import csv
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
MODEL, REAL, OUT = HERE / "model", HERE / "hunan", HERE / "hunan-illustrative"
WHOLE = ("region", "tie", "activity", "trade", "economy", "claim", "source")  # carry every column of the model
TEXTS = HERE / "make_illustrative" / "texts.json"


def real(table):
    with open(REAL / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def dump(value, indent=0):
    """JSON with one key, field or row a line."""
    pad, text = " " * indent, lambda v: json.dumps(v, ensure_ascii=False)
    lines = []
    for key, item in value.items():
        if isinstance(item, list) and item and isinstance(item[0], dict):
            parts = [f"{pad}    " + (dump(part, indent + 4) if key == "resources" else text(part)) for part in item]
            lines.append(f"{pad}  {text(key)}: [\n" + ",\n".join(parts) + f"\n{pad}  ]")
        elif key in ("schema", "parameters"):
            lines.append(f"{pad}  {text(key)}: " + dump(item, indent + 2))
        else:
            lines.append(f"{pad}  {text(key)}: {text(item)}")
    return "{\n" + ",\n".join(lines) + f"\n{pad}}}"


def write(name, rows, names_of_tables, coverage, sources):
    model = json.loads((MODEL / f"{name}.json").read_text(encoding="utf-8"))
    known = [field["name"] for field in model["fields"]]
    for row in rows:
        assert set(row) <= set(known), (name, set(row) - set(known))
    columns = [n for n in known if name in WHOLE or n in ("confidence", "note") or any(str(row.get(n, "")) for row in rows)]
    with open(OUT / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows([row.get(n, "") for n in columns] for row in rows)
    schema = {"fields": [field for field in model["fields"] if field["name"] in columns],
              "missingValues": model["missingValues"], "primaryKey": model["primaryKey"]}
    keys = [key for key in model.get("foreignKeys", [])
            if key["fields"] in columns and key["reference"]["resource"] in ("", *names_of_tables)]
    if keys:
        schema["foreignKeys"] = keys
    used = sorted({one for row in rows for one in row.get("source", "").split()})
    titles = [{"title": f"{one}: {sources[one]['title']}", **({"path": sources[one]["url"]} if sources[one].get("url") else {})} for one in used]
    return {"name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8",
            "title": model["title"], "title_zh": model["title_zh"], "coverage": coverage[0], "coverage_zh": coverage[1],
            "sources": titles or [{"title": "Compiled with the data"}], "schema": schema}
