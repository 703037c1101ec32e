/* SPDX-License-Identifier: MIT
 *
 * Putting sentences together from constant pieces; every number and every name
 * in them is a placeholder.
 */
#pragma once

#include "study.h"

/* A sentence in both languages, in the making. */
typedef struct Sentence
{
  Text en, zh;
} Sentence;

typedef struct Speaker
{
  Study *study;
  const Line *line; /* of the focus; NULL: none */
  const Other *other;
  HansaName names[8];
  unsigned n_names;
} Speaker;

/* findings.c */
Sentence say_begin (const Speaker *speaker);
void say_add (Sentence *sentence, const char *en, const char *zh);
void say_name (Speaker *speaker, const char *id, HansaText text);
void say_finding (Speaker *speaker, const char *id, const char *metric, HansaSeverity severity,
                  const Sentence *sentence);
/* "In 2017, " */
void say_period (const Speaker *speaker, Sentence *sentence);
/* "{n} provincial-level regions" */
void say_regions (const Speaker *speaker, Sentence *sentence, const char *n);
/* 1, -1, or 0 when it prints as zero with so many units to one. */
int sign_of (HansaValue value, double units);
int growth_sign (HansaValue growth);

/* findings-context.c */
void say_peers (Speaker *speaker);
void say_long_run (Speaker *speaker);
void say_stability (Speaker *speaker);
void say_implied_base (Speaker *speaker);
void say_all (Speaker *speaker); /* without a focus */
