import Foundation
import OrderedJSON
import TestSupport
import Testing

/// A delivery under `Tests/Deliveries/<name>/` as a person has it, and the command that hands it to `verify`. The file
/// `EXPECTED.tsv` beside the folders says what was done to each and which answer is right.
struct DeliveryCase: CustomStringConvertible, Sendable {
  let name: String
  let situation: String
  /// The right answers: a code that is proven, `code?` for one that need not be, `likely:code` for a hint, `error` for a
  /// refusal, or `ok`.
  let answers: [String]

  var description: String { "\(name): \(situation)" }

  static let folder = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Deliveries"

  static let all: [DeliveryCase] = {
    let table = String(decoding: contents("EXPECTED.tsv"), as: UTF8.self)
    return table.split(separator: "\n").dropFirst().map { line in
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) + ["", "", ""]
      return DeliveryCase(
        name: columns[0], situation: columns[1], answers: columns[2].split(separator: "|").map(String.init))
    }
  }()

  static func contents(_ path: String) -> [UInt8] {
    Array(FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data())
  }

  /// The files beside the command, by their names.
  var files: [String: [UInt8]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/\(name)")) ?? []
    return Dictionary(uniqueKeysWithValues: names.map { ($0, Self.contents("\(name)/\($0)")) })
  }

  /// Whether an answer of the shell's is among the right ones.
  func accepts(_ run: CommandRun) -> Bool {
    guard run.status == 0 else { return answers.contains("error") && run.errors.contains("error[bad-") }
    guard case .object(let record)? = try? JSONValue(parsing: run.output),
      case .string(let reason, _)? = record["reason"], case .bool(let isProven)? = record["proven"]
    else { return false }
    var likely: [String] = []
    if case .array(let hints)? = record["likely"] { likely = hints.compactMap(\.stringValue) }
    return answers.contains { answer in
      if answer.hasSuffix("?") { return reason == answer.dropLast() }
      guard answer.hasPrefix("likely:") else { return reason == answer && isProven }
      // A hint is never shown; a right signature that is not fresh is, whatever the hint says of the clock.
      let isFreshness = ["stale-timestamp", "future-timestamp"].contains(reason)
      return likely.first == String(answer.dropFirst("likely:".count)) && (isFreshness || !isProven)
    }
  }
}

/// What people really have, read and examined by `verify`.
@Suite("Deliveries as people have them")
struct DeliveryCaseTests {
  @Test("verify gives the right answer", arguments: DeliveryCase.all)
  func rightAnswer(one: DeliveryCase) async {
    var files = one.files
    let command = String(decoding: files.removeValue(forKey: "cmd.mittr") ?? [], as: UTF8.self)
    let run = await CommandRun(command, files: files)
    #expect(one.accepts(run), "\(one.answers.joined(separator: " or ")): \(run.output)\(run.errors)")
  }

  @Test("every folder has its line in the table, and every line its folder")
  func complete() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: DeliveryCase.folder).filter { !$0.contains(".") }
    #expect(Set(folders) == Set(DeliveryCase.all.map(\.name)) && folders.count == DeliveryCase.all.count)
  }
}
