/* SPDX-License-Identifier: MIT
 *
 * From parameters and tables to what is compared with what.
 */
#include "study.h"

#include <stdlib.h>
#include <string.h>

typedef struct LevelWords
{
  const char *id;
  HansaText plural;
} LevelWords;

static const LevelWords level_words[] = {
  { "country", { "countries", "个国家" } },
  { "province", { "provincial-level regions", "个省区市" } },
  { "prefecture", { "prefecture-level regions", "个市州" } },
  { "county", { "county-level regions", "个县市区" } },
};

static HansaText
words_of_level (const char *level)
{
  for (size_t i = 0; i < sizeof level_words / sizeof *level_words; i++)
    if (strcmp (level_words[i].id, level) == 0)
      return level_words[i].plural;
  return (HansaText){ "regions", "个地区" };
}

const Region *
study_member (const Study *study, size_t member)
{
  return &study->panel.regions[study->members[member]];
}

HansaText
study_total_name (const Study *study)
{
  if (study->nation != NONE)
    return study->panel.regions[study->nation].name;
  return (HansaText){ "all regions together", "各地区总体" };
}

HansaText
study_peers_name (const Study *study)
{
  if (study->peers_named || study->n_peers == 0)
    return (HansaText){ "the regions compared", "对比地区" };
  return study_member (study, study->peers[0])->zone_name;
}

/* Whether all peers are called 省, so that a sentence may call them so. */
bool
study_peers_are_provinces (const Study *study)
{
  static const char province[] = "省";
  const size_t length = sizeof province - 1;
  for (size_t i = 0; i < study->n_peers; i++)
    {
      const char *name = study_member (study, study->peers[i])->name.zh;
      size_t n = strlen (name);
      if (n < length || strcmp (name + n - length, province) != 0)
        return false;
    }
  return study->n_peers > 0;
}

/* "en code." with a code in the middle of each text. */
static HansaStatus
fail_with (Study *study, const char *code, HansaText before, HansaText after)
{
  Text en = { .memory = &study->panel.memory }, zh = en;
  text_add (&en, before.en);
  text_add (&en, code);
  text_add (&en, after.en);
  text_add (&zh, before.zh);
  text_add (&zh, code);
  text_add (&zh, after.zh);
  if (study->panel.memory.failed)
    return HANSA_OUT_OF_MEMORY;
  return hansa_fail (study->job, text_of (&en), text_of (&zh));
}

static HansaStatus
fail_repeated (Study *study, const char *code, HansaText where)
{
  if (code == NULL)
    return HANSA_OUT_OF_MEMORY;
  return fail_with (study, code, (HansaText){ "Region ", "地区 " }, where);
}

/* The region that a parameter names; NONE when it is unset. */
static HansaStatus
read_region (Study *study, const char *param, size_t *region)
{
  const char *code = hansa_param_text (study->job, param);
  *region = NONE;
  if (!hansa_param_is_set (study->job, param) || *code == '\0')
    return HANSA_OK;
  *region = panel_find (&study->panel, code);
  if (*region != NONE)
    return HANSA_OK;
  Text en = { .memory = &study->panel.memory }, zh = en;
  text_add (&en, "\" of the parameter ");
  text_add (&en, param);
  text_add (&en, " is not in the table region. Give a code of that table.");
  text_add (&zh, "”（参数 ");
  text_add (&zh, param);
  text_add (&zh, "）不在地区表（region）中，请填写该表中的区划代码。");
  return fail_with (study, code, (HansaText){ "The region \"", "地区代码“" },
                    (HansaText){ text_of (&en), text_of (&zh) });
}

/* Whether a region lies in another; a chain of parents longer than this is a
 * circle. */
static bool
lies_within (const Study *study, size_t region, size_t whole)
{
  for (int depth = 0; depth < 16; depth++)
    {
      const char *parent = study->panel.regions[region].parent;
      if (*parent == '\0' || (region = panel_find (&study->panel, parent)) == NONE)
        return false;
      if (region == whole)
        return true;
    }
  return false;
}

static bool
read_members (Study *study, const char *level, size_t within)
{
  const Panel *panel = &study->panel;
  study->members = memory_take (&study->panel.memory, panel->n_regions, sizeof *study->members);
  study->focus_member = NONE;
  if (study->members == NULL)
    return false;
  for (size_t i = 0; i < panel->n_regions; i++)
    if (strcmp (panel->regions[i].level, level) == 0
        && (within == NONE || lies_within (study, i, within)))
      {
        if (i == study->focus)
          study->focus_member = study->n_members;
        study->members[study->n_members++] = i;
      }
  return true;
}

static int
compare_indices (const void *a, const void *b)
{
  size_t x = *(const size_t *)a, y = *(const size_t *)b;
  return (x > y) - (x < y);
}

/* The member that a region is; NONE if none. Members are in order. */
static size_t
member_of (const Study *study, size_t region)
{
  const size_t *found = bsearch (&region, study->members, study->n_members, sizeof *study->members,
                                 compare_indices);
  return found != NULL ? (size_t)(found - study->members) : NONE;
}

/* Adds one peer of the parameter. */
static HansaStatus
add_peer (Study *study, const char *code)
{
  size_t region = panel_find (&study->panel, code);
  size_t member = region != NONE ? member_of (study, region) : NONE;
  if (member == NONE)
    return fail_with (study, code, (HansaText){ "The peer \"", "对比地区“" },
                      (HansaText){ "\" is not among the regions that are ranked. Give codes of the "
                                   "table region of the same level, separated by commas.",
                                   "”不在参评地区之列。请填写地区表（region）中同一层级的区划代码，"
                                   "用逗号分隔。" });
  study->peers[study->n_peers++] = member;
  return HANSA_OK;
}

static void
sort_peers (Study *study)
{
  size_t n = 0;
  qsort (study->peers, study->n_peers, sizeof *study->peers, compare_indices);
  for (size_t i = 0; i < study->n_peers; i++)
    if (n == 0 || study->peers[n - 1] != study->peers[i])
      study->peers[n++] = study->peers[i];
  study->n_peers = n;
}

/* Peers by name, or the zone of the focus. */
static HansaStatus
read_peers (Study *study)
{
  const char *list = hansa_param_text (study->job, "peers");
  size_t length = strlen (list);
  char *codes = memory_take (&study->panel.memory, length + 1, 1);
  size_t room = study->n_members + length / 2 + 2;
  study->peers = memory_take (&study->panel.memory, room, sizeof *study->peers);
  if (study->panel.memory.failed)
    return HANSA_OUT_OF_MEMORY;
  memcpy (codes, list, length + 1);
  for (char *code = strtok (codes, ", "); code != NULL; code = strtok (NULL, ", "))
    {
      HansaStatus status = add_peer (study, code);
      if (status != HANSA_OK)
        return status;
    }
  study->peers_named = study->n_peers > 0;
  if (study->focus_member == NONE)
    {
      sort_peers (study);
      return HANSA_OK;
    }
  const char *zone = study_member (study, study->focus_member)->zone;
  for (size_t i = 0; !study->peers_named && *zone != '\0' && i < study->n_members; i++)
    if (strcmp (study_member (study, i)->zone, zone) == 0)
      study->peers[study->n_peers++] = i;
  if (study->peers_named)
    study->peers[study->n_peers++] = study->focus_member;
  sort_peers (study);
  return HANSA_OK;
}

static int
compare_zones (const void *a, const void *b)
{
  const ZoneMember *x = a, *y = b;
  int order = strcmp (x->zone, y->zone);
  return order != 0 ? order : (x->member > y->member) - (x->member < y->member);
}

static bool
read_zones (Study *study)
{
  size_t n = 0;
  study->by_zone = memory_take (&study->panel.memory, study->n_members, sizeof *study->by_zone);
  study->zones = memory_take (&study->panel.memory, study->n_members, sizeof *study->zones);
  if (study->panel.memory.failed)
    return false;
  for (size_t i = 0; i < study->n_members; i++)
    if (*study_member (study, i)->zone != '\0')
      study->by_zone[n++] = (ZoneMember){ study_member (study, i)->zone, i };
  qsort (study->by_zone, n, sizeof *study->by_zone, compare_zones);
  for (size_t i = 0; i < n; i++)
    {
      if (i == 0 || strcmp (study->by_zone[i].zone, study->by_zone[i - 1].zone) != 0)
        study->zones[study->n_zones++]
            = (Zone){ .region = study_member (study, study->by_zone[i].member), .start = i };
      study->zones[study->n_zones - 1].n++;
    }
  return true;
}

/* The latest year of a region, and with its year before, if `pair`; or `year`. */
static int64_t
latest_of (const Series *series, size_t region, bool pair, int64_t year)
{
  for (size_t i = series->first[region]; i < series->first[region + 1]; i++)
    {
      const Entry *entry = &series->entries[i];
      bool has_base = i > series->first[region] && entry[-1].year == entry->year - 1;
      if (entry->year > year && (has_base || !pair))
        year = entry->year;
    }
  return year;
}

static int64_t
latest_of_members (const Study *study, bool pair)
{
  int64_t year = -1;
  for (size_t i = 0; i < study->n_members; i++)
    year = latest_of (&study->series, study->members[i], pair, year);
  return year;
}

/* The latest year of the focus (or of anyone) that has a year before it, or else
 * the latest that there is, so that what is missing can be named. */
static bool
choose_year (Study *study)
{
  study->year = -1;
  if (hansa_param_is_set (study->job, "year"))
    study->year = hansa_param_integer (study->job, "year");
  if (study->year < 0 && study->focus != NONE)
    study->year = latest_of (&study->series, study->focus, true, -1);
  if (study->year < 0 && study->focus != NONE)
    study->year = latest_of (&study->series, study->focus, false, -1);
  if (study->year < 0)
    study->year = latest_of_members (study, true);
  if (study->year < 0)
    study->year = latest_of_members (study, false);
  return study->year >= 0;
}

/* The first year for growth over several years. */
static HansaStatus
choose_from (Study *study)
{
  const Series *series = &study->series;
  size_t region = study->focus != NONE ? study->focus : study->nation;

  study->has_from = hansa_param_is_set (study->job, "from");
  if (study->has_from)
    {
      study->from = hansa_param_integer (study->job, "from");
      if (!study->has_year || study->from < study->year)
        return HANSA_OK;
      return hansa_fail (study->job, "The parameter from must be before the year that is analysed.",
                         "参数 from（起始年份）必须早于分析年份。");
    }
  size_t first = region != NONE ? series->first[region] : 0;
  size_t last = region != NONE ? series->first[region + 1] : series->n_entries;
  for (size_t i = first; i < last; i++)
    if (!study->has_from || series->entries[i].year < study->from)
      {
        study->from = series->entries[i].year;
        study->has_from = true;
      }
  if (study->has_from && study->has_year && study->from >= study->year)
    study->has_from = false;
  return HANSA_OK;
}

/* Who is compared with whom. */
static HansaStatus
read_groups (Study *study)
{
  size_t within;
  HansaStatus status = read_region (study, "region", &study->focus);
  if (status == HANSA_OK)
    status = read_region (study, "nation", &study->nation);
  if (status == HANSA_OK)
    status = read_region (study, "within", &within);
  if (status != HANSA_OK)
    return status;

  const char *level = "province";
  if (hansa_param_is_set (study->job, "level"))
    level = hansa_param_text (study->job, "level");
  else if (study->focus != NONE)
    level = study->panel.regions[study->focus].level;
  study->level = words_of_level (level);
  if (!read_members (study, level, within))
    return HANSA_OUT_OF_MEMORY;
  if (study->focus != NONE && study->focus_member == NONE)
    return fail_with (
        study, study->panel.regions[study->focus].code, (HansaText){ "The region \"", "地区“" },
        (HansaText){ "\" is not among the regions that are ranked: look at the "
                     "parameters level and within.",
                     "”不在参评地区之列，请检查参数 level（层级）和 within（范围）。" });
  if (study->nation != NONE && member_of (study, study->nation) != NONE)
    return fail_with (study, study->panel.regions[study->nation].code,
                      (HansaText){ "The nation \"", "总体“" },
                      (HansaText){ "\" is itself one of the regions that are ranked.",
                                   "”本身就是参评地区之一，请改用上级地区代码。" });
  status = read_peers (study);
  return status == HANSA_OK && !read_zones (study) ? HANSA_OUT_OF_MEMORY : status;
}

HansaStatus
study_read (Study *study, HansaJob *job)
{
  Memory *memory = &study->panel.memory;
  const char *repeated;

  study->job = job;
  study->key.memory = memory;
  study->basis = hansa_param_text (job, "basis");
  study->months = hansa_param_integer (job, "months");
  if (!panel_read (&study->panel, hansa_table (job, "region"), hansa_table (job, "trade"),
                   &repeated))
    return fail_repeated (
        study, repeated,
        (HansaText){ " is listed twice in the table region.", " 在地区表（region）中重复出现。" });
  HansaStatus status = read_groups (study);
  if (status != HANSA_OK)
    return status;
  if (!panel_series (&study->panel, study->basis, study->months, &study->series, &study->n_missing,
                     &repeated))
    return fail_repeated (
        study, repeated,
        (HansaText){ " has more than one value for the same year.", " 同一年份有多个数值。" });
  study->has_year = choose_year (study);
  study->now.lines = memory_take (memory, study->n_members, sizeof *study->now.lines);
  study->x = memory_take (memory, study->n_members, sizeof *study->x);
  study->y = memory_take (memory, study->n_members, sizeof *study->y);
  study->places = memory_take (memory, study->n_members, sizeof *study->places);
  return memory->failed ? HANSA_OUT_OF_MEMORY : choose_from (study);
}
