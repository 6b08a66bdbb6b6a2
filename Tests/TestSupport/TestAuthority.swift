import Basics

/// A certificate authority of a test's own, made with the `openssl` command line in a temporary folder.
package final class TestAuthority: Sendable {
  private let folder: TemporaryFolder

  /// The authority's own certificate.
  package var file: String { folder.path + "/ca.pem" }

  /// A certificate and its key, in PEM files.
  package struct Identity: Sendable {
    package let certificate: String
    package let key: String
  }

  package init() throws {
    folder = try TemporaryFolder()
    _ = folder.write("", to: "index.txt")
    _ = folder.write("01\n", to: "serial")
    _ = folder.write(
      """
      [ca]
      default_ca = test
      [test]
      database = \(folder.path)/index.txt
      serial = \(folder.path)/serial
      new_certs_dir = \(folder.path)
      certificate = \(folder.path)/ca.pem
      private_key = \(folder.path)/ca.key
      default_md = sha256
      policy = any
      copy_extensions = copy
      unique_subject = no
      [any]
      commonName = supplied
      """, to: "ca.cnf")
    try openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
      "/CN=Test authority", "-keyout", folder.path + "/ca.key", "-out", file)
  }

  /// - Parameters:
  ///   - names: such as `DNS:localhost,IP:127.0.0.1`.
  ///   - validity: two times as `YYYYMMDDHHMMSSZ`.
  package func identity(
    _ names: String, validity: (from: String, to: String) = ("20200101000000Z", "20490101000000Z")
  ) throws -> Identity {
    let path = folder.path + "/" + String(UInt32.random(in: .min ... .max))
    try openssl(
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=server",
      "-addext", "subjectAltName=\(names)", "-keyout", path + ".key", "-out", path + ".csr")
    try openssl(
      "ca", "-batch", "-notext", "-config", folder.path + "/ca.cnf", "-startdate", validity.from, "-enddate",
      validity.to, "-in", path + ".csr", "-out", path + ".pem")
    return Identity(certificate: path + ".pem", key: path + ".key")
  }

  /// A certificate that nobody signed but itself.
  package func selfSigned(_ names: String) throws -> Identity {
    let path = folder.path + "/self"
    try openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
      "/CN=server", "-addext", "subjectAltName=\(names)", "-keyout", path + ".key", "-out", path + ".pem")
    return Identity(certificate: path + ".pem", key: path + ".key")
  }

  private func openssl(_ arguments: String...) throws {
    let output = try Pipe()
    let process = try BuiltProgram.start(
      ["/usr/bin/env", "openssl"] + arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"],
      descriptors: [nil, output.writeEnd, output.writeEnd])
    output.closeWriteEnd()
    let text = String(decoding: output.readAll(), as: UTF8.self)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    guard status == 0 else { throw TestFailure("openssl \(arguments.joined(separator: " ")): \(text)") }
  }
}
