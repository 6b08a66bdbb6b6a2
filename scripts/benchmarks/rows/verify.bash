# Verifying signed bodies: our verifier, OpenSSL with a key schedule done once, and Node's crypto.
openssl_peer=$work/verify-openssl
cc -O2 -o "$openssl_peer" "$here/peers/verify-openssl.c" -lcrypto 2>/dev/null || openssl_peer=

# usage: verify NAME SIZE COUNT
verify() {
  contender itself MittrWebhooks "$bin/VerifyBenchmark" "$2" "$3"
  if [[ -n $openssl_peer ]]; then contender itself "OpenSSL, keyed" "$openssl_peer" "$2" "$3"; else
    skipped "OpenSSL, keyed" "no C compiler or no libssl-dev"
  fi
  if has node; then contender itself "Node's crypto" node "$here/peers/verify-node.mjs" "$2" "$3"; else
    skipped "Node's crypto" "not installed"
  fi
  compare "$1" 9
}

verify "verify, 256 B body" 256 200000
verify "verify, 1 MiB body" 1048576 200
