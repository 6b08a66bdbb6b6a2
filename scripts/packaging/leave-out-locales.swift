// Blanks what Foundation carries of other languages than English: 19 of the 34 MB of Unicode data that come into a program
// with it, which never asks for them. ICU takes its root locale for one that is not there. The program keeps its size, but
// what is blank weighs nothing in a package.
//
//   leave-out-locales PROGRAM   exit status 0 also where there is no such data

import Foundation

/// ICU's data: a header, a table of contents in the order of the names, and the items behind it in the same order. Places
/// are counted from the end of the header.
struct UnicodeData {
  /// What stands in the program behind two bytes with the header's length.
  private static let signature: [UInt8] = [0xDA, 0x27]
  private static let format = Array("CmnD".utf8)

  private var bytes: [UInt8]
  private let start: Int

  /// - Returns: nil where the program has none.
  init?(program bytes: [UInt8]) {
    guard
      let start = (0..<max(0, bytes.count - 64)).first(where: { place in
        bytes[place + 2] == Self.signature[0] && bytes[place + 3] == Self.signature[1]
          && bytes[(place + 12)..<(place + 16)].elementsEqual(Self.format)
      })
    else { return nil }
    self.bytes = bytes
    self.start = start + Int(bytes[start]) + Int(bytes[start + 1]) << 8
  }

  /// An entry of the table: where its name stands, and where its data.
  private struct Entry {
    let nameOffset: Int
    let dataOffset: Int
  }

  /// The program without these items. The last item stays, since only the next one says where an item ends.
  func without(_ isLeftOut: (String) -> Bool) -> (program: [UInt8], blanked: Int) {
    var result = bytes
    let count = number(at: start)
    let entries = (0..<count).map {
      Entry(nameOffset: number(at: start + 4 + 8 * $0), dataOffset: number(at: start + 8 + 8 * $0))
    }
    var (kept, blanked) = (0, 0)
    for (index, entry) in entries.enumerated() {
      if index + 1 < count, isLeftOut(name(of: entry)) {
        let range = (start + entry.dataOffset)..<(start + entries[index + 1].dataOffset)
        result.replaceSubrange(range, with: repeatElement(0, count: range.count))
        blanked += range.count
      } else {
        write(entry.nameOffset, at: start + 4 + 8 * kept, in: &result)
        write(entry.dataOffset, at: start + 8 + 8 * kept, in: &result)
        kept += 1
      }
    }
    write(kept, at: start, in: &result)
    return (result, blanked)
  }

  private func name(of entry: Entry) -> String {
    String(decoding: bytes[(start + entry.nameOffset)...].prefix { $0 != 0 }, as: UTF8.self)
  }

  private func number(at place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  private func write(_ number: Int, at place: Int, in bytes: inout [UInt8]) {
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
  }
}

/// Whether an item is a locale's, such as `icudt76l/curr/de_AT.res`, and neither the root's nor an English one, or for text
/// that is not in Unicode, or for the words of languages that have no spaces between them.
func isLeftOut(_ item: String) -> Bool {
  if item.hasSuffix(".cnv") || item.hasSuffix(".dict") { return true }
  guard item.hasSuffix(".res"), let name = item.split(separator: "/").last?.dropLast(4) else { return false }
  let language = name.prefix { $0 != "_" }
  return 2...3 ~= language.count && language.allSatisfy { $0.isLowercase } && language != "en"
}

guard CommandLine.arguments.count == 2 else {
  FileHandle.standardError.write(Data("usage: leave-out-locales PROGRAM\n".utf8))
  exit(2)
}
let file = URL(filePath: CommandLine.arguments[1])
do {
  guard let data = UnicodeData(program: Array(try Data(contentsOf: file))) else { exit(0) }
  let (program, blanked) = data.without(isLeftOut)
  let handle = try FileHandle(forWritingTo: file)
  try handle.write(contentsOf: Data(program))
  try handle.close()
  print("left out \(blanked) bytes of locales")
} catch {
  FileHandle.standardError.write(Data("leave-out-locales: \(file.path): \(error.localizedDescription)\n".utf8))
  exit(1)
}
