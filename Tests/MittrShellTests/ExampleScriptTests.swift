import Foundation
import TestSupport
import Testing

/// The scripts in `scripts/examples`, each on a sandbox with its demo data, as a person runs them.
@Suite("The example scripts")
struct ExampleScriptTests {
  private let folder: TemporaryFolder
  private static let examples = ReadmeTests.root + "/scripts/examples"

  init() throws { folder = try TemporaryFolder() }

  private func run(_ script: String, _ arguments: String...) async throws -> ShellProcess.End {
    let process = try ShellProcess(["--sandbox", "-o", "jsonl", "\(Self.examples)/\(script).mittr"] + arguments)
    process.closeInput()
    return await process.end()
  }

  @Test("failures by endpoint and hour, the busiest first")
  func failuresByHour() async throws {
    let run = try await run("failures-by-hour")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let counts = try run.lines.map {
      try #require($0.split(separator: "\"count\":").last.flatMap { Int($0.dropLast()) })
    }
    #expect(!counts.isEmpty && counts == counts.sorted(by: >) && counts.reduce(0, +) == 20, "\(run.output)")
  }

  @Test("two exports compared: changed, gone and new ones")
  func compareExports() async throws {
    let (before, after) = (folder.path + "/before.jsonl", folder.path + "/after.jsonl")
    try "{\"id\":1,\"status\":\"failed\"}\n{\"id\":2,\"status\":\"dead\"}\n{\"id\":3,\"status\":\"failed\"}\n"
      .write(toFile: before, atomically: true, encoding: .utf8)
    try "{\"id\":1,\"status\":\"failed\"}\n{\"id\":2,\"status\":\"delivered\"}\n{\"id\":4,\"status\":\"pending\"}\n"
      .write(toFile: after, atomically: true, encoding: .utf8)
    let run = try await run("compare-exports", before, after)
    #expect(
      run.lines == [
        #"{"id":2,"before":"dead","after":"delivered"}"#, #"{"id":3,"before":"failed","after":null}"#,
        #"{"id":4,"before":null,"after":"pending"}"#,
      ], "\(run.errors)")
    #expect(run.status == 0)
  }

  @Test("of what shares a field the newest is replayed")
  func duplicates() async throws {
    let listed = try await ShellProcess.run(
      "--sandbox", "-c", "events list --all | each { print .id .createdAt .payload.customer.id }")
    var events: [String: [(id: String, created: String)]] = [:]
    for line in listed.lines {
      let words = line.split(separator: " ").map(String.init)
      events[try #require(words.last), default: []].append((words[0], words[1]))
    }
    let newest = events.values.filter { $0.count > 1 }.compactMap { $0.max { $0.created < $1.created }?.id }
    #expect(!newest.isEmpty)
    let run = try await run("replay-duplicates", "--type", "*")
    let replayed = run.lines.compactMap { $0.split(separator: "\"").dropFirst(3).first.map(String.init) }
    #expect(replayed.sorted() == newest.sorted(), "\(run.output)\(run.errors)")
  }

  @Test("late deliveries, the slowest first, and none that was in time")
  func late() async throws {
    let all = try await run("late-deliveries", "0")
    #expect(all.status == 0 && all.lines.count == 30, "\(all.errors)")
    let none = try await run("late-deliveries", "100000")
    #expect(none.status == 0 && none.output.isEmpty, "\(none.errors)")
  }

  @Test("the commonest errors as a chart")
  func topErrors() async throws {
    let run = try await run("top-errors")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(run.output.contains("the receiver answered 500") && run.output.contains("#"), "\(run.output)")
  }

  @Test("the spread of attempts for each status")
  func percentiles() async throws {
    let run = try await run("attempt-percentiles")
    #expect(run.status == 0 && run.lines.count == 5, "\(run.errors)")
    #expect(run.output.contains(#""status":"delivered","count":30"#), "\(run.output)")
  }

  @Test("a table for a spreadsheet, with a mark that makes it read UTF-8")
  func finance() async throws {
    let file = folder.path + "/paid.csv"
    let run = try await run("finance", file)
    #expect(run.status == 0, "\(run.errors)")
    let bytes = try #require(FileManager.default.contents(atPath: file))
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
    #expect(text.hasPrefix("order,customer,currency,amount,paid\r\n"), "\(text.prefix(200))")
    #expect(text.split(separator: "\r\n").count == 11, "\(text)")
  }

  @Test("a replay with a journal and a report does nothing twice")
  func report() async throws {
    let journal = folder.path + "/outage.jsonl"
    let run = try await run("replay-with-report", journal)
    #expect(run.errors.contains("replay: 15 done, 0 failed"), "\(run.errors)")
    #expect(run.status == 0 && run.output.contains(#""done":15"#), "\(run.output)")
  }

  @Test("failed ones of a type since yesterday")
  func sinceYesterday() async throws {
    let run = try await run("replay-since-yesterday", "order.created")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("events of order.created failed since yesterday"), "\(run.errors)")
    let wrong = try await self.run("replay-since-yesterday")
    #expect(wrong.status == 2 && wrong.errors.contains("needs type"), "\(wrong.errors)")
  }

  @Test("the tests of a file, each on a sandbox of its own, as TAP and as JUnit")
  func tests() async throws {
    let report = folder.path + "/report.xml"
    let run = try await ShellProcess.run("--test", "--report-junit", report, Self.examples)
    #expect(run.status == 0, "\(run.errors)\(run.output)")
    #expect(run.output.hasPrefix("TAP version 14\n1..3\nok 1 - what failed says why\n"), "\(run.output)")
    #expect(try String(contentsOfFile: report, encoding: .utf8).contains("tests=\"3\""))
    let file = folder.path + "/bad.mittr"
    try "test \"fails\" { assert 1 + 1 == 3 }\ntest \"holds\" { events list | count }\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let bad = try await ShellProcess.run(
      "--test", file, environment: ["MITTR_API_KEY": "mtr_x", "MITTR_BASE_URL": "nonsense"])
    #expect(bad.status == 1, "\(bad.errors)")
    #expect(bad.output.contains("not ok 1 - fails\n") && bad.output.contains("ok 2 - holds\n"), "\(bad.output)")
    #expect(bad.output.contains("left 2, right 3"), "\(bad.output)")
    let missing = try await ShellProcess.run("--test", folder.path + "/nothing")
    #expect(missing.status == 2 && missing.output.isEmpty, "\(missing.output)")
  }

  @Test("every script there is checked without a mistake")
  func check() async throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.examples).filter { $0.hasSuffix(".mittr") }
    #expect(names.count >= 11)
    for name in names.sorted() {
      let run = try await ShellProcess.run("--check", "\(Self.examples)/\(name)")
      #expect(run.status == 0 && run.errors.isEmpty, "\(name): \(run.errors)")
    }
  }
}
