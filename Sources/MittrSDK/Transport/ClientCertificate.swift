/// What the client shows to servers that ask who calls (mutual TLS).
public struct ClientCertificate: Sendable, Hashable {
  /// A PEM file that begins with the certificate; those that vouch for it may follow.
  public var certificateFile: String
  /// A PEM file with the certificate's key, not encrypted. It is read when the first connection is made.
  public var keyFile: String

  /// - Parameters:
  ///   - certificateFile: the path of a PEM file.
  ///   - keyFile: the path of a PEM file; nil when the key stands in the certificate's file.
  public init(certificateFile: String, keyFile: String? = nil) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile ?? certificateFile
  }
}
