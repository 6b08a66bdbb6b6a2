#include "events.h"
#include <stdint.h>
#include <stdio.h>

/* A number that looks random and is the same on every machine (SplitMix64). */
static uint64_t scramble(uint64_t value) {
  value += 0x9E3779B97F4A7C15;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
  return value ^ (value >> 31);
}

size_t write_event(long index, char text[longest_event]) {
  static const char *const types[] = {"order.created", "order.paid", "order.shipped", "invoice.sent", "user.updated"};
  static const char *const statuses[] = {"delivered", "delivered", "delivered", "delivered", "delivered",
                                         "delivered", "delivered", "pending",   "failed",    "dead"};
  uint64_t a = scramble((uint64_t)index), b = scramble(a), c = scramble(b);
  int length = snprintf(
      text, longest_event,
      "{\"id\":\"evt_%012ld\",\"eventType\":\"%s\",\"status\":\"%s\",\"payload\":{\"orderId\":\"ord_%016llx\","
      "\"amount\":%d,\"currency\":\"EUR\",\"customer\":{\"id\":%d,\"email\":\"customer%d@example.com\",\"name\":\"Zo\xC3\xAB "
      "\\\"Z\\\" M\xC3\xBCller\"},\"items\":[{\"sku\":\"SKU-%05d\",\"quantity\":%d,\"price\":%d.%02d},{\"sku\":\"SKU-%05d\","
      "\"quantity\":%d,\"price\":%d.%02d}]},\"endpointId\":\"%08x-0000-4000-8000-%012llx\",\"attempts\":%d,"
      "\"maxAttempts\":5,\"idempotencyKey\":\"order-%016llx-created\",\"createdAt\":\"2026-11-%02dT%02d:%02d:%02d.000Z\"}",
      index, types[a % 5], statuses[b % 10], (unsigned long long)c, (int)((a >> 16) % 20000),
      (int)(a >> 40) & 0xFFFF, (int)(a >> 40) & 0xFFFF, (int)(b % 99991), (int)(b % 7) + 1, (int)(b % 313),
      (int)(b % 97), (int)(c % 99991), (int)(c % 7) + 1, (int)(c % 313), (int)(c % 97), (unsigned)(a & 0xF),
      (unsigned long long)(b & 0xFFFFFFFFFFFF), (int)(c % 5) + 1, (unsigned long long)c, (int)(a % 28) + 1, (int)(b % 24), (int)(c % 60),
      (int)(a % 60));
  return (size_t)length;
}
