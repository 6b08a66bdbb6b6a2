/* type-keys LENGTH COUNT COMMAND [ARGUMENT…]: runs an interactive shell on a terminal of its own, types a line of LENGTH
   characters and then COUNT keys, and prints the line's length and the median of the nanoseconds from a key to the last byte
   that the shell writes for it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* So long nothing comes when a key is done with; a prompt may take longer. In milliseconds. */
enum { silence = 40, first_silence = 1500, most_keys = 100000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int start(char **command, pid_t *child) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) return -1;
  const char *name = ptsname(master);
  struct winsize size = {.ws_row = 50, .ws_col = 120};
  *child = name ? fork() : -1;
  if (*child != 0) return *child < 0 ? -1 : master;
  setsid();
  int terminal = open(name, O_RDWR);
  if (terminal < 0) _exit(127);
  ioctl(terminal, TIOCSCTTY, 0);
  ioctl(terminal, TIOCSWINSZ, &size);
  for (int number = 0; number < 3; number++) dup2(terminal, number);
  close(master);
  execvp(command[0], command);
  _exit(127);
}

/* Reads until nothing comes for a while; answers when the last byte came, or 0 if none did. */
static double read_until_silent(int master, int patience) {
  char buffer[65536];
  double last = 0;
  struct pollfd poller = {.fd = master, .events = POLLIN};
  while (poll(&poller, 1, patience) > 0) {
    if (read(master, buffer, sizeof buffer) <= 0) break;
    last = now();
  }
  return last;
}

static void type(int master, const char *text, size_t length) {
  while (length > 0) {
    ssize_t count = write(master, text, length);
    if (count < 0 && errno != EINTR) exit(1);
    if (count > 0) text += count, length -= (size_t)count;
  }
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

int main(int argc, char **argv) {
  static const char part[] = "where .payload.amount > 100 and .status == \"failed\" | ";
  static double times[most_keys];
  long length = argc > 3 ? strtol(argv[1], NULL, 10) : 0, count = argc > 3 ? strtol(argv[2], NULL, 10) : 0;
  if (length < 1 || count < 1 || count > most_keys) {
    fputs("usage: type-keys LENGTH COUNT COMMAND [ARGUMENT...]\n", stderr);
    return 2;
  }
  pid_t child;
  int master = start(argv + 3, &child);
  if (master < 0) {
    perror("type-keys");
    return 1;
  }
  read_until_silent(master, first_silence);
  /* Not all at once: what does not fit the terminal's buffer would be lost. */
  for (long typed = 0; typed < length; typed++) {
    type(master, typed < 14 ? "events list | " + typed : part + (typed - 14) % (long)(sizeof part - 1), 1);
    if (typed % 100 == 99) read_until_silent(master, silence);
  }
  read_until_silent(master, first_silence);
  for (long key = 0; key < count; key++) {
    double begun = now();
    /* A letter and its removal, so that the line stays as long as it is. */
    type(master, key % 2 == 0 ? "x" : "\x7f", 1);
    double ended = read_until_silent(master, silence);
    if (ended == 0) {
      fputs("type-keys: a key was not answered\n", stderr);
      kill(child, SIGKILL);
      return 1;
    }
    times[key] = ended - begun;
  }
  /* Ctrl-U and Ctrl-D. */
  type(master, "\x15\x04", 2);
  close(master);
  kill(child, SIGHUP);
  int status;
  waitpid(child, &status, 0);
  qsort(times, (size_t)count, sizeof *times, compare);
  printf("%ld\n%.0f\n", length, times[count / 2]);
  return 0;
}
