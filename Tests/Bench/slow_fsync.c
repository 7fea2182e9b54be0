/* Preloaded into a program, makes its disk slow: each fsync and fdatasync takes
   SLOW_FSYNC_MS longer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

typedef int (*sync_call)(int);

static void wait_as_a_slow_disk(void) {
  const char *setting = getenv("SLOW_FSYNC_MS");
  long milliseconds = setting ? strtol(setting, NULL, 10) : 0;
  if (milliseconds <= 0) return;
  struct timespec left = {milliseconds / 1000, (milliseconds % 1000) * 1000000};
  while (nanosleep(&left, &left) == -1 && errno == EINTR) {
  }
}

static int call_after_waiting(const char *name, int descriptor) {
  sync_call real = (sync_call)dlsym(RTLD_NEXT, name);
  if (!real) {
    errno = ENOSYS;
    return -1;
  }
  wait_as_a_slow_disk();
  return real(descriptor);
}

int fsync(int descriptor) { return call_after_waiting("fsync", descriptor); }

int fdatasync(int descriptor) { return call_after_waiting("fdatasync", descriptor); }
