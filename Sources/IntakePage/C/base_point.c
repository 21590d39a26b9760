/* The multiple of the base point, without libsodium's table of its multiples: that is 30 KB which
   nothing compresses, a quarter of what a phone would fetch. The general multiplication takes as
   long for every scalar too; it is some three times slower, and a visit needs about ten. */
#include "private/ed25519_ref10.h"

void
ge25519_scalarmult_base(ge25519_p3 *h, const unsigned char *a)
{
    /* y = 4/5, x even: RFC 8032, section 5.1. */
    static const unsigned char encoded[32] = {
        0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
        0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
        0x66, 0x66,
    };
    ge25519_p3 base;

    if (ge25519_frombytes(&base, encoded) != 0) {
        __builtin_trap();
    }
    ge25519_scalarmult(h, a, &base);
}
