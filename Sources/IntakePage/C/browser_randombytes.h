#ifndef browser_randombytes_H
#define browser_randombytes_H

/* libsodium's own hook for another source of randomness: crypto.getRandomValues. */
struct randombytes_implementation;
extern const struct randombytes_implementation browser_randombytes;

#endif
