import MittrWebhooks
import OrderedJSON

@testable import Interpreter

/// Text from files and pipes, and JSON from anywhere.
enum DataFuzz {
  static func run(_ run: FuzzRun) async throws {
    while var random = run.next() {
      let text = text(&random)
      run.begin(text)
      if let difference = await differenceByPieces(text, &random) { throw run.failure(difference) }
      if let fault = fault(ofJSON: text) { throw run.failure(fault) }
      if random.once(in: 30) { diagnose(text, &random) }
      run.count(1)
    }
  }

  private static let longest = 1 << 18

  private static func text(_ random: inout FuzzRandom) -> [UInt8] {
    var bytes: [UInt8]
    switch random.below(4) {
    case 0:
      bytes = random.text(of: random.mutated(random.pick([SampleData.page, SampleData.event, SampleData.endpoint])))
    case 1: bytes = (0..<random.below(6)).flatMap { _ in random.text(of: random.json()) + Array("\n".utf8) }
    case 2: bytes = random.spoilt(Array("id,city\n1,Paris\n2,\"São, \"\"P\"\"\"\r\n3,\"a\nb\"\n".utf8))
    default: bytes = Array(random.pick(FuzzRandom.awkwardJSON).utf8)
    }
    if random.once(in: 4) { bytes = random.spoilt(bytes) }
    // What is nested deep is indented far, and a build for tests reads a few megabytes a second.
    bytes.removeLast(max(0, bytes.count - longest))
    switch random.below(12) {
    case 0: return [0xEF, 0xBB, 0xBF] + bytes
    case 1:
      return [0xFF, 0xFE] + units(bytes).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } + random.bytes(random.below(2))
    case 2: return [0xFE, 0xFF] + units(bytes).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case 3: return random.pick([[0xEF], [0xEF, 0xBB], [0xFF], [0xFE]]) + random.bytes(random.below(4))
    default: return bytes
    }
  }

  private static func units(_ bytes: [UInt8]) -> [UInt16] { Array(String(decoding: bytes, as: UTF8.self).utf16) }

  /// What is read depends on the text alone, and not on the pieces that it comes in.
  private static func differenceByPieces(_ text: [UInt8], _ random: inout FuzzRandom) async -> String? {
    let pieces = random.pieces(of: text)
    for format in FileFormat.allCases {
      let (whole, parts) = (await items(text.isEmpty ? [] : [text], format), await items(pieces, format))
      if whole != parts {
        return "\(format): in one piece \(whole.suffix(2)), in \(pieces.count) pieces \(parts.suffix(2))"
      }
    }
    return nil
  }

  /// The items as JSON, and the failure behind them if there is one.
  private static func items(_ pieces: [[UInt8]], _ format: FileFormat) async -> [String] {
    var pieces = pieces[...]
    let source = RecordSource(format.reader("f")) { () async throws(Interruption) -> [UInt8]? in pieces.popFirst() }
    var items: [String] = []
    do throws(Interruption) {
      while let item = try await source.next() { items.append(JSONWriter.compact.string(item)) }
    } catch {
      if case .failure(let failure) = error { items.append("\(failure.code): \(failure.message)") }
    }
    return items
  }

  /// What JSON is written is read back as the same, in every layout.
  private static func fault(ofJSON text: [UInt8]) -> String? {
    guard let value = try? JSONValue(parsing: text) else { return nil }
    let compact = JSONWriter.compact.string(value)
    for writer in [JSONWriter.compact, .pretty, .pretty(spaces: 1)] {
      guard let again = try? JSONValue(parsing: writer.string(value)) else { return "it is written as what is no JSON" }
      guard again == value, Comparison.areEqual(again, value), ValueKey(again) == ValueKey(value) else {
        return "it is written as another value"
      }
      guard JSONWriter.compact.string(again) == compact else { return "it is written in two ways" }
    }
    _ = (value.outline(budget: 300), value.detached().hashValue, value.text)
    return nil
  }

  private static func diagnose(_ body: [UInt8], _ random: inout FuzzRandom) {
    let secret: WebhookSecret = "whsec_0123456789abcdef"
    let headers = WebhookSigner(secret: secret).headers(timestamp: 1_767_225_600, body: random.spoilt(body))
    _ = SignatureDoctor(secret: secret, now: { 1_767_225_600 }).diagnose(headers: headers, body: body)
  }
}

extension FuzzRandom {
  /// The text cut anywhere, empty pieces left out.
  fileprivate mutating func pieces(of text: [UInt8]) -> [[UInt8]] {
    var rest = text[...]
    var pieces: [[UInt8]] = []
    while !rest.isEmpty {
      let piece = rest.prefix(1 + below(once(in: 2) ? 3 : 200))
      pieces.append(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }
}
