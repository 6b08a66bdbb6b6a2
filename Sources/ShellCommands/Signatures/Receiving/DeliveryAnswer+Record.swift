import OrderedJSON
import WebhookReceiver

extension DeliveryAnswer {
  /// `{headers, body}`, or `bodyBase64` for what is not text; `truncated` where only the beginning is kept.
  var record: JSONObject {
    var record: JSONObject = ["headers": .object(headers.record)]
    body.put(into: &record, isCut: isCut)
    if isCut { record["truncated"] = true }
    return record
  }
}

extension [(name: String, value: String)] {
  /// By name. A name that came several times, in whatever case, has a list of values.
  var record: JSONObject {
    var names: [String: String] = [:]
    var values: [String: [JSONValue]] = [:]
    var order: [String] = []
    for (name, value) in self {
      let key = name.lowercased()
      if values[key] == nil {
        names[key] = name
        order.append(key)
      }
      values[key, default: []].append(.string(value))
    }
    return JSONObject(
      order.map { key in
        let all = values[key] ?? []
        return (names[key] ?? key, all.count == 1 ? all[0] : .array(all))
      })
  }
}
