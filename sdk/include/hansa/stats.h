/* SPDX-License-Identifier: MIT
 *
 * hansa/stats.h - the measures library.
 *
 * Formulas that are right, named, and honest about where they have no answer.
 * A static library (libc and libm only) that every plugin may link.
 *
 * Conventions, unless a function says otherwise:
 *   arguments  x is n observations; `weights` is n weights, or NULL for equal
 *              ones. A weight is what a row counts for (population); a row of
 *              weight 0 counts for nothing, but is still checked. Arrays are
 *              read only and not kept; what is written is the caller's
 *   missing    not zero, and not handled here: leave such rows out, and say so
 *   order      the order of rows never changes a bit of a result: sums of rows
 *              are exact before they are rounded (superaccumulator, Neal 2015,
 *              arXiv:1505.05571), or run over sorted rows, compensated
 *              (Neumaier 1974)
 *   answers    a HansaValue: never NaN, never infinite. Reasons, the first that
 *              applies: HANSA_BAD_ARGUMENT (a parameter), HANSA_NO_DATA (n is
 *              0), HANSA_BAD_WEIGHT, HANSA_NOT_FINITE, HANSA_NEGATIVE_VALUE,
 *              HANSA_ZERO_TOTAL, then those that the function names.
 *              HANSA_NO_MEMORY where O(n) space is said. A function that fills
 *              arrays answers with a HansaReason, and leaves them unspecified
 *              when that is not HANSA_DEFINED
 *   scale      a ratio is a ratio: growth of 37.3 % is 0.373, a gap of 2.1
 *              percentage points is 0.021. The caller multiplies
 *   logarithm  natural
 *   cost       O(n) time, no allocation; "sorts" means O(n) expected time by
 *              radix sort and O(n) space
 *   threads    no state: any function from any thread
 *   version    everything here is 1.0
 *
 * The word in quotes after a formula is the variant, as in HansaMetric. */
#ifndef HANSA_STATS_H
#define HANSA_STATS_H

#include <hansa/value.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------------
 * Sums and means. Negative values and all zeros are welcome
 * ---------------------------------------------------------------------- */

/* Sum x, rounded once. Unit of x. */
HansaValue hansa_sum (const double *x, size_t n);

/* Sum w x / sum w. Unit of x. */
HansaValue hansa_mean (const double *x, const double *weights, size_t n);

/* Sum w (x - mean)^2 / sum w, "population". Unit of x, squared. */
HansaValue hansa_variance (const double *x, const double *weights, size_t n);

/* Sum (x - mean)^2 / (n - 1), "sample". HANSA_TOO_FEW for n = 1. */
HansaValue hansa_variance_sample (const double *x, size_t n);

/* ------------------------------------------------------------------------
 * Order. -0 equals 0; negative values are welcome
 * ---------------------------------------------------------------------- */

/* x in ascending order; `sorted` (n values) may be x. Sorts. */
HansaReason hansa_sort (const double *x, size_t n, double *sorted);

/* The rows in ascending order of x: x[order[0]] is the smallest. Equal values
 * keep the order of rows (stable). Sorts. */
HansaReason hansa_order (const double *x, size_t n, size_t *order);

/* Competition ranks ("1224"): 1 plus the number of rows that come before.
 * Going down (or up) from the first, a value ties with the head of its group
 * if they differ by no more than `tolerance` (0 <= t < 1; 1e-9 suits money)
 * times the larger of the two, in absolute value: closeness to the head
 * counts, so that ties cannot chain. Sorts. */
HansaReason hansa_rank (const double *x, size_t n, double tolerance, bool descending,
                        size_t *rank);

/* Kendall's tau-b: (C - D) / sqrt ((N - Tx) (N - Ty)), pairs concordant,
 * discordant, all, tied in x, tied in y; "tau-b" (Kendall 1945; algorithm of
 * Knight 1966). Ties are exact: give hansa_rank() for ties by tolerance.
 * -1 to 1. HANSA_TOO_FEW for n = 1, HANSA_ZERO_DENOMINATOR where x or y is
 * constant. O(n log n) time, O(n) space. */
HansaValue hansa_kendall (const double *x, const double *y, size_t n);

/* Spearman's rho: Pearson's correlation of mid-ranks, "rho, mid-ranks"
 * (Spearman 1904). Edges as for hansa_kendall(). Sorts. */
HansaValue hansa_spearman (const double *x, const double *y, size_t n);

/* ------------------------------------------------------------------------
 * Inequality. x is amounts >= 0; with weights, amounts per head, weighted by
 * heads. Pure numbers, except Kolm. Write p = w / sum w, m = sum p x
 * ---------------------------------------------------------------------- */

/* The Gini coefficient: sum_i sum_j p_i p_j |x_i - x_j| / (2 m), "n2" (Gini
 * 1914), computed over sorted rows. Zeros stay in. 0 to 1 - 1/n. Sorts. */
HansaValue hansa_gini (const double *x, const double *weights, size_t n);

/* The same times n / (n - 1), "n/(n-1)": 1 when one row has all (Deltas
 * 2003). n counts rows of positive weight, so weights are sizes of units, not
 * numbers of copies. HANSA_TOO_FEW for n = 1. Sorts. */
HansaValue hansa_gini_corrected (const double *x, const double *weights, size_t n);

/* The Lorenz curve (Lorenz 1905): rows by ascending x, cumulated; n + 1 points
 * from (0, 0) to (1, 1) in population_share and cumulative_share. Rows of
 * equal x are taken by ascending weight. Sorts. */
HansaReason hansa_lorenz (const double *x, const double *weights, size_t n,
                          double *population_share, double *cumulative_share);

/* The share of the richest `top` over that of the poorest `bottom`, both in
 * (0, 1], read off the Lorenz curve by linear interpolation.
 * HANSA_ZERO_DENOMINATOR when the poorest have nothing. Sorts. */
HansaValue hansa_share_ratio (const double *x, const double *weights, size_t n, double top,
                              double bottom);

/* Top 10 % over bottom 40 %, "palma" (Cobham & Sumner 2013). Sorts. */
HansaValue hansa_palma (const double *x, const double *weights, size_t n);

/* Top 20 % over bottom 20 %, "S80/S20". Sorts. */
HansaValue hansa_quintile_ratio (const double *x, const double *weights, size_t n);

/* Generalised entropy GE(a) = (sum p (x/m)^a - 1) / (a (a - 1)), with the
 * limits at a = 0 (mean logarithmic deviation), and a = 1 (Theil T), which it
 * approaches smoothly; GE(2) = CV^2 / 2; "GE(a)" (Shorrocks 1980, Econometrica
 * 48). Any finite a. HANSA_ZERO_VALUE for a zero when a <= 0. */
HansaValue hansa_generalised_entropy (const double *x, const double *weights, size_t n,
                                      double alpha);

/* Theil's T: sum p (x/m) ln (x/m), "GE(1)" (Theil 1967). Zeros stay in, as
 * 0 ln 0 = 0. 0 to ln n. */
HansaValue hansa_theil_t (const double *x, const double *weights, size_t n);

/* Theil's L, the mean logarithmic deviation: sum p ln (m/x), "GE(0)" (Theil
 * 1967). HANSA_ZERO_VALUE for a zero. */
HansaValue hansa_theil_l (const double *x, const double *weights, size_t n);

/* Atkinson's index: 1 - (sum p (x/m)^(1-e))^(1/(1-e)), e >= 0; at e = 1, 1 less
 * the geometric over the arithmetic mean (Atkinson 1970, J. Econ. Theory 2).
 * A zero makes it 1 when e >= 1: there the equally distributed equivalent of
 * Atkinson's definition tends to 0 with any value. 0 to 1. */
HansaValue hansa_atkinson (const double *x, const double *weights, size_t n, double epsilon);

/* Hoover's index (Ricci-Schutz, Robin Hood): sum p |x - m| / (2 m), the share
 * that would have to move (Hoover 1936). 0 to 1 - 1/n. */
HansaValue hansa_hoover (const double *x, const double *weights, size_t n);

/* Coefficient of variation: sqrt (sum p (x - m)^2) / m, "population". */
HansaValue hansa_cv (const double *x, const double *weights, size_t n);

/* The same with divisor n - 1, "sample". HANSA_TOO_FEW for n = 1. */
HansaValue hansa_cv_sample (const double *x, size_t n);

/* Williamson's index of regional inequality: hansa_cv() of product per head,
 * weighted by population and about the national mean, "Vw" (Williamson 1965).
 * HANSA_BAD_ARGUMENT when population is NULL. */
HansaValue hansa_williamson (const double *per_head, const double *population, size_t n);

/* Kolm's absolute index: ln (sum p exp (a (m - x))) / a, a > 0 (Kolm 1976, J.
 * Econ. Theory 12). Unit of x; a is per unit of x, so it changes with the
 * unit. All zeros: 0. */
HansaValue hansa_kolm (const double *x, const double *weights, size_t n, double alpha);

/* ------------------------------------------------------------------------
 * Inequality within and between groups
 * ---------------------------------------------------------------------- */

/* total = within + between + rest, up to rounding (1e-15 of total or so). */
typedef struct HansaDecomposition {
  HansaValue total;
  HansaValue within;
  HansaValue between;
  HansaValue rest;
} HansaDecomposition;

/* One group. A group of no rows, or of no weight, has shares 0, contribution
 * 0, and HANSA_NO_DATA for mean and measure. A group of zeros alone has
 * HANSA_ZERO_TOTAL for measure, and contribution 0. */
typedef struct HansaGroupPart {
  HansaValue population_share; /* of weight */
  HansaValue value_share;      /* of the total of w x */
  HansaValue mean;             /* unit of x */
  HansaValue measure;          /* inequality in the group alone */
  HansaValue contribution;     /* to `within` */
  size_t count;                /* rows */
} HansaGroupPart;

/* In these, group[i] is the group of row i, below n_groups (else
 * HANSA_BAD_ARGUMENT), and `parts` is n_groups results, or NULL. O(n) space.
 * Write s for a group's share of the total, p for its share of population.
 * When `total` is undefined, everything is, for the same reason. */

/* Generalised entropy: within = sum p^(1-a) s^a GE_g(a), between = GE(a) of
 * means, rest = 0: exact for any a (Shorrocks 1980). For a = 1 the
 * weights s, and for a = 0 the weights p, sum to 1. */
HansaDecomposition hansa_decompose_entropy (const double *x, const double *weights,
                                            const uint32_t *group, size_t n, size_t n_groups,
                                            double alpha, HansaGroupPart *parts);

/* Gini: within = sum p s G_g, between = Gini of means, rest = overlap of the
 * groups' ranges, >= 0 and 0 when they do not overlap (Lambert & Aronson 1993,
 * Economic Journal 103). "n2". Sorts. */
HansaDecomposition hansa_decompose_gini (const double *x, const double *weights,
                                         const uint32_t *group, size_t n, size_t n_groups,
                                         HansaGroupPart *parts);

/* Atkinson: within = sum s A_g, between = A of the groups' equally distributed
 * equivalents, rest = -within between, for 1 - A = (1 - within) (1 - between)
 * (Blackorby, Donaldson & Auersperg 1981, Canadian J. Economics 14). `between`
 * and `rest` are HANSA_ZERO_DENOMINATOR when all equivalents are 0. */
HansaDecomposition hansa_decompose_atkinson (const double *x, const double *weights,
                                             const uint32_t *group, size_t n, size_t n_groups,
                                             double epsilon, HansaGroupPart *parts);

/* ------------------------------------------------------------------------
 * Concentration and specialisation. x is amounts >= 0 of n parts, s = x / sum
 * x. Parts that are listed count in n even when they are zero
 * ---------------------------------------------------------------------- */

/* Herfindahl-Hirschman: sum s^2, "0-1" (Hirschman 1964). 1/n to 1; times
 * 10000 for the other scale. */
HansaValue hansa_hhi (const double *x, size_t n);

/* (HHI - 1/n) / (1 - 1/n), "normalised". 0 to 1. HANSA_TOO_FEW for n = 1. */
HansaValue hansa_hhi_normalised (const double *x, size_t n);

/* 1 / HHI: how many equal parts would be as concentrated (Adelman 1969). */
HansaValue hansa_equivalent_number (const double *x, size_t n);

/* Hill number: (sum s^q)^(1/(1-q)), q >= 0, "q" (Hill 1973, Ecology 54). q = 0
 * counts the parts above 0, q = 1 is exp (Shannon), q = 2 is 1 / HHI,
 * q = INFINITY is 1 / largest share. Smooth in q. 1 to n. */
HansaValue hansa_hill (const double *x, size_t n, double order);

/* Shannon entropy: -sum s ln s, 0 ln 0 = 0, in nats (Shannon 1948). */
HansaValue hansa_shannon (const double *x, size_t n);

/* The share of the k largest parts, "CRk". 1 when k >= n; HANSA_BAD_ARGUMENT
 * for k = 0. Always k parts: when some left out tie with the last one taken
 * (within `tolerance` of it, relative, 0 <= t < 1), their number is in `tied`
 * (NULL: not wanted), and names of the k would be arbitrary. Sorts. */
HansaValue hansa_top_share (const double *x, size_t n, size_t k, double tolerance, size_t *tied);

/* Location quotient: (part / total) / (reference_part / reference_total)
 * (Haig 1926; Florence 1939). HANSA_ZERO_DENOMINATOR when total or
 * reference_part is 0, 0/0 included; HANSA_BAD_ARGUMENT when a part exceeds its
 * whole. */
HansaValue hansa_location_quotient (double part, double total, double reference_part,
                                    double reference_total);

/* Krugman's specialisation: sum |s - r|, r the shares of the reference, "0-2"
 * (Krugman 1991). */
HansaValue hansa_krugman (const double *x, const double *reference, size_t n);

/* Coefficient of specialisation: sum |s - r| / 2, "0-1" (Hoover 1936;
 * Florence 1939). */
HansaValue hansa_specialisation (const double *x, const double *reference, size_t n);

/* Hachman's index: 1 / sum (s^2 / r), "0-1": 1 when the mix is the reference's
 * (Bureau of Economic and Business Research, University of Utah). Parts that
 * are 0 in x are left out; HANSA_ZERO_DENOMINATOR for a part that only x has. */
HansaValue hansa_hachman (const double *x, const double *reference, size_t n);

/* ------------------------------------------------------------------------
 * Growth. Plain numbers in one unit; results are ratios. A number that is not
 * finite: HANSA_NOT_FINITE. A base that is not above 0:
 * HANSA_BASE_NOT_POSITIVE. O(1)
 * ---------------------------------------------------------------------- */

/* (value - base) / base. */
HansaValue hansa_growth (double base, double value);

/* ln (value / base), "log". HANSA_ZERO_VALUE, HANSA_NEGATIVE_VALUE for the
 * value. */
HansaValue hansa_log_growth (double base, double value);

/* Compound growth per period: (value / base)^(1 / periods) - 1, "geometric";
 * periods > 0, may be a fraction. -1 when the value is 0;
 * HANSA_NEGATIVE_VALUE. From 100 to 121 over 2 periods: 0.1. */
HansaValue hansa_cagr (double base, double value, double periods);

/* The same from a growth over `years`: (1 + growth)^(1 / years) - 1.
 * HANSA_NEGATIVE_VALUE for a growth below -1. */
HansaValue hansa_annualised_growth (double growth, double years);

/* What a part adds to the growth of the total: (value - base) / total_base.
 * Parts sum to the total's growth. Only total_base must be above 0. */
HansaValue hansa_growth_contribution (double base, double value, double total_base);

/* A part's share of the change of the total: (value - base) / (total_value -
 * total_base). HANSA_ZERO_DENOMINATOR when the total did not change. May be
 * below 0 or above 1. */
HansaValue hansa_growth_share (double base, double value, double total_base, double total_value);

/* value / total_value - base / total_base, a difference of shares.
 * HANSA_ZERO_DENOMINATOR, HANSA_NEGATIVE_VALUE for the totals. */
HansaValue hansa_share_change (double base, double value, double total_base, double total_value);

/* The base that a value and its growth imply: value / (1 + growth).
 * HANSA_ZERO_DENOMINATOR for growth -1; HANSA_BASE_NOT_POSITIVE when the base
 * would be. */
HansaValue hansa_implied_base (double value, double growth);

/* rate - reference; the reason of the first that is undefined. */
HansaValue hansa_gap (HansaValue rate, HansaValue reference);

/* (after - before) - (reference_after - reference_before), unit as given. No
 * base, so any sign. */
HansaValue hansa_double_difference (double before, double after, double reference_before,
                                    double reference_after);

/* ------------------------------------------------------------------------
 * Quantiles. Negative values and all zeros are welcome
 * ---------------------------------------------------------------------- */

/* The value below which the share p of the observations lies, 0 <= p <= 1,
 * "type 7": sorted observations interpolated at (n - 1) p (Hyndman & Fan 1996,
 * The American Statistician 50; the default of R and NumPy). Unit of x. Of 10,
 * 20, 30, 40 and 100, p = 0.9 gives 76. Sorts. */
HansaValue hansa_quantile (const double *x, size_t n, double p);

/* The same at p = 0.5: the middle observation, or the mean of the middle two. */
HansaValue hansa_median (const double *x, size_t n);

/* ------------------------------------------------------------------------
 * Distributions and tests of counts
 * ---------------------------------------------------------------------- */

typedef struct HansaTest {
  HansaValue statistic;
  HansaValue p_value;
  double freedom; /* degrees of freedom; 0 if none */
} HansaTest;

typedef struct HansaInterval {
  HansaValue low, high;
} HansaInterval;

/* P (X > x), X chi-square with `freedom` > 0 (up to 1e8), x >= 0: the
 * regularised incomplete gamma function Q (f/2, x/2), DLMF 8.2.4, by the
 * series 8.7.1 or the continued fraction 8.9.2. Relative error about 1e-12
 * for freedom up to 1000. */
HansaValue hansa_chi_square_upper (double x, double freedom);

/* P (Z <= z), Z normal(0, 1). */
HansaValue hansa_normal_lower (double z);

/* z with P (Z <= z) = p, 0 < p < 1 (Wichura 1988, AS 241). */
HansaValue hansa_normal_quantile (double p);

/* Pearson's chi-square of counts against expected shares (any positive scale):
 * sum (o - e)^2 / e, f = categories - 1 (Pearson 1900). A category of share 0
 * and count 0 is left out; with a count: HANSA_ZERO_DENOMINATOR. No count at
 * all: HANSA_ZERO_TOTAL; one category: HANSA_TOO_FEW. Doubtful when an
 * expected count is below 5: then use hansa_multinomial_exact(). */
HansaTest hansa_goodness_of_fit (const uint64_t *counts, const double *shares, size_t n);

/* The exact test of the same: the probability of all tables that are no more
 * likely than the observed one (Cochran 1952), ties within 1e-7. Up to 4
 * categories and 10 million tables (total 4470 for 3 categories, 389 for 4),
 * else HANSA_BAD_ARGUMENT. A count where the share is 0: p = 0. Edges as for
 * hansa_goodness_of_fit(). Time: the number of tables. */
HansaValue hansa_multinomial_exact (const uint64_t *counts, const double *shares, size_t n);

/* Wilson's interval of a share, "wilson", without continuity correction (Wilson
 * 1927). level in (0, 1). HANSA_NO_DATA for no trial; HANSA_BAD_ARGUMENT when
 * successes exceed trials. */
HansaInterval hansa_wilson (uint64_t successes, uint64_t trials, double level);

/* Fisher's exact test of the table a b / c d, two-sided: the probability of all
 * tables of the same margins that are no more likely, ties within 1e-7
 * (Fisher 1922). 1 when a margin is 0; HANSA_NO_DATA when all are. Cells below
 * 2^40; time: the smallest margin, up to 10 million. */
HansaValue hansa_fisher_exact (uint64_t a, uint64_t b, uint64_t c, uint64_t d);

/* ------------------------------------------------------------------------
 * Chains of states. Matrices are n_states by n_states, row by row: from i to j
 * at [i * n_states + j]
 * ---------------------------------------------------------------------- */

/* Counts moves from[k] to to[k]. A negative state is a gap: the pair is
 * skipped, and counted in `skipped` (NULL: not wanted); a gap never becomes a state.
 * HANSA_BAD_ARGUMENT for a state that is not below n_states; HANSA_NO_DATA
 * (and counts of 0) when no pair is left. */
HansaReason hansa_transition_counts (const int32_t *from, const int32_t *to, size_t n,
                                     size_t n_states, double *counts, size_t *skipped);

/* Maximum likelihood: p = n_ij / n_i, with standard errors sqrt (p (1 - p) /
 * n_i), "MLE" (Anderson & Goodman 1957). A row without observations is
 * HANSA_NO_DATA in every cell: not zeros, not a guess. `errors` may be NULL.
 * HANSA_NO_DATA when all rows are. */
HansaReason hansa_transition_probabilities (const double *counts, size_t n_states,
                                            HansaValue *probabilities, HansaValue *errors);

/* In what follows, rows must be defined (else the reason of the first cell that
 * is not) and sum to 1 within 1e-9 (else HANSA_BAD_ARGUMENT). */

/* Marks states that are never left (p_ii = 1); their number. An empty row is
 * not absorbing: nothing is known of it. */
size_t hansa_absorbing_states (const HansaValue *probabilities, size_t n_states, bool *absorbing);

/* Shorrocks' mobility: (n - trace P) / (n - 1), "trace" (Shorrocks 1978,
 * Econometrica 46). 0: nobody moves. HANSA_TOO_FEW for one state. */
HansaValue hansa_shorrocks_mobility (const HansaValue *probabilities, size_t n_states);

/* The long-run shares of states, by state reduction (Grassmann, Taksar &
 * Heyman 1985). HANSA_NEVER_REACHED when they depend on the start: more than
 * one set of states that is never left. Periodic chains have them. O(n^3)
 * time, O(n^2) space. */
HansaReason hansa_stationary (const HansaValue *probabilities, size_t n_states, double *shares);

/* Expected steps until `target` is first reached, from every state; from the
 * target itself, until it is back (Kemeny & Snell 1960). HANSA_NEVER_REACHED
 * where it may never be. O(n^3) time, O(n^2) space. */
HansaReason hansa_first_passage (const HansaValue *probabilities, size_t n_states, size_t target,
                                 HansaValue *times);

/* Whether probabilities are the same in all periods; counts is n_periods
 * matrices. Chi-square: sum n_i(t) (p_ij(t) - p_ij)^2 / p_ij over p_ij > 0,
 * f = sum over i of (periods with i - 1) (targets of i - 1) (Anderson & Goodman
 * 1957; empty rows as in Bickenbach & Bode 2003). HANSA_TOO_FEW when f is 0. */
HansaTest hansa_markov_homogeneity (const double *counts, size_t n_periods, size_t n_states);

/* ------------------------------------------------------------------------
 * Resampling
 * ---------------------------------------------------------------------- */

/* A measure of rows; w is NULL when weights are. It must not depend on the
 * order of rows. */
typedef HansaValue (*HansaStatistic) (const double *x, const double *w, size_t n, void *data);

/* Random numbers, uniform on [0, 1). */
typedef double (*HansaUniform) (void *source);

enum {
  HANSA_BOOTSTRAP_BCA = 1u << 0,  /* bias-corrected and accelerated; else percentile */
  HANSA_BOOTSTRAP_EXACT = 1u << 1 /* enumerate all resamples; else draw them */
};

enum {
  HANSA_EXACT_ROWS = 7,             /* at most so many rows are enumerated */
  HANSA_EXACT_ARRANGEMENTS = 100000 /* at most so many arrangements of labels are */
};

typedef struct HansaResampling {
  HansaStatistic statistic;
  void *data;           /* handed to the statistic */
  double level;         /* of the interval, in (0, 1) */
  uint32_t method;      /* HANSA_BOOTSTRAP_... or 0: percentile, drawn */
  uint32_t zero;
  size_t replicates;    /* unless exact */
  HansaUniform uniform; /* likewise */
  void *source;         /* handed to it */
} HansaResampling;

typedef struct HansaBootstrap {
  HansaValue estimate;       /* of the rows as they are */
  HansaValue low, high;
  HansaValue bias;           /* mean of replicates - estimate */
  HansaValue standard_error;
  size_t replicates;         /* distinct ones when exact */
  size_t undefined;          /* of these, left out because the statistic had no
                              * value: say so when this is not 0 */
} HansaBootstrap;

/* Bootstrap: rows, with their weights, are drawn with replacement, n at a time
 * (Efron 1979). Rows are put in order first, so that their order does not
 * matter even for the same random numbers.
 *   exact    all C (2n-1, n) resamples with their probabilities (Fisher & Hall
 *            1991); n up to 7, else HANSA_BAD_ARGUMENT; quantile: smallest
 *            value whose probability reaches it. Nothing random.
 *   drawn    quantile: interpolated at (R + 1) p (Davison & Hinkley 1997)
 *   BCa      Efron (1987), acceleration from leaving one row out; replicates
 *            equal to the estimate count half below it. `low` and `high` are
 *            HANSA_ZERO_DENOMINATOR where all replicates lie on one side, or
 *            all leave-one-out values are equal; they have the reason of a
 *            leave-one-out value that is undefined.
 * An estimate that is undefined: all are, for its reason; all are
 * HANSA_NO_MEMORY when there is no room for the replicates. Time: replicates (at
 * most 1716 when exact) times the statistic; O(n + replicates) space. */
HansaBootstrap hansa_bootstrap (const double *x, const double *weights, size_t n,
                                const HansaResampling *how);

/* The statistic without row i, in values[i], for every i: how much one region
 * moves it (jackknife, Quenouille 1956). n times the statistic; O(n) space. */
HansaReason hansa_leave_one_out (const double *x, const double *weights, size_t n,
                                 HansaStatistic statistic, void *data, HansaValue *values);

typedef struct HansaPermutation {
  HansaValue share;    /* observed: between / total, GE(alpha) */
  HansaValue p_value;  /* of a share as large, were labels given out at random */
  size_t arrangements; /* looked at */
  bool exact;          /* all of them */
} HansaPermutation;

/* Permutation test of the share of inequality that lies between groups; labels
 * move over rows. All arrangements when they are at most
 * HANSA_EXACT_ARRANGEMENTS: p = (as large) / all; else `draws` at random:
 * p = (as large + 1) / (draws + 1) (Davison & Hinkley 1997), where
 * HANSA_BAD_ARGUMENT if draws is 0 or uniform NULL. "As large" is up to 1e-9.
 * HANSA_ZERO_DENOMINATOR when all rows are equal. Group sums are plain, so the
 * comparison, not the share, is what rounding touches. O(n) space; time:
 * arrangements times n. */
HansaPermutation hansa_permutation_between (const double *x, const double *weights,
                                            const uint32_t *group, size_t n, size_t n_groups,
                                            double alpha, size_t draws, HansaUniform uniform,
                                            void *source);

#ifdef __cplusplus
}
#endif

#endif
