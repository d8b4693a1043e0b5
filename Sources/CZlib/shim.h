#ifndef HEMLOCK_CZLIB_SHIM_H
#define HEMLOCK_CZLIB_SHIM_H

#include <zlib.h>

#endif
