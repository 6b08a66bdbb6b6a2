import NIOSSL

/// A certificate for 127.0.0.1 that nobody vouches for but itself, made for these tests with
/// `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=127.0.0.1
/// -addext subjectAltName=IP:127.0.0.1`.
enum SelfSignedCertificate {
  static func serverContext() throws -> NIOSSLContext {
    let certificates = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(privateKey.utf8), format: .pem)
    return try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key)))
  }

  private static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBkTCCATagAwIBAgIURkbUAYMG+rWqet7WSOVEoRQh09QwCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMzE2NTUxMVoYDzIxMjYxMDMw
    MTY1NTExWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
    PQMBBwNCAAQ5pibZaeodzMd1q/ZC1JMScl4dqegm01sJa1gwaB6ooEbsD6RVDRHD
    V+WRdvP1X4xDtRw0xm0oLsk5JfRPiIBVo2QwYjAdBgNVHQ4EFgQU93WOVD2CPM9t
    qx1OjnBs0NTqT5AwHwYDVR0jBBgwFoAU93WOVD2CPM9tqx1OjnBs0NTqT5AwDwYD
    VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0kAMEYC
    IQCNzw9oHPj9zyt6fWh9chPTTBcHSurGovF/JRf9koXxTgIhAIaMvCTIU3Xph3xM
    8dx+ZEBNkNI/18YueBV6gJFgFw7x
    -----END CERTIFICATE-----
    """

  private static let privateKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJgiaZ+hRYW8XyXpx
    ff/hIhv15QuFefgCgx9xBfz2nb2hRANCAAQ5pibZaeodzMd1q/ZC1JMScl4dqegm
    01sJa1gwaB6ooEbsD6RVDRHDV+WRdvP1X4xDtRw0xm0oLsk5JfRPiIBV
    -----END PRIVATE KEY-----
    """
}
