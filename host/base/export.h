/* SPDX-License-Identifier: MIT
 *
 * Everything in the host is hidden but for what an engine module calls back.
 */
#pragma once

#define HANSA_FOR_ENGINES __attribute__ ((visibility ("default")))
