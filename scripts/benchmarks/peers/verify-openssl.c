/* verify-openssl SIZE COUNT: what VerifyBenchmark does, with OpenSSL's HMAC and a key schedule that is done once. */
#define OPENSSL_API_COMPAT 10100
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static HMAC_CTX *keyed;

static void digest(const char *timestamp, const unsigned char *body, size_t size, unsigned char *out) {
  unsigned int length = 32;
  HMAC_Init_ex(keyed, NULL, 0, NULL, NULL); /* back to the keyed state */
  HMAC_Update(keyed, (const unsigned char *)timestamp, strlen(timestamp));
  HMAC_Update(keyed, (const unsigned char *)".", 1);
  HMAC_Update(keyed, body, size);
  HMAC_Final(keyed, out, &length);
}

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

static bool verify(const char *timestamp, const char *signature, const unsigned char *body, size_t size, long now) {
  unsigned char received[32], expected[32];
  if (strlen(signature) != 67 || memcmp(signature, "v1=", 3) != 0) return false;
  for (int i = 0; i < 32; i++) {
    int high = digit(signature[3 + 2 * i]), low = digit(signature[4 + 2 * i]);
    if (high < 0 || low < 0) return false;
    received[i] = (unsigned char)(high << 4 | low);
  }
  digest(timestamp, body, size, expected);
  return CRYPTO_memcmp(received, expected, 32) == 0 && labs(now - strtol(timestamp, NULL, 10)) <= 300;
}

int main(int argc, char **argv) {
  size_t size = argc == 3 ? strtoul(argv[1], NULL, 10) : 0;
  long count = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
  unsigned char *body = size ? malloc(size) : NULL;
  if (!body || count <= 0) return 2;
  for (size_t i = 0; i < size; i++) body[i] = (unsigned char)(i * 31 + 7);
  keyed = HMAC_CTX_new();
  HMAC_Init_ex(keyed, "whsec_test", 10, EVP_sha256(), NULL);

  const char *timestamp = "1706123456";
  unsigned char code[32];
  char signature[68] = "v1=";
  digest(timestamp, body, size, code);
  for (int i = 0; i < 32; i++) sprintf(signature + 3 + 2 * i, "%02x", code[i]);
  bool right = verify(timestamp, signature, body, size, 1706123456);
  body[size - 1] ^= 1;
  bool changed = verify(timestamp, signature, body, size, 1706123456);
  body[size - 1] ^= 1;
  printf("%s %s %s\n", signature, right ? "true" : "false", changed ? "true" : "false");

  struct timespec start, end;
  long accepted = 0;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (long i = 0; i < count; i++) accepted += verify(timestamp, signature, body, size, 1706123456);
  clock_gettime(CLOCK_MONOTONIC, &end);
  if (accepted != count) return 1;
  printf("%f\n", ((end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec)) / count);
  return 0;
}
