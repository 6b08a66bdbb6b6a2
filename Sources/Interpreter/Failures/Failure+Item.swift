import Basics
import OrderedJSON

extension Failure {
  /// The failure, saying which item of a stream it is about. Of two streams, one inside the other, the inner one's item is
  /// named, unless only the outer one's has an id.
  /// - Parameter number: counted from 1.
  func about(_ item: JSONValue, number: Int) -> Failure {
    let id = item["id"]?.stringValue.map { JSONValue.string($0) }
    if let known = facts["item"], known["id"] != nil || id == nil { return self }
    var record: JSONObject = ["number": .number(JSONNumber(number))]
    record["id"] = id
    record["value"] = item.detached()
    var failure = self
    failure.facts["item"] = .object(record)
    return failure
  }

  /// `item 3 (evt_7): {"id":"evt_7"}`, the value cut where it is long; nil where no item is known, or the message says it.
  var itemLine: String? {
    guard let item = facts["item"], let number = item["number"]?.numberValue, let value = item["value"] else {
      return nil
    }
    let name = "item \(number.text)"
    guard !message.contains(name) else { return nil }
    let id = item["id"]?.stringValue.map { " (\(SafeText.escaped($0, limit: Self.longestID)))" } ?? ""
    let text = SafeText.escaped(JSONWriter.compact.string(value), limit: Self.longestValue)
    return name + id + ": " + text
  }

  /// The same record without a long value of an item, for a line that others read.
  var shortRecord: JSONObject {
    guard let item = facts["item"]?.objectValue, let value = item["value"],
      JSONWriter.compact.string(value).utf8.count > Self.longestRecordedValue
    else { return record }
    var failure = self
    var short = item
    short["value"] = nil
    failure.facts["item"] = .object(short)
    return failure.record
  }

  private static let longestID = 60
  private static let longestValue = 120
  private static let longestRecordedValue = 2000
}

extension Interruption {
  func about(_ item: JSONValue, number: Int) -> Interruption {
    guard case .failure(let failure) = self else { return self }
    return .failure(failure.about(item, number: number))
  }
}
