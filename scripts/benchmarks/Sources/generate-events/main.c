/* generate-events COUNT: prints that many events as JSON Lines. */
#include "events.h"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  long count = argc == 2 ? strtol(argv[1], NULL, 10) : -1;
  if (count < 0) {
    fputs("usage: generate-events COUNT\n", stderr);
    return 2;
  }
  char text[longest_event];
  for (long index = 0; index < count; index++) {
    size_t length = write_event(index, text);
    text[length] = '\n';
    if (fwrite(text, 1, length + 1, stdout) != length + 1) return 1;
  }
  return fflush(stdout) == 0 ? 0 : 1;
}
