import Basics
import HummingbirdCore

/// The query of `GET /api/v1/events`, checked.
struct EventListQuery {
  let query: PageQuery

  /// Unknown parameters are ignored. `since` is inclusive and `until` exclusive, so that
  /// consecutive windows share nothing.
  init(_ parameters: FlatDictionary<Substring, Substring>) throws(APIError) {
    var query = try PageQuery(parameters)
    // An empty value counts as missing: forms and templates send it for "any".
    if let text = parameters.given("status"), !text.isEmpty {
      guard let status = EventStatus(rawValue: text) else {
        let known = EventStatus.allCases.map(\.rawValue).joined(separator: ", ")
        throw .invalidParameter("status", "must be one of \(known)")
      }
      query.require("status = ?", status.rawValue)
    }
    if let type = parameters.given("eventType").map(EventTypePattern.init) {
      // The plus keeps SQLite on an index in the order of the list: a pattern may match nearly everything.
      if type.hasWildcard {
        query.require("+event_type GLOB ?", type.glob)
      } else {
        query.require("event_type = ?", type.text)
      }
    }
    if let id = parameters.given("endpointId") { query.require("endpoint_id = ?", id) }
    if let since = try parameters.time("since") { query.require("created_at >= ?", since.milliseconds) }
    if let until = try parameters.time("until") { query.require("created_at < ?", until.milliseconds) }
    self.query = query
  }
}

extension PageQuery {
  /// Takes `limit` (1 or more; above the maximum means the maximum) and `cursor`.
  init(_ parameters: FlatDictionary<Substring, Substring>) throws(APIError) {
    self.init()
    if let text = parameters.given("limit") {
      guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let limit = Int(text), limit >= 1 else {
        throw .invalidParameter("limit", "must be an integer from 1 to \(Page.maximumLimit)")
      }
      self.limit = min(limit, Page.maximumLimit)
    }
    if let text = parameters.given("cursor") {
      guard let cursor = PageCursor(text) else { throw .invalidParameter("cursor", "is not a cursor of this list") }
      self.cursor = cursor
    }
  }
}

extension FlatDictionary<Substring, Substring> {
  /// The first value of a parameter.
  fileprivate func given(_ name: Substring) -> String? { self[name].map(String.init) }

  fileprivate func time(_ name: Substring) throws(APIError) -> Timestamp? {
    guard let text = given(name) else { return nil }
    guard let time = Timestamp(iso8601: text) else {
      throw .invalidParameter(String(name), "must be an ISO 8601 date, or date and time with Z or an offset")
    }
    return time
  }
}
