#ifndef HEMLOCK_CZSTD_SHIM_H
#define HEMLOCK_CZSTD_SHIM_H

#include <zstd.h>

#endif
