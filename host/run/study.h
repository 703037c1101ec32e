/* SPDX-License-Identifier: MIT
 *
 * A study file: which dataset, which analyses, with which parameters, under
 * which title, so that next year's report is one command. A GKeyFile:
 *
 *   [study]
 *   title = Hunan's opening, 2017
 *   title[zh] = 湖南对外开放，2017
 *   dataset = ../datasets/hunan
 *   plugins = trade-growth; regional-balance
 *   engine = postgresql://analyst@db.example/customs   ; where the tables are on a server
 *
 *   [trade-growth]
 *   year = 2017
 *
 *   [map.trade]            ; a table of the user's own as model table `trade`
 *   resource = customs
 *   year = year(month)
 */
#pragma once

#include "dataset/dataset.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;
  char *dataset; /* resolved against the study's folder, or a server's address */
  char *engine;  /* the server that has its tables; NULL: not said */
  HansaText title;
  GStrv plugins; /* NULL: not said */
  GKeyFile *keys;
} HansaStudy;

HansaStudy *hansa_study_read (const char *path, GError **error);
void hansa_study_free (HansaStudy *study);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HansaStudy, hansa_study_free)

/* The study's text for a parameter, or NULL; (transfer full). */
char *hansa_study_param (const HansaStudy *study, const char *plugin, const char *param);
/* Parameters that the study sets for a plugin; (transfer full). */
GStrv hansa_study_params (const HansaStudy *study, const char *plugin);
/* Applies the [map.TABLE] groups. */
gboolean hansa_study_map (const HansaStudy *study, HansaDataset *dataset, GError **error);

/* Whether a path looks like a study file rather than a dataset. */
gboolean hansa_study_looks_like (const char *path);

G_END_DECLS
