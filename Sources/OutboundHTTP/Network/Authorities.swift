import Basics
import NIOSSL

/// Whose certificates are trusted.
package enum Authorities: Sendable, Hashable {
  /// Those that the system trusts.
  case system
  /// Those in a PEM file, those in the files of a folder or of several with colons between them, or both together; the
  /// system's are not trusted then.
  case files(file: String?, folder: String?)

  /// Reads `SSL_CERT_FILE` and `SSL_CERT_DIR`, as curl does. An empty variable counts for none.
  package init(environment: [String: String]) {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let (file, folder) = (variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR"))
    self = file == nil && folder == nil ? .system : .files(file: file, folder: folder)
  }

  /// How many files of a folder are looked at.
  private static let mostFiles = 10_000

  /// - Throws: `.invalidAuthorities` when they cannot be read, or there are none.
  func trustRoots() throws(ExchangeFailure) -> NIOSSLTrustRoots {
    guard case .files(let file, let folder) = self else { return .default }
    var certificates: [NIOSSLCertificate] = []
    if let file {
      certificates += try Self.certificates(file)
      guard !certificates.isEmpty else { throw Self.invalid("\(file) holds no certificate in PEM form") }
    }
    if let folder {
      certificates += try Self.certificates(inFolders: folder)
      guard !certificates.isEmpty else { throw Self.invalid("no file in \(folder) holds a certificate in PEM form") }
    }
    return .certificates(certificates)
  }

  /// A folder that is not there is passed over, as OpenSSL does, unless none is.
  private static func certificates(inFolders list: String) throws(ExchangeFailure) -> [NIOSSLCertificate] {
    var certificates: [NIOSSLCertificate] = []
    var failure: ExchangeFailure?
    var wasRead = false
    for path in list.split(separator: ":") {
      do throws(ExchangeFailure) {
        certificates += try Self.certificates(inFolder: String(path))
        wasRead = true
      } catch {
        failure = failure ?? error
      }
    }
    if let failure, !wasRead { throw failure }
    return certificates
  }

  /// What else lies in the folder does no harm. A certificate that lies there under two names counts once.
  private static func certificates(inFolder path: String) throws(ExchangeFailure) -> [NIOSSLCertificate] {
    guard let folder = opendir(path) else {
      throw invalid("cannot read the folder \(path): \(SystemError(errno).text)")
    }
    defer { closedir(folder) }
    var certificates: [NIOSSLCertificate] = []
    var seen: Set<[UInt8]> = []
    var count = 0
    while count < mostFiles, let entry = readdir(folder) {
      count += 1
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix("."), let found = try? Self.certificates(path + "/" + name) else { continue }
      for certificate in found {
        if let bytes = try? certificate.toDERBytes(), seen.insert(bytes).inserted { certificates.append(certificate) }
      }
    }
    return certificates
  }

  private static func certificates(_ path: String) throws(ExchangeFailure) -> [NIOSSLCertificate] {
    let bytes = try PEMFile.bytes(path, otherwise: invalid)
    do {
      return try NIOSSLCertificate.fromPEMBytes(bytes)
    } catch {
      throw invalid("\(path) is not a file of certificates in PEM form")
    }
  }

  private static func invalid(_ why: String) -> ExchangeFailure {
    ExchangeFailure(
      .invalidAuthorities, mayHaveReachedServer: false,
      "the authorities to trust cannot be had: \(why); correct SSL_CERT_FILE, SSL_CERT_DIR or ca_file")
  }
}
