/* What libsodium and Swift's runtime ask of a machine, in a browser: bytes nobody can guess, and
   a way to stop. Everything else that a C library would import is kept out by defining it here. */
#include <stddef.h>
#include <stdint.h>

#include "randombytes.h"

__attribute__((import_module("env"), import_name("fill_random"))) void
fill_random(void *bytes, size_t length);

static const char *
browser_name(void)
{
    return "browser";
}

static uint32_t
browser_random(void)
{
    uint32_t number;

    fill_random(&number, sizeof number);
    return number;
}

static void
browser_buf(void *const bytes, const size_t length)
{
    if (length > 0) {
        fill_random(bytes, length);
    }
}

const struct randombytes_implementation browser_randombytes = {
    .implementation_name = browser_name,
    .random = browser_random,
    .buf = browser_buf,
};

/* Seeds Swift's Dictionary and Set. */
void
arc4random_buf(void *bytes, size_t length)
{
    browser_buf(bytes, length);
}

_Noreturn void
abort(void)
{
    __builtin_trap();
}

_Noreturn void
__assert_fail(const char *condition, const char *file, int line, const char *function)
{
    (void) condition, (void) file, (void) line, (void) function;
    __builtin_trap();
}

/* The 128-bit product, which WebAssembly lacks: Swift checks 64-bit products for overflow by it. */
__int128
__multi3(__int128 one, __int128 other)
{
    const uint64_t half = 0xffffffff;
    const uint64_t a = (uint64_t) one, b = (uint64_t) other;
    const uint64_t low = (a & half) * (b & half);
    const uint64_t middle = (a >> 32) * (b & half) + (low >> 32);
    const uint64_t other_middle = (a & half) * (b >> 32) + (middle & half);
    const uint64_t high = (a >> 32) * (b >> 32) + (middle >> 32) + (other_middle >> 32)
        + a * (uint64_t) ((unsigned __int128) other >> 64)
        + b * (uint64_t) ((unsigned __int128) one >> 64);

    return (__int128) ((unsigned __int128) high << 64 | (other_middle << 32 | (low & half)));
}
