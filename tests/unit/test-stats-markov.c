/* SPDX-License-Identifier: MIT
 *
 * Chains of states.
 */
#include "test-stats-support.h"

static void
make_matrix (const double *p, size_t n, HansaValue *matrix)
{
  for (size_t i = 0; i < n * n; i++)
    matrix[i] = hansa_value (p[i]);
}

/* The Land of Oz (Kemeny, Snell & Thompson 1956): rain, nice, snow. */
static const double oz[] = { 0.5, 0.25, 0.25, 0.5, 0.0, 0.5, 0.25, 0.25, 0.5 };

START_TEST (counts_skip_gaps)
{
  /* markovchain#146: a missing value became a state. */
  const int32_t from[] = { 0, 0, 1, -1, 1, 0 }, to[] = { 0, 1, 1, 0, -1, 1 };
  double counts[4];
  size_t skipped;
  ck_assert_int_eq (hansa_transition_counts (from, to, 6, 2, counts, &skipped), HANSA_DEFINED);
  ck_assert_uint_eq (skipped, 2);
  ck_assert_int_eq (hansa_transition_counts (from, to, 6, 2, counts, NULL), HANSA_DEFINED);
  ck_assert (counts[0] == 1.0 && counts[1] == 2.0 && counts[2] == 0.0 && counts[3] == 1.0);
}
END_TEST

START_TEST (counts_reasons)
{
  const int32_t from[] = { 0, 2 }, to[] = { 0, 0 }, gap[] = { -1, -1 };
  double counts[4] = { 9.0, 9.0, 9.0, 9.0 };
  size_t skipped;
  ck_assert_int_eq (hansa_transition_counts (from, to, 2, 2, counts, &skipped), HANSA_BAD_ARGUMENT);
  ck_assert_int_eq (hansa_transition_counts (to, from, 2, 2, counts, &skipped), HANSA_BAD_ARGUMENT);
  ck_assert_int_eq (hansa_transition_counts (from, to, 2, 0, counts, &skipped), HANSA_BAD_ARGUMENT);
  ck_assert_int_eq (hansa_transition_counts (from, to, 0, 2, counts, &skipped), HANSA_NO_DATA);
  counts[0] = 9.0;
  ck_assert_int_eq (hansa_transition_counts (from, gap, 2, 2, counts, &skipped), HANSA_NO_DATA);
  ck_assert_uint_eq (skipped, 2);
  ck_assert (counts[0] == 0.0);
}
END_TEST

START_TEST (probabilities_by_hand)
{
  /* 3 of 4 stay: SE sqrt (3/4 1/4 / 4); markovchain's is p / sqrt (n_ij). */
  const double counts[] = { 3.0, 1.0, 0.0, 5.0 };
  HansaValue p[4], se[4];
  ck_assert_int_eq (hansa_transition_probabilities (counts, 2, p, se), HANSA_DEFINED);
  ck_number (p[0], 0.75, 0.0);
  ck_number (p[1], 0.25, 0.0);
  ck_number (p[2], 0.0, 0.0);
  ck_number (p[3], 1.0, 0.0);
  ck_number (se[0], sqrt (3.0) / 8.0, 1e-16);
  ck_number (se[1], sqrt (3.0) / 8.0, 1e-16);
  /* markovchain#49: NaN for a move that was never seen. */
  ck_number (se[2], 0.0, 0.0);
  ck_number (se[3], 0.0, 0.0);
}
END_TEST

START_TEST (one_observation_is_enough)
{
  const double counts[] = { 0.0, 1.0, 1.0, 0.0 };
  HansaValue p[4], se[4];
  ck_assert_int_eq (hansa_transition_probabilities (counts, 2, p, se), HANSA_DEFINED);
  ck_number (p[1], 1.0, 0.0);
  ck_number (p[2], 1.0, 0.0);
  ck_number (se[1], 0.0, 0.0);
}
END_TEST

START_TEST (empty_row_is_named_and_not_absorbing)
{
  /* markovchain#155: an absorbing state shown as a row of zeros. */
  const double counts[] = { 2.0, 1.0, 1.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0 };
  HansaValue p[9];
  bool absorbing[3];
  ck_assert_int_eq (hansa_transition_probabilities (counts, 3, p, NULL), HANSA_DEFINED);
  for (size_t j = 0; j < 3; j++)
    ck_reason (p[6 + j], HANSA_NO_DATA);
  ck_number (p[4], 1.0, 0.0);
  ck_assert_uint_eq (hansa_absorbing_states (p, 3, absorbing), 1);
  ck_assert (!absorbing[0] && absorbing[1] && !absorbing[2]);
  /* What rests on the row has no answer either. */
  double shares[3];
  HansaValue times[3];
  ck_reason (hansa_shorrocks_mobility (p, 3), HANSA_NO_DATA);
  ck_assert_int_eq (hansa_stationary (p, 3, shares), HANSA_NO_DATA);
  ck_assert_int_eq (hansa_first_passage (p, 3, 1, times), HANSA_NO_DATA);
  ck_reason (times[0], HANSA_NO_DATA);
}
END_TEST

START_TEST (probabilities_reasons)
{
  const double none[] = { 0.0, 0.0, 0.0, 0.0 }, negative[] = { 1.0, -1.0, 0.0, 0.0 };
  const double infinite[] = { 1.0, INFINITY, 0.0, 0.0 };
  HansaValue p[4];
  ck_assert_int_eq (hansa_transition_probabilities (none, 2, p, NULL), HANSA_NO_DATA);
  ck_assert_int_eq (hansa_transition_probabilities (negative, 2, p, NULL), HANSA_NEGATIVE_VALUE);
  ck_assert_int_eq (hansa_transition_probabilities (infinite, 2, p, NULL), HANSA_NOT_FINITE);
  ck_assert_int_eq (hansa_transition_probabilities (none, 0, p, NULL), HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (mobility_by_hand)
{
  const double stay[] = { 1.0, 0.0, 0.0, 1.0 }, swap[] = { 0.0, 1.0, 1.0, 0.0 };
  const double any[] = { 0.5, 0.5, 0.5, 0.5 }, bad[] = { 0.5, 0.4, 0.5, 0.5 };
  const double below[] = { 1.5, -0.5, 0.5, 0.5 };
  HansaValue p[9];
  make_matrix (stay, 2, p);
  ck_number (hansa_shorrocks_mobility (p, 2), 0.0, 0.0);
  make_matrix (any, 2, p);
  ck_number (hansa_shorrocks_mobility (p, 2), 1.0, 0.0);
  make_matrix (swap, 2, p);
  ck_number (hansa_shorrocks_mobility (p, 2), 2.0, 0.0);
  make_matrix (oz, 3, p);
  ck_number (hansa_shorrocks_mobility (p, 3), 1.0, 0.0);
  make_matrix (bad, 2, p);
  ck_reason (hansa_shorrocks_mobility (p, 2), HANSA_BAD_ARGUMENT);
  make_matrix (below, 2, p);
  ck_reason (hansa_shorrocks_mobility (p, 2), HANSA_BAD_ARGUMENT);
  ck_reason (hansa_shorrocks_mobility (p, 0), HANSA_NO_DATA);
  make_matrix (stay, 1, p);
  ck_reason (hansa_shorrocks_mobility (p, 1), HANSA_TOO_FEW);
}
END_TEST

START_TEST (stationary_published)
{
  /* Kemeny, Snell & Thompson: 2/5, 1/5, 2/5. */
  HansaValue p[9];
  double shares[3];
  make_matrix (oz, 3, p);
  ck_assert_int_eq (hansa_stationary (p, 3, shares), HANSA_DEFINED);
  ck_assert_double_eq_tol (shares[0], 0.4, 1e-15);
  ck_assert_double_eq_tol (shares[1], 0.2, 1e-15);
  ck_assert_double_eq_tol (shares[2], 0.4, 1e-15);
}
END_TEST

START_TEST (stationary_special_chains)
{
  HansaValue p[9];
  double shares[3];
  /* Periodic: 1/2, 1/2. */
  const double swap[] = { 0.0, 1.0, 1.0, 0.0 }, stay[] = { 1.0, 0.0, 0.0, 1.0 };
  make_matrix (swap, 2, p);
  ck_assert_int_eq (hansa_stationary (p, 2, shares), HANSA_DEFINED);
  ck_assert (shares[0] == 0.5 && shares[1] == 0.5);
  /* Two absorbing states: it depends on the start. */
  make_matrix (stay, 2, p);
  ck_assert_int_eq (hansa_stationary (p, 2, shares), HANSA_NEVER_REACHED);
  /* The same behind a state that is left for good. */
  const double fork[] = { 0.0, 0.5, 0.5, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0 };
  make_matrix (fork, 3, p);
  ck_assert_int_eq (hansa_stationary (p, 3, shares), HANSA_NEVER_REACHED);
  /* One absorbing state takes all, transient states nothing. */
  const double absorb[] = { 0.5, 0.4, 0.1, 0.2, 0.7, 0.1, 0.0, 0.0, 1.0 };
  make_matrix (absorb, 3, p);
  ck_assert_int_eq (hansa_stationary (p, 3, shares), HANSA_DEFINED);
  ck_assert (shares[0] == 0.0 && shares[1] == 0.0 && shares[2] == 1.0);
  /* Nearly two chains: p = 1e-14 there, 3e-14 back: 3/4, 1/4. */
  const double near[] = { 1.0 - 1e-14, 1e-14, 3e-14, 1.0 - 3e-14 };
  make_matrix (near, 2, p);
  ck_assert_int_eq (hansa_stationary (p, 2, shares), HANSA_DEFINED);
  ck_assert_double_eq_tol (shares[0], 0.75, 1e-15);
}
END_TEST

START_TEST (stationary_is_left_alone_by_the_chain)
{
  enum
  {
    K = 12
  };
  HansaValue p[K * K];
  double shares[K];
  uint64_t state = 3;
  for (int round = 0; round < 30; round++)
    {
      double counts[K * K];
      for (size_t i = 0; i < K * K; i++)
        counts[i] = floor (5.0 * random_unit (&state)) + (i % K == (i / K + 1) % K);
      ck_assert_int_eq (hansa_transition_probabilities (counts, K, p, NULL), HANSA_DEFINED);
      ck_assert_int_eq (hansa_stationary (p, K, shares), HANSA_DEFINED);
      HansaValue times[K];
      for (size_t j = 0; j < K; j++)
        {
          double next = 0.0;
          for (size_t i = 0; i < K; i++)
            next += shares[i] * p[i * K + j].number;
          ck_assert_double_eq_tol (next, shares[j], 1e-14);
          /* Mean recurrence time is 1 / share. */
          ck_assert_int_eq (hansa_first_passage (p, K, j, times), HANSA_DEFINED);
          ck_number (times[j], 1.0 / shares[j], 1e-11);
        }
    }
}
END_TEST

START_TEST (first_passage_published)
{
  /* Grinstead & Snell (1997), chapter 11.5, the Land of Oz:
   *   0 4 10/3 / 8/3 0 8/3 / 10/3 4 0; recurrence 5/2, 5, 5/2. */
  static const double expected[]
      = { 2.5, 4.0, 10.0 / 3.0, 8.0 / 3.0, 5.0, 8.0 / 3.0, 10.0 / 3.0, 4.0, 2.5 };
  HansaValue p[9], times[3];
  make_matrix (oz, 3, p);
  for (size_t target = 0; target < 3; target++)
    {
      ck_assert_int_eq (hansa_first_passage (p, 3, target, times), HANSA_DEFINED);
      for (size_t i = 0; i < 3; i++)
        ck_number (times[i], expected[i * 3 + target], 1e-14);
    }
}
END_TEST

START_TEST (first_passage_that_may_never_come)
{
  /* 0 leads to 1 or, for ever, to 2. */
  const double fork[] = { 0.0, 0.5, 0.5, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0 };
  HansaValue p[9], times[3];
  make_matrix (fork, 3, p);
  ck_assert_int_eq (hansa_first_passage (p, 3, 1, times), HANSA_DEFINED);
  ck_reason (times[0], HANSA_NEVER_REACHED);
  ck_number (times[1], 1.0, 0.0);
  ck_reason (times[2], HANSA_NEVER_REACHED);
  ck_assert_int_eq (hansa_first_passage (p, 3, 0, times), HANSA_DEFINED);
  ck_reason (times[0], HANSA_NEVER_REACHED);
  ck_reason (times[1], HANSA_NEVER_REACHED);
  /* Behind the target, a trap does not matter: 1/2 a step to 1, 2 steps. */
  const double line[] = { 0.5, 0.5, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 1.0 };
  make_matrix (line, 3, p);
  ck_assert_int_eq (hansa_first_passage (p, 3, 1, times), HANSA_DEFINED);
  ck_number (times[0], 2.0, 1e-15);
  ck_reason (times[1], HANSA_NEVER_REACHED);
  ck_assert_int_eq (hansa_first_passage (p, 3, 3, times), HANSA_BAD_ARGUMENT);
}
END_TEST

START_TEST (homogeneity_by_hand)
{
  /* Row 0: 8 2 and 4 6, pooled 12/20 and 8/20: expected 6 4 twice, each off by
   * 2: 2 (4/6 + 4/4) = 10/3. Row 1 is 5 5 both times: 0. f = 2. */
  const double counts[] = { 8.0, 2.0, 5.0, 5.0, 4.0, 6.0, 5.0, 5.0 };
  HansaTest test = hansa_markov_homogeneity (counts, 2, 2);
  ck_number (test.statistic, 10.0 / 3.0, 1e-15);
  ck_assert (test.freedom == 2.0);
  /* With f = 2 the tail is exp (-x/2). */
  ck_number (test.p_value, exp (-5.0 / 3.0), 1e-15);
}
END_TEST

START_TEST (homogeneity_leaves_out_what_was_not_seen)
{
  /* Row 1 is empty in one period, and column 0 of row 0 always: f = 0. */
  const double counts[] = { 0.0, 2.0, 5.0, 5.0, 0.0, 6.0, 0.0, 0.0 };
  ck_reason (hansa_markov_homogeneity (counts, 2, 2).p_value, HANSA_TOO_FEW);
  const double bad[] = { 0.0, -2.0, 5.0, 5.0, 0.0, 6.0, 0.0, 0.0 };
  const double nan[] = { 0.0, NAN, 5.0, 5.0, 0.0, 6.0, 0.0, 0.0 };
  ck_reason (hansa_markov_homogeneity (bad, 2, 2).statistic, HANSA_NEGATIVE_VALUE);
  ck_reason (hansa_markov_homogeneity (nan, 2, 2).statistic, HANSA_NOT_FINITE);
  ck_reason (hansa_markov_homogeneity (counts, 1, 2).statistic, HANSA_TOO_FEW);
}
END_TEST

int
main (void)
{
  const TTest *const tests[] = { counts_skip_gaps,
                                 counts_reasons,
                                 probabilities_by_hand,
                                 one_observation_is_enough,
                                 empty_row_is_named_and_not_absorbing,
                                 probabilities_reasons,
                                 mobility_by_hand,
                                 stationary_published,
                                 stationary_special_chains,
                                 stationary_is_left_alone_by_the_chain,
                                 first_passage_published,
                                 first_passage_that_may_never_come,
                                 homogeneity_by_hand,
                                 homogeneity_leaves_out_what_was_not_seen };
  return run_suite ("stats: Markov chains", tests, N_ROWS (tests));
}
