/* The events that the benchmarks work on: the same ones in a file and from a server. */
#include <stddef.h>

/* No event is longer, with the zero byte that ends it. */
enum { longest_event = 768 };

/* Writes event number INDEX as JSON and gives its length. One in ten is failed; its amount lies below 20,000. */
size_t write_event(long index, char text[longest_event]);
