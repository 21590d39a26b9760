/* A stick as FAT and exFAT are mounted: no modes, no second names, no renaming that replaces
 * nothing, no folder that can be synced. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

int fchmod(int file, mode_t mode) {
    (void)file;
    (void)mode;
    errno = EPERM;
    return -1;
}

int renameat2(int from, const char *old, int to, const char *name, unsigned flags) {
    (void)from;
    (void)old;
    (void)to;
    (void)name;
    (void)flags;
    errno = EINVAL;
    return -1;
}

int linkat(int from, const char *old, int to, const char *name, int flags) {
    (void)from;
    (void)old;
    (void)to;
    (void)name;
    (void)flags;
    errno = EPERM;
    return -1;
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    struct stat found;
    if (fstat(file, &found) == 0 && S_ISDIR(found.st_mode)) {
        errno = EINVAL;
        return -1;
    }
    return real(file);
}
