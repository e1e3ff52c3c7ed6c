/* Stands between a program and the disk: makes the n-th write, truncation, sync or rename fail, or
 * the n-th file that is opened, made or removed; does the n-th write by half; writes all of them
 * down; or moves the clock. Preloaded by the tests, which build it themselves.
 *
 * Only files below the folder given to shim_arm are watched, and only in the process that armed it.
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
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITES, HALVES, NAMES }; /* what is counted, and may fail */

static char folder[4096];
static int kind;
static long calls, fails_at; /* 0: never */
static int fails_with, for_good, journal = -1;
static char clock_file[4096];

/* From the n-th watched call of a kind on (or only at it) `error` is what comes back; HALVES: the
 * n-th write is done by half, and if it lasts, those after it fail. `log` may be NULL. */
void shim_arm(const char *below, long nth, int what, int error, int lasting, const char *log)
{
    snprintf(folder, sizeof folder, "%s/", below);
    kind = what, calls = 0, fails_at = nth, fails_with = error, for_good = lasting;
    if (log != NULL)
        journal = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

/* The seconds by which the clock is wrong are read from this file whenever somebody asks the time. */
void shim_clock(const char *path) { snprintf(clock_file, sizeof clock_file, "%s", path); }

long shim_calls(void) { return calls; }

static int watched(const char *path)
{
    return folder[0] != 0 && strncmp(path, folder, strlen(folder)) == 0 &&
           strstr(path, "-shm") == NULL;
}

static int path_of(int fd, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    path[length < 0 ? 0 : length] = 0;
    return folder[0] != 0 && length > 0 && strncmp(path, folder, strlen(folder) - 1) == 0;
}

/* Where a name is that is told from an open folder; an absolute one is told as it stands. */
static const char *whole_name(int at, const char *name, char *path)
{
    char beginning[4096];
    if (at == AT_FDCWD || name[0] == '/' || !path_of(at, beginning))
        return name;
    snprintf(path, 8200, "%s/%s", beginning, name);
    return path;
}

static int failing(int what)
{
    if (what != kind)
        return 0;
    calls++;
    if (fails_at == 0 || (for_good ? calls < fails_at : calls != fails_at))
        return 0;
    if (fails_with < 0) /* the end of the process, in place of an error */
        syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    errno = fails_with;
    return 1;
}

/* How many of these bytes are written: all of them, half of them, or -1 and none. */
static ssize_t allowed(size_t size)
{
    if (kind != HALVES)
        return failing(WRITES) ? -1 : (ssize_t)size;
    calls++;
    if (fails_at != 0 && calls == fails_at)
        return (size + 1) / 2;
    if (fails_at == 0 || calls < fails_at || !for_good)
        return size;
    errno = fails_with;
    return -1;
}

/* One entry: "what offset size path other\n" with tabs between, then the bytes. */
static void note(const char *what, const char *path, const char *other, long at, const void *data,
                 size_t size)
{
    char head[9000];
    if (journal < 0)
        return;
    int length = snprintf(head, sizeof head, "%s\t%ld\t%zu\t%s\t%s\n", what, at, size, path, other);
    struct iovec parts[2] = {{head, length}, {(void *)data, data == NULL ? 0 : size}};
    syscall(SYS_writev, journal, parts, 2);
}

ssize_t write(int fd, const void *data, size_t size)
{
    char path[4096];
    int seen = folder[0] != 0 && path_of(fd, path);
    ssize_t most = seen ? allowed(size) : (ssize_t)size;
    if (most < 0)
        return -1;
    off_t at = seen ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = syscall(SYS_write, fd, data, most);
    if (done > 0 && seen)
        note("write", path, "", at, data, done);
    else if (done > 0 && fd == 1)
        note("said", "", "", 0, data, done);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    char path[4096];
    int seen = path_of(fd, path);
    ssize_t most = seen ? allowed(size) : (ssize_t)size;
    if (most < 0)
        return -1;
    ssize_t done = syscall(SYS_pwrite64, fd, data, most, at);
    if (done > 0 && seen)
        note("write", path, "", at, data, done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) { return pwrite(fd, data, size, at); }

int ftruncate(int fd, off_t size)
{
    char path[4096];
    int seen = path_of(fd, path);
    if (seen && failing(WRITES))
        return -1;
    int done = syscall(SYS_ftruncate, fd, size);
    if (done == 0 && seen)
        note("cut", path, "", size, NULL, 0);
    return done;
}

int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

static int synced(int fd, long number)
{
    char path[4096];
    int seen = path_of(fd, path);
    if (seen && failing(WRITES))
        return -1;
    int done = syscall(number, fd);
    if (done == 0 && seen)
        note("sync", path, "", 0, NULL, 0);
    return done;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int rename(const char *from, const char *to)
{
    if (watched(to) && failing(WRITES))
        return -1;
    int done = syscall(SYS_rename, from, to);
    if (done == 0 && watched(to))
        note("rename", from, to, 0, NULL, 0);
    return done;
}

static int removed(int at, const char *name, int flags)
{
    char space[8200];
    const char *path = whole_name(at, name, space);
    if (watched(path) && failing(NAMES))
        return -1;
    int done = syscall(SYS_unlinkat, at, name, flags);
    if (done == 0 && watched(path))
        note("unlink", path, "", 0, NULL, 0);
    return done;
}

int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *name, int flags) { return removed(at, name, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdir(const char *path, mode_t mode)
{
    if (watched(path) && failing(NAMES))
        return -1;
    int done = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (done == 0 && watched(path))
        note("folder", path, "", 0, NULL, 0);
    return done;
}

static int opened(int at, const char *name, int flags, mode_t mode)
{
    char space[8200];
    const char *path = whole_name(at, name, space);
    if (watched(path) && failing(NAMES))
        return -1;
    int before = errno, there = syscall(SYS_faccessat, at, name, F_OK) == 0;
    errno = before;
    int fd = syscall(SYS_openat, at, name, flags, mode);
    if (fd >= 0 && watched(path) && (flags & O_CREAT) && !there)
        note("make", path, "", 0, NULL, 0);
    else if (fd >= 0 && watched(path) && (flags & O_TRUNC))
        note("empty", path, "", 0, NULL, 0);
    return fd;
}

#define OPENED(at, name, flags)                                                                     \
    va_list more;                                                                                  \
    va_start(more, flags);                                                                         \
    mode_t mode = va_arg(more, int);                                                               \
    va_end(more);                                                                                  \
    return opened(at, name, flags, mode)

int open(const char *path, int flags, ...) { OPENED(AT_FDCWD, path, flags); }
int open64(const char *path, int flags, ...) { OPENED(AT_FDCWD, path, flags); }
int openat(int at, const char *name, int flags, ...) { OPENED(at, name, flags); }
int openat64(int at, const char *name, int flags, ...) { OPENED(at, name, flags); }

/* Nothing here talks to a network: whoever asks for a socket of the Internet is told no, and counted. */
static long sockets;

long shim_sockets(void) { return sockets; }

int socket(int domain, int type, int protocol)
{
    if (domain != AF_INET && domain != AF_INET6)
        return syscall(SYS_socket, domain, type, protocol);
    sockets++;
    errno = EACCES;
    return -1;
}

/* The ways around write: a program then falls back to it. */
ssize_t sendfile(int out, int in, off_t *at, size_t size)
{
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int out, int in, off_t *at, size_t size) { return sendfile(out, in, at, size); }
ssize_t copy_file_range(int in, off64_t *a, int out, off64_t *b, size_t size, unsigned flags)
{
    errno = ENOSYS;
    return -1;
}

static long wrong_by(void)
{
    char text[32] = "";
    if (clock_file[0] == 0)
        return 0;
    int fd = syscall(SYS_openat, AT_FDCWD, clock_file, O_RDONLY);
    if (fd < 0)
        return 0;
    syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    return atol(text);
}

int clock_gettime(clockid_t which, struct timespec *now)
{
    int done = syscall(SYS_clock_gettime, which, now);
    if (done == 0 && which == CLOCK_REALTIME)
        now->tv_sec += wrong_by();
    return done;
}
