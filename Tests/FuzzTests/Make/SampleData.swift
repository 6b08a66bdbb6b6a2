import OrderedJSON

/// Right data of the API, to be spoilt.
enum SampleData {
  static let event = value(
    #"""
    {"id": "evt_1", "eventType": "order.created", "status": "failed", "payload": {"orderId": "ord_1", "amount": 9900,
    "items": [{"sku": "a", "n": 1.10}], "note": "caf\u00e9 \ud83d"}, "headers": {"X-Trace": "t"}, "endpointId": "ep_1",
    "attempts": 5, "maxAttempts": 5, "priority": "high", "idempotencyKey": "k", "lastError": "HTTP 500",
    "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:01.000Z"}
    """#)
  static let endpoint = value(
    #"""
    {"id": "ep_1", "url": "https://example.com/hook", "description": "d", "eventTypes": ["order.*"], "enabled": true,
    "circuitState": "closed", "secret": "whsec_0123456789abcdef", "maxRetries": 3, "retryBackoffMs": 1000,
    "filter": {"conditions": [{"field": "$.amount", "operator": "gte", "value": 1}]},
    "timeoutMs": 30000, "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z"}
    """#)
  static let page = value(
    #"""
    {"data": [\#(event), \#(event)], "pagination": {"limit": 2, "hasMore": true, "cursor": "c1"}}
    """#)
  static let endpointPage = value(
    #"{"data": [\#(endpoint)], "pagination": {"limit": 50, "hasMore": false, "cursor": null}}"#)
  static let error = value(
    #"{"error": "no such event", "code": "NOT_FOUND", "details": [{"field": "id", "message": "is unknown"}]}"#)
  static let eventInput = value(
    #"""
    {"eventType": "order.created", "payload": {"orderId": "ord_1", "amount": 5}, "headers": {"X-Trace": "t"},
    "maxAttempts": 2, "priority": 1}
    """#)
  static let endpointInput = value(
    #"""
    {"url": "http://127.0.0.1:9/hook", "description": "d", "eventTypes": ["order.*"], "enabled": true, "maxRetries": 2,
    "timeoutMs": 100, "retryBackoffMs": 10, "headers": {"X-A": "b"}, "filter": {"conditions": [
    {"field": "$.amount", "operator": "gte", "value": 1}, {"field": "$.orderId", "operator": "regex", "value": "^o(r|x)+"}]}}
    """#)

  private static func value(_ text: String) -> JSONValue { (try? JSONValue(parsing: text)) ?? .null }
}
