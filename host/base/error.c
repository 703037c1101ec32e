/* SPDX-License-Identifier: MIT */
#include "base/error.h"

G_DEFINE_QUARK (hansa - host - error - quark, hansa_host_error)
