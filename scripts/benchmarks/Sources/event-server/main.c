/* event-server COUNT DELAY: a server on loopback that pages through COUNT events and takes replays.
   Prints its port, then serves until standard input ends.

   GET  /api/v1/events?limit=L&cursor=C     a page, at once; every event was written into memory before the first request
   POST /api/v1/events/ID/replay            an event, DELAY milliseconds after the request

   It does as little as can be, on one thread, so that what is measured is its clients. */
#define _GNU_SOURCE /* strcasestr */
#include "events.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 512, longest_request = 16384 };

struct connection {
  int socket;
  size_t used;           /* bytes of the request that have come */
  double due;            /* when a replay is to be answered; 0 when none is */
  char id[64];           /* the event that is replayed */
  char request[longest_request + 1];
};

static char *events;    /* all events, with a comma after each */
static size_t *offsets; /* where each begins, and where the last ends */
static long event_count;
static double delay;
static struct connection *connections[most_connections];
static struct pollfd polls[most_connections + 2];
static int connection_count;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void write_events(void) {
  size_t capacity = 0, end = 0;
  offsets = malloc(((size_t)event_count + 1) * sizeof *offsets);
  for (long index = 0; index < event_count; index++) {
    if (capacity - end < longest_event) {
      capacity = 2 * capacity + ((size_t)1 << 20);
      events = realloc(events, capacity);
    }
    if (!events || !offsets) exit(1);
    offsets[index] = end;
    end += write_event(index, events + end);
    events[end++] = ',';
  }
  offsets[event_count] = end;
}

static bool send_all(int socket, struct iovec *parts, int count) {
  while (count > 0) {
    ssize_t sent = writev(socket, parts, count);
    if (sent < 0 && errno != EINTR) return false;
    for (; count > 0 && sent >= (ssize_t)parts->iov_len; parts++, count--) sent -= (ssize_t)parts->iov_len;
    if (count > 0 && sent > 0) {
      parts->iov_base = (char *)parts->iov_base + sent;
      parts->iov_len -= (size_t)sent;
    }
  }
  return true;
}

/* Sends a body made of three parts. */
static bool answer(int socket, const char *status, const char *start, const char *middle, size_t middle_size,
                   const char *end) {
  char head[256];
  size_t size = strlen(start) + middle_size + strlen(end);
  int length = snprintf(head, sizeof head,
                        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", status, size);
  struct iovec parts[] = {{head, (size_t)length},
                          {(void *)start, strlen(start)},
                          {(void *)middle, middle_size},
                          {(void *)end, strlen(end)}};
  return send_all(socket, parts, 4);
}

static long parameter(const char *target, const char *name, long otherwise) {
  const char *found = strstr(target, name);
  return found ? strtol(found + strlen(name), NULL, 10) : otherwise;
}

static bool send_page(int socket, const char *target) {
  long limit = parameter(target, "limit=", 100), first = parameter(target, "cursor=", 0);
  if (limit < 1) limit = 1;
  if (first < 0 || first > event_count) first = event_count;
  long end = limit < event_count - first ? first + limit : event_count;
  size_t size = offsets[end] - offsets[first];
  char pagination[96];
  if (end < event_count) {
    snprintf(pagination, sizeof pagination, "],\"pagination\":{\"hasMore\":true,\"cursor\":\"%ld\"}}", end);
  } else {
    snprintf(pagination, sizeof pagination, "],\"pagination\":{\"hasMore\":false}}");
  }
  return answer(socket, "200 OK", "{\"data\":[", events + offsets[first], size > 0 ? size - 1 : 0, pagination);
}

/* Deals with the first request in the buffer if it is whole. False when the connection is to be closed. */
static bool serve(struct connection *connection) {
  while (connection->due == 0) {
    connection->request[connection->used] = 0;
    char *head_end = strstr(connection->request, "\r\n\r\n");
    if (!head_end) return connection->used < longest_request;
    const char *length = strcasestr(connection->request, "\ncontent-length:");
    size_t body = length && length < head_end ? strtoul(length + 16, NULL, 10) : 0;
    size_t size = (size_t)(head_end - connection->request) + 4 + body;
    if (body > longest_request || size > longest_request) return false;
    if (connection->used < size) return true;

    char method[8], target[1024];
    if (sscanf(connection->request, "%7s %1023s", method, target) != 2) return false;
    bool is_open = true;
    if (strcmp(method, "POST") == 0 && sscanf(target, "/api/v1/events/%63[^/]/replay", connection->id) == 1) {
      connection->due = now() + delay;
    } else if (strcmp(method, "GET") == 0 && strncmp(target, "/api/v1/events", 14) == 0) {
      is_open = send_page(connection->socket, target);
    } else {
      const char *text = "{\"error\":\"not found\",\"code\":\"NOT_FOUND\"}";
      is_open = answer(connection->socket, "404 Not Found", text, "", 0, "");
    }
    if (!is_open) return false;
    connection->used -= size;
    memmove(connection->request, connection->request + size, connection->used);
  }
  return true;
}

static bool finish_replay(struct connection *connection) {
  connection->due = 0;
  return answer(connection->socket, "200 OK", "{\"id\":\"", connection->id, strlen(connection->id),
                "\",\"status\":\"pending\"}") &&
         serve(connection);
}

static bool receive(struct connection *connection) {
  ssize_t got = read(connection->socket, connection->request + connection->used, longest_request - connection->used);
  if (got <= 0) return got < 0 && errno == EINTR;
  connection->used += (size_t)got;
  return serve(connection);
}

static void accept_connection(int listener) {
  int socket = accept(listener, NULL, NULL), yes = 1;
  if (socket < 0) return;
  struct connection *connection = connection_count < most_connections ? calloc(1, sizeof *connection) : NULL;
  if (!connection) {
    close(socket);
    return;
  }
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  connection->socket = socket;
  connections[connection_count++] = connection;
}

static void close_connection(int index) {
  close(connections[index]->socket);
  free(connections[index]);
  connections[index] = connections[--connection_count];
}

static int listen_on_loopback(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 512) < 0 ||
      getsockname(listener, (struct sockaddr *)&address, &size) < 0) {
    perror("event-server");
    exit(1);
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

/* Milliseconds until the next replay is due, rounded up; -1 when none is. */
static int time_to_wait(void) {
  double soonest = 0;
  for (int index = 0; index < connection_count; index++) {
    double due = connections[index]->due;
    if (due > 0 && (soonest == 0 || due < soonest)) soonest = due;
  }
  if (soonest == 0) return -1;
  double wait = (soonest - now()) * 1000;
  return wait > 0 ? (int)wait + 1 : 0;
}

int main(int argc, char **argv) {
  event_count = argc == 3 ? strtol(argv[1], NULL, 10) : -1;
  delay = argc == 3 ? strtod(argv[2], NULL) / 1000 : -1;
  if (event_count < 0 || delay < 0) {
    fputs("usage: event-server COUNT DELAY\n", stderr);
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  write_events();
  int listener = listen_on_loopback();
  while (true) {
    polls[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    polls[1] = (struct pollfd){.fd = listener, .events = POLLIN};
    for (int index = 0; index < connection_count; index++) {
      bool is_waiting = connections[index]->due > 0;
      polls[index + 2] = (struct pollfd){.fd = connections[index]->socket, .events = is_waiting ? 0 : POLLIN};
    }
    if (poll(polls, (nfds_t)connection_count + 2, time_to_wait()) < 0 && errno != EINTR) return 1;
    if (polls[0].revents != 0) return 0;
    double time = now();
    /* Backwards, since closing one moves the last into its place. */
    for (int index = connection_count - 1; index >= 0; index--) {
      struct connection *connection = connections[index];
      bool is_open = true;
      if (connection->due > 0) {
        if (connection->due <= time) is_open = finish_replay(connection);
      } else if (polls[index + 2].revents != 0) {
        is_open = receive(connection);
      }
      if (!is_open) close_connection(index);
    }
    if (polls[1].revents != 0) accept_connection(listener);
  }
}
