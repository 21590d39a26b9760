/* Makes stamps as an attacker would: natively, on as many cores as the machine has.
 *
 *   stamps TRIES SECONDS [THREADS]
 *
 * prints "stamps hashes seconds-of-cpu": how many stamps of so many tries were made, and what they
 * cost. No memory of libsodium's own is used and nothing is wiped: faster than a page can be. */
#include <pthread.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { parts = 4, memory = 131072 };

static uint64_t most; /* the largest value of a part that holds */
static double end;

struct count {
    uint64_t stamps, hashes;
};

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

/* Work of docs/spec/protocol.md, section 7.2, on tickets of its own. */
static void *work(void *result)
{
    struct count *count = result;
    unsigned char challenge[16] = {7}, subject[32], password[41], out[32];
    while (seconds(CLOCK_MONOTONIC) < end) {
        randombytes_buf(subject, sizeof subject);
        memcpy(password, subject, sizeof subject);
        int found = 0;
        uint64_t nonce = 0;
        while (found < parts && seconds(CLOCK_MONOTONIC) < end) {
            password[32] = found;
            for (int byte = 0; byte < 8; byte++) password[33 + byte] = nonce >> (56 - 8 * byte);
            if (crypto_pwhash(out, sizeof out, (const char *)password, sizeof password, challenge,
                              1, memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
                fputs("too little memory\n", stderr);
                exit(1);
            }
            count->hashes++;
            uint64_t value = 0;
            for (int byte = 0; byte < 8; byte++) value = value << 8 | out[byte];
            nonce = value <= most ? 0 : nonce + 1;
            found += value <= most;
        }
        count->stamps += found == parts;
    }
    return NULL;
}

int main(int count, char **words)
{
    long threads = count > 3 ? atol(words[3]) : sysconf(_SC_NPROCESSORS_ONLN);
    if (count < 3 || atol(words[1]) < 1 || threads < 1 || threads > 256 || sodium_init() < 0) {
        fputs("usage: stamps TRIES SECONDS [THREADS]\n", stderr);
        return 64;
    }
    most = UINT64_MAX / (uint64_t)atol(words[1]);
    end = seconds(CLOCK_MONOTONIC) + atof(words[2]);
    pthread_t running[256];
    struct count counts[256] = {0}, sum = {0};
    for (long at = 0; at < threads; at++) pthread_create(&running[at], NULL, work, &counts[at]);
    for (long at = 0; at < threads; at++) {
        pthread_join(running[at], NULL);
        sum.stamps += counts[at].stamps;
        sum.hashes += counts[at].hashes;
    }
    printf("%lu %lu %.3f\n", sum.stamps, sum.hashes, seconds(CLOCK_PROCESS_CPUTIME_ID));
    return 0;
}
