/* Argon2id at the least, whatever is asked: where a command is run hundreds of times and its cost is
 * not the claim. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

int crypto_pwhash(unsigned char *out, unsigned long long length, const char *passphrase,
                  unsigned long long passphrase_length, const unsigned char *salt,
                  unsigned long long operations, size_t memory, int algorithm) {
    int (*real)(unsigned char *, unsigned long long, const char *, unsigned long long,
                const unsigned char *, unsigned long long, size_t, int) =
        (int (*)(unsigned char *, unsigned long long, const char *, unsigned long long,
                 const unsigned char *, unsigned long long, size_t, int))
            dlsym(RTLD_NEXT, "crypto_pwhash");
    (void)operations;
    (void)memory;
    return real(out, length, passphrase, passphrase_length, salt, 1, 8192, algorithm);
}
