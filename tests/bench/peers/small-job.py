# SPDX-License-Identifier: MIT
# The small job in pandas + matplotlib: the same three tables, the measures that
# a few lines give, as many charts as Hansa draws, one HTML page.
import base64, io, sys
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

data, out, n_charts = sys.argv[1], sys.argv[2], int(sys.argv[3])
text = {"region": str, "code": str, "parent": str}
tie = pd.read_csv(f"{data}/tie.csv", dtype=text, parse_dates=["since"])
region = pd.read_csv(f"{data}/region.csv", dtype=text)
activity = pd.read_csv(f"{data}/activity.csv", dtype=text, parse_dates=["date"])
trade = pd.read_csv(f"{data}/trade.csv", dtype=text)

inside = region[region.parent == "430000"]
ties = tie[tie.region.isin(inside.code)].groupby("region").size().reindex(inside.code, fill_value=0)
x = np.sort(ties.to_numpy(float)); n = len(x); share = x / x.sum()
gini = 2 * (np.arange(1, n + 1) * x).sum() / (n * x.sum()) - (n + 1) / n
theil = sum(s * np.log(s * n) for s in share if s > 0)
last = activity.groupby("tie").date.max().reindex(tie.id)
months = (pd.Timestamp("2018-07-01") - last).dt.days / 30.44
tiers = pd.cut(months.fillna(1e6), [-1e6, 24, 60, 1e7]).value_counts(sort=False)
year = trade[(trade.months == 12) & (trade.basis == "importer_exporter")]
panel = year.pivot(index="year", columns="region", values="value")
growth = (panel.loc[2017] / panel.loc[2016] - 1).drop("100000").sort_values(ascending=False)

pictures = []
for i in range(n_charts):
    figure, axes = plt.subplots(figsize=(8, 5))
    kind = i % 4
    if kind == 0: axes.barh(growth.index, growth * 100)
    elif kind == 1: axes.plot(np.arange(n + 1) / n, np.r_[0, np.cumsum(share)]); axes.plot([0, 1], [0, 1])
    elif kind == 2: axes.bar([str(t) for t in tiers.index], tiers)
    else: axes.scatter(panel.loc[2017, growth.index], growth)
    axes.set_title(f"chart {i}")
    stream = io.StringIO(); figure.savefig(stream, format="svg"); plt.close(figure)
    pictures.append(stream.getvalue())
with open(f"{out}/index.html", "w") as page:
    page.write(f"<h1>Report</h1><p>Gini {gini:.4f}, Theil {theil:.4f}, growth {growth['430000']:.3%}</p>")
    page.write(growth.to_frame().to_html())
    page.writelines(pictures)
