import NIOSSL

/// What this side shows to servers that ask who calls: a certificate with those that vouch for it, and its key.
package struct ClientIdentity: Sendable, Hashable {
  private let certificateFile: String
  private let keyFile: String

  /// - Parameters:
  ///   - certificateFile: a PEM file that begins with the certificate.
  ///   - keyFile: a PEM file with its key, which is not encrypted. It may be the same file.
  package init(certificateFile: String, keyFile: String) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
  }

  /// - Throws: `.invalidClientCertificate` when one of the files cannot be used.
  func loaded() throws(ExchangeFailure) -> (chain: [NIOSSLCertificateSource], key: NIOSSLPrivateKeySource) {
    let certificateBytes = try PEMFile.bytes(certificateFile, otherwise: Self.invalid)
    let keyBytes = try PEMFile.bytes(keyFile, otherwise: Self.invalid)
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(certificateBytes), !certificates.isEmpty else {
      throw Self.invalid("\(certificateFile) holds no certificate in PEM form")
    }
    guard let key = try? NIOSSLPrivateKey(bytes: keyBytes, format: .pem) else {
      throw Self.invalid("\(keyFile) holds no private key in PEM form, or an encrypted one")
    }
    return (certificates.map { .certificate($0) }, .privateKey(key))
  }

  private static func invalid(_ why: String) -> ExchangeFailure {
    ExchangeFailure(
      .invalidClientCertificate, mayHaveReachedServer: false, "the client's certificate cannot be had: \(why)")
  }
}
