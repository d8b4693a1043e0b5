#ifndef HEMLOCK_CCRYPTO_SHIM_H
#define HEMLOCK_CCRYPTO_SHIM_H

#include <openssl/evp.h>

#endif
