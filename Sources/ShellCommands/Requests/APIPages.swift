import Basics
import Interpreter
import MittrSDK
import OrderedJSON

/// The items of a list that no command names: page after page, as `{data, pagination: {hasMore, cursor}}` says where to go
/// on.
struct APIPages {
  let call: Call
  let request: APICall

  func stream() -> ItemStream {
    var (page, cursor, isLast): (ArraySlice<JSONValue>, String?, Bool) = ([], nil, false)
    var seen = FingerprintSet()
    return ItemStream { () async throws(Interruption) -> JSONValue? in
      while page.isEmpty, !isLast {
        var request = request
        if let cursor { request.query = request.query.filter { $0.name != "cursor" } + [("cursor", cursor)] }
        let answer = try await call.request { client throws(MittrError) in try await request.send(client, body: nil) }
        guard case .array(let items)? = answer["data"] else { throw .failure(notAList(answer)) }
        page = items[...]
        guard answer["pagination"]?["hasMore"]?.isTrue == true else {
          isLast = true
          continue
        }
        guard let next = answer["pagination"]?["cursor"]?.stringValue, !next.isEmpty else {
          throw .failure(Failure(Self.invalid, "the server says that more items follow, but gives no cursor"))
        }
        guard seen.insert(next) else {
          throw .failure(
            Failure(Self.invalid, "the list would never end: the server gave a cursor that it had given before"))
        }
        cursor = next
      }
      return page.popFirst()
    }
  }

  private static let invalid = Failure.Code(rawValue: MittrError.Code.invalidResponse.rawValue)

  private func notAList(_ answer: JSONValue) -> Failure {
    let keys = answer.objectValue?.keys.prefix(8).joined(separator: ", ") ?? answer.kindName
    return Failure(
      Self.invalid, "the answer is no list: --all needs {data, pagination}, got \(keys)",
      help: "without --all the answer comes as it is")
  }
}
