/* SPDX-License-Identifier: MIT
 *
 * The table of units. docs/reference/units.md is its prose; a test holds the
 * two together.
 */
#include "base/units.h"
#include "base/number.h"

#include <math.h>
#include <string.h>

typedef struct
{
  HansaUnit unit;
  const char *en; /* suffix in English; for money, the code before the number */
  const char *zh; /* suffix in Chinese */
} UnitEntry;

/* clang-format off */
static const UnitEntry entries[] = {
  { { "1",        "ratio",    1.0 },    "",            "" },
  { { "%",        "ratio",    0.01 },   "%",           "%" },
  { { "‰",        "ratio",    0.001 },  "‰",           "‰" },
  { { "pp",       "points",   1.0 },    "pp",          "个百分点" },
  { { "USD",      "USD",      1.0 },    "USD",         "美元" },
  { { "千美元",    "USD",      1e3 },    "USD thousand", "千美元" },
  { { "万美元",    "USD",      1e4 },    "USD 10k",     "万美元" },
  { { "亿美元",    "USD",      1e8 },    "USD 100m",    "亿美元" },
  { { "USD thousand", "USD",  1e3 },    "USD thousand", "千美元" },
  { { "USD million",  "USD",  1e6 },    "USD million", "百万美元" },
  { { "USD billion",  "USD",  1e9 },    "USD billion", "十亿美元" },
  { { "CNY",      "CNY",      1.0 },    "CNY",         "元" },
  { { "元",       "CNY",      1.0 },    "CNY",         "元" },
  { { "万元",     "CNY",      1e4 },    "CNY 10k",     "万元" },
  { { "亿元",     "CNY",      1e8 },    "CNY 100m",    "亿元" },
  { { "CNY million", "CNY",   1e6 },    "CNY million", "百万元" },
  { { "CNY billion", "CNY",   1e9 },    "CNY billion", "十亿元" },
  { { "persons",  "persons",  1.0 },    "persons",     "人" },
  { { "人",       "persons",  1.0 },    "persons",     "人" },
  { { "万人",     "persons",  1e4 },    "10k persons", "万人" },
  { { "亿人",     "persons",  1e8 },    "100m persons", "亿人" },
  { { "person-times", "visits", 1.0 },  "visits",      "人次" },
  { { "万人次",   "visits",   1e4 },    "10k visits",  "万人次" },
  { { "亿人次",   "visits",   1e8 },    "100m visits", "亿人次" },
  { { "ties",     "ties",     1.0 },    "ties",        "对" },
  { { "per million persons", "ties per persons", 1.0 }, "per million persons", "对/百万人" },
  { { "count",    "count",    1.0 },    "",            "个" },
  { { "regions",  "regions",  1.0 },    "regions",     "个" },
  { { "rank",     "rank",     1.0 },    "",            "" },
  { { "year",     "year",     1.0 },    "",            "" },
  { { "years",    "time",     12.0 },   "years",       "年" },
  { { "months",   "time",     1.0 },    "months",      "个月" },
  { { "days",     "days",     1.0 },    "days",        "天" },
  { { "activities", "activities", 1.0 }, "activities", "次" },
  { { "points",   "score",    1.0 },    "points",      "分" },
  { { "TEU",      "TEU",      1.0 },    "TEU",         "标准箱" },
  { { "trains",   "trains",   1.0 },    "trains",      "列" },
  { { "t",        "mass",     1.0 },    "t",           "吨" },
  { { "万吨",     "mass",     1e4 },    "10k t",       "万吨" },
  { { "kg",       "mass",     1e-3 },   "kg",          "千克" },
  { { "km2",      "area",     1.0 },    "km²",         "平方公里" },
  { { "deg",      "angle",    1.0 },    "°",           "度" },
  { { "bits",     "bits",     1.0 },    "bits",        "比特" },
  { { "nats",     "nats",     1.0 },    "nats",        "奈特" },
};

/* How large numbers are shown, largest step first. */
typedef struct { const char *dimension; double scale; const char *en; const char *zh; } Step;
static const Step steps_en[] = {
  { "USD", 1e12, "USD trillion", NULL }, { "USD", 1e9, "USD billion", NULL },
  { "USD", 1e6, "USD million", NULL },   { "USD", 1e3, "USD thousand", NULL },
  { "CNY", 1e12, "CNY trillion", NULL }, { "CNY", 1e9, "CNY billion", NULL },
  { "CNY", 1e6, "CNY million", NULL },   { "CNY", 1e3, "CNY thousand", NULL },
  { "persons", 1e6, "million persons", NULL },
  { "visits", 1e6, "million visits", NULL },
};
static const Step steps_zh[] = {
  { "USD", 1e12, NULL, "万亿美元" }, { "USD", 1e8, NULL, "亿美元" }, { "USD", 1e4, NULL, "万美元" },
  { "CNY", 1e12, NULL, "万亿元" },   { "CNY", 1e8, NULL, "亿元" },   { "CNY", 1e4, NULL, "万元" },
  { "persons", 1e8, NULL, "亿人" },  { "persons", 1e4, NULL, "万人" },
  { "visits", 1e8, NULL, "亿人次" }, { "visits", 1e4, NULL, "万人次" },
};
/* clang-format on */

static const UnitEntry *
find_entry (const char *id)
{
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (entries); i++)
    if (g_str_equal (entries[i].unit.id, id))
      return &entries[i];
  return NULL;
}

const HansaUnit *
hansa_unit_find (const char *id)
{
  const UnitEntry *entry = find_entry (id);
  return entry != NULL ? &entry->unit : NULL;
}

gboolean
hansa_unit_factor (const char *from, const char *to, double *factor)
{
  const UnitEntry *source = find_entry (from);
  const UnitEntry *target = find_entry (to);

  if (source == NULL || target == NULL)
    {
      *factor = 1.0; /* a unit of the user's own converts to itself alone */
      return from != NULL && to != NULL && g_str_equal (from, to);
    }
  *factor = source->unit.factor / target->unit.factor;
  return g_str_equal (source->unit.dimension, target->unit.dimension);
}

HansaDisplayUnit
hansa_unit_display (const char *unit, double largest, HansaLanguage language)
{
  const UnitEntry *entry = find_entry (unit);
  if (entry == NULL)
    return (HansaDisplayUnit){ 1.0, unit != NULL ? unit : "" };

  const Step *steps = language == HANSA_ZH ? steps_zh : steps_en;
  gsize n_steps = language == HANSA_ZH ? G_N_ELEMENTS (steps_zh) : G_N_ELEMENTS (steps_en);
  double magnitude = fabs (largest) * entry->unit.factor;

  for (gsize i = 0; i < n_steps; i++)
    if (g_str_equal (steps[i].dimension, entry->unit.dimension) && magnitude >= steps[i].scale)
      return (HansaDisplayUnit){ steps[i].scale / entry->unit.factor,
                                 language == HANSA_ZH ? steps[i].zh : steps[i].en };
  return (HansaDisplayUnit){ 1.0, language == HANSA_ZH ? entry->zh : entry->en };
}

char *
hansa_format_plain (double number, unsigned decimals)
{
  char digits[64];
  char format[16];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 15u));
  if (fabs (number) >= 1e15)
    return g_strdup (hansa_number_text (digits, number));
  g_ascii_formatd (digits, sizeof digits, format, number);
  if (strspn (digits, "-0.") == strlen (digits))
    return g_strdup (digits[0] == '-' ? digits + 1 : digits); /* no "-0.0" */

  GString *grouped = g_string_new (NULL);
  const char *whole = digits[0] == '-' ? digits + 1 : digits;
  gsize n_whole = strcspn (whole, ".");
  if (digits[0] == '-')
    g_string_append (grouped, "−"); /* U+2212: aligns with digits */
  for (gsize i = 0; i < n_whole; i++)
    {
      if (i > 0 && (n_whole - i) % 3 == 0)
        g_string_append_c (grouped, ',');
      g_string_append_c (grouped, whole[i]);
    }
  g_string_append (grouped, whole + n_whole);
  return g_string_free (grouped, FALSE);
}

static char *
join_unit (const char *number, const char *unit, HansaLanguage language)
{
  gboolean money = g_str_has_prefix (unit, "USD") || g_str_has_prefix (unit, "CNY");

  if (*unit == '\0')
    return g_strdup (number);
  if (language == HANSA_ZH)
    return g_strconcat (number, unit, NULL); /* 82对, 360.33亿美元 */
  if (money)
    { /* "USD 36.03 billion" */
      const char *scale = strchr (unit, ' ');
      g_autofree char *code
          = scale != NULL ? g_strndup (unit, (gsize)(scale - unit)) : g_strdup (unit);
      return g_strconcat (code, " ", number, scale, NULL);
    }
  if (g_str_equal (unit, "%") || g_str_equal (unit, "°"))
    return g_strconcat (number, unit, NULL);
  return g_strconcat (number, " ", unit, NULL);
}

/* "1 region", not "1 regions". */
static const char *
singular (const char *unit, const char *number)
{
  static const char *const pairs[][2] = {
    { "regions", "region" }, { "ties", "tie" },        { "years", "year" },
    { "months", "month" },   { "days", "day" },        { "activities", "activity" },
    { "persons", "person" }, { "visits", "visit" },    { "trains", "train" },
    { "points", "point" },   { "percent", "percent" },
  };
  if (!g_str_equal (number, "1"))
    return unit;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_equal (pairs[i][0], unit))
      return pairs[i][1];
  return unit;
}

char *
hansa_format_number (double number, const char *unit, unsigned decimals, HansaLanguage language)
{
  const UnitEntry *entry = find_entry (unit);
  const char *dimension = entry != NULL ? entry->unit.dimension : "";

  /* Years stand without grouping. */
  if (g_str_equal (dimension, "year"))
    return g_strdup_printf ("%.0f", number);

  HansaDisplayUnit display = hansa_unit_display (unit, number, language);
  /* Something is not nothing: a p-value is never 0.000. */
  double least = 1.0 / pow (10.0, decimals);
  gboolean below = g_str_equal (unit, "1") && number > 0.0 && number < 0.5 * least;
  g_autofree char *digits = hansa_format_plain (below ? least : number / display.scale, decimals);
  g_autofree char *plain = g_strconcat (below ? "<" : "", digits, NULL);
  const char *title = language == HANSA_EN ? singular (display.title, plain) : display.title;
  return join_unit (plain, title, language);
}

char *
hansa_format_value (HansaValue value, const char *unit, unsigned decimals, HansaText why,
                    HansaLanguage language)
{
  if (hansa_is_defined (value))
    return hansa_format_number (value.number, unit, decimals, language);

  const char *own = hansa_text_in (why, language);
  const char *words
      = *own != '\0' ? own : hansa_text_in (hansa_reason_text (value.reason), language);
  return language == HANSA_ZH ? g_strdup_printf ("无法计算（%s）", words)
                              : g_strdup_printf ("undefined (%s)", words);
}

HansaText
hansa_reason_text (uint32_t reason)
{
  static const HansaText texts[HANSA_REASON_COUNT] = {
    [HANSA_DEFINED] = { "defined", "有定义" },
    [HANSA_NO_DATA] = { "no data", "没有数据" },
    [HANSA_TOO_FEW] = { "too few observations", "观测值太少" },
    [HANSA_ZERO_TOTAL] = { "all values are zero", "所有数值均为零" },
    [HANSA_ZERO_VALUE] = { "a zero value has no logarithm", "含零值，无法取对数" },
    [HANSA_NEGATIVE_VALUE] = { "a value is negative", "含负值" },
    [HANSA_BASE_NOT_POSITIVE] = { "the base is zero or negative", "基数为零或负数" },
    [HANSA_ZERO_DENOMINATOR] = { "the denominator is zero", "分母为零" },
    [HANSA_NOT_FINITE] = { "the result is not a finite number", "结果不是有限数值" },
    [HANSA_BAD_WEIGHT] = { "weights are negative or all zero", "权重为负或全为零" },
    [HANSA_BAD_ARGUMENT] = { "an argument is out of its range", "参数超出范围" },
    [HANSA_MISSING_INPUT] = { "a value that it rests on is missing", "所依据的数据缺失" },
    [HANSA_NOT_COMPARABLE] = { "periods or definitions do not match", "时期或口径不可比" },
    [HANSA_NEVER_REACHED] = { "the state is never reached", "该状态不会出现" },
    [HANSA_NO_MEMORY] = { "not enough memory", "内存不足" },
  };
  if (reason < HANSA_REASON_COUNT)
    return texts[reason];
  return (HansaText){ "unknown reason", "原因不明" };
}
