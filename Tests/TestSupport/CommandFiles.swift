#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The source files that declare a command each: their names end in `Command.swift`.
package enum CommandFiles {
  /// The names of the enums that such files of a target declare a command in, in the order of the files' paths.
  /// - Parameter target: a folder of `Sources`.
  package static func declarations(in target: String) -> [String] {
    files(in: target).filter { $0.hasSuffix("Command.swift") }.compactMap { file in
      let name = file.split(separator: "/").last.map { String($0.dropLast(".swift".count)) }
      return text(of: file, in: target).contains("Command(\n") ? name : nil
    }
  }

  /// - Parameter file: a path below the target's folder.
  package static func text(of file: String, in target: String) -> String {
    let data = FileManager.default.contents(atPath: "\(folder)/\(target)/\(file)")
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private static func files(in target: String) -> [String] {
    ((try? FileManager.default.subpathsOfDirectory(atPath: "\(folder)/\(target)")) ?? []).sorted()
  }

  private static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Sources"
}
