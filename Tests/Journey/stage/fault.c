/* A disk that fails, and a machine that ends, at a chosen moment.
 *
 * FAULT_AT    the number of the call that is struck, from 1; only calls that change a plain file or
 *             a folder count
 * FAULT_HOW   EIO, ENOSPC, EROFS, EACCES: the call fails so; KILL: the process ends before it;
 *             TORN: half of a write comes to the disk and the process ends (before any other call)
 * FAULT_LASTS set: every later call fails so too
 * FAULT_SAYS  a file, to which a line is appended for the call that was struck
 * FAULT_COUNT a file, to which a process that ends by itself writes how many calls there were
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static long calls = 0;

static const char *said(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static void report(long number, const char *what, const char *where) {
    const char *path = said("FAULT_SAYS");
    if (!*path) return;
    long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    char line[600];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", number, what, where);
    if (length > (int)sizeof line - 1) length = sizeof line - 1;
    syscall(SYS_write, file, line, length);
    syscall(SYS_close, file);
}

__attribute__((destructor)) static void count(void) {
    const char *path = said("FAULT_COUNT");
    if (!*path) return;
    long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return;
    char line[32];
    syscall(SYS_write, file, line, snprintf(line, sizeof line, "%ld", calls));
    syscall(SYS_close, file);
}

static void end(void) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
}

/* Whether this call fails; errno says how. `torn` does what half of it does before the end. */
static int struck(const char *what, const char *where, void (*torn)(void *), void *with) {
    long at = atol(said("FAULT_AT"));
    long number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (at < 1 || number < at || (number > at && !*said("FAULT_LASTS"))) return 0;
    if (number == at) report(number, what, where);
    const char *how = said("FAULT_HOW");
    if (!strcmp(how, "TORN") && torn) torn(with);
    if (!strcmp(how, "KILL") || !strcmp(how, "TORN")) end();
    errno = !strcmp(how, "ENOSPC") ? ENOSPC
          : !strcmp(how, "EROFS")  ? EROFS
          : !strcmp(how, "EACCES") ? EACCES
                                   : EIO;
    return 1;
}

/* Descriptors of plain files and folders alone; what a command says is not its work. */
static int counts(int file) {
    struct stat found;
    return file > 2 && fstat(file, &found) == 0
        && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
}

static const char *name_of(int file, char *space, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, space, size - 1);
    space[length < 0 ? 0 : length] = 0;
    return space;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define STRUCK_FILE(what, file)                                                                    \
    char space[512];                                                                               \
    if (counts(file) && struck(what, name_of(file, space, sizeof space), NULL, NULL)) return -1

struct piece { int file; const void *bytes; size_t count; off_t at; };

static void half(void *given) {
    struct piece *piece = given;
    if (piece->at < 0) syscall(SYS_write, piece->file, piece->bytes, piece->count / 2);
    else syscall(SYS_pwrite64, piece->file, piece->bytes, piece->count / 2, piece->at);
}

#define STRUCK_WRITE(what, file, bytes, count, at)                                                 \
    char space[512];                                                                               \
    struct piece piece = {file, bytes, count, at};                                                 \
    if (counts(file) && struck(what, name_of(file, space, sizeof space), half, &piece)) return -1

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(write);
    STRUCK_WRITE("write", file, bytes, count, -1);
    return real(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    REAL(pwrite);
    STRUCK_WRITE("pwrite", file, bytes, count, at);
    return real(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    REAL(pwrite64);
    STRUCK_WRITE("pwrite", file, bytes, count, at);
    return real(file, bytes, count, at);
}

int fsync(int file) {
    REAL(fsync);
    STRUCK_FILE("fsync", file);
    return real(file);
}

int fdatasync(int file) {
    REAL(fdatasync);
    STRUCK_FILE("fdatasync", file);
    return real(file);
}

int ftruncate(int file, off_t length) {
    REAL(ftruncate);
    STRUCK_FILE("ftruncate", file);
    return real(file, length);
}

int ftruncate64(int file, off64_t length) {
    REAL(ftruncate64);
    STRUCK_FILE("ftruncate", file);
    return real(file, length);
}

int fchmod(int file, mode_t mode) {
    REAL(fchmod);
    STRUCK_FILE("fchmod", file);
    return real(file, mode);
}

int fchown(int file, uid_t user, gid_t group) {
    REAL(fchown);
    STRUCK_FILE("fchown", file);
    return real(file, user, group);
}

#define STRUCK_NAME(what, name)                                                                    \
    if (struck(what, name, NULL, NULL)) return -1

int rename(const char *old, const char *new) {
    REAL(rename);
    STRUCK_NAME("rename", new);
    return real(old, new);
}

int renameat(int from, const char *old, int to, const char *new) {
    REAL(renameat);
    STRUCK_NAME("rename", new);
    return real(from, old, to, new);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    REAL(renameat2);
    STRUCK_NAME("rename", new);
    return real(from, old, to, new, flags);
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    REAL(linkat);
    STRUCK_NAME("link", new);
    return real(from, old, to, new, flags);
}

int unlink(const char *name) {
    REAL(unlink);
    STRUCK_NAME("unlink", name);
    return real(name);
}

int unlinkat(int folder, const char *name, int flags) {
    REAL(unlinkat);
    STRUCK_NAME("unlink", name);
    return real(folder, name, flags);
}

int mkdir(const char *name, mode_t mode) {
    REAL(mkdir);
    STRUCK_NAME("mkdir", name);
    return real(name, mode);
}

/* Opening to write, of what is no device and no window into the kernel. */
static int opens(const char *name, int flags) {
    return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) && strncmp(name, "/dev/", 5)
        && strncmp(name, "/proc/", 6);
}

#define MODE                                                                                       \
    mode_t mode = 0;                                                                               \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                           \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        mode = va_arg(more, mode_t);                                                               \
        va_end(more);                                                                              \
    }                                                                                              \
    if (opens(name, flags) && struck("open", name, NULL, NULL)) return -1

int open(const char *name, int flags, ...) {
    REAL(open);
    MODE;
    return real(name, flags, mode);
}

int open64(const char *name, int flags, ...) {
    REAL(open64);
    MODE;
    return real(name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...) {
    REAL(openat);
    MODE;
    return real(folder, name, flags, mode);
}

int openat64(int folder, const char *name, int flags, ...) {
    REAL(openat64);
    MODE;
    return real(folder, name, flags, mode);
}
