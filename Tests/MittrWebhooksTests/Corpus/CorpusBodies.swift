/// The bodies that deliveries are made of.
enum CorpusBodies {
  static let documents: [(name: String, document: Document)] = [
    ("order", ["orderId": "ord_123", "amount": 9900, "currency": "EUR", "paid": true]),
    ("one pair", ["type": "ping"]),
    (
      "nested",
      [
        "id": "evt_1", "type": "order.created",
        "data": [
          "order": ["lines": [["sku": "b", "count": 2], ["sku": "a", "count": 1]], "address": ["zip": "10115"]]
        ],
      ]
    ),
    ("unicode", ["name": "Zoë Müller", "city": "Kraków", "emoji": "🚀", "note": "“quoted” – dash"]),
    ("latin only", ["name": "Zoë", "drink": "café crème", "price": "5 £"]),
    ("urls", ["url": "https://shop.example/orders/1?a=1&b=2", "path": "/a/b/", "date": "2026/11/24"]),
    ("markup", ["html": "<p>Tom & \"Jerry\"</p>", "line": "a\u{2028}b", "path": "C:\\temp\\x"]),
    ("controls", ["text": "line one\nline two\r\n\ttabbed \u{1}", "quote": "\"", "backslash": "\\"]),
    (
      "numbers",
      [
        "price": .atom("1.10"), "big": .atom("12345678901234567890"), "exponent": .atom("1e5"), "zero": .atom("-0"),
        "small": .atom("1.5E-10"), "one": .atom("1.0"),
      ]
    ),
    ("literals", ["a": .atom("null"), "b": .atom("true"), "c": .atom("false"), "d": [.atom("null"), .atom("1")]]),
    ("duplicates", .object([("id", 2), ("name", "x"), ("id", 1)])),
    ("empty parts", ["list": [], "object": [:], "text": "", "nested": [[], [:], [[]]]]),
    ("array", [1, 2, 3, ["z": 1, "a": [true, false]], "text"]),
    ("unsorted keys", ["zeta": 1, "alpha": 2, "Beta": 3, "10": 4, "9": 5, "é": 6, "_": 7, "": 8]),
    (
      "deep", (0..<60).reduce(["end": true]) { inner, level in ["level \(level)": inner, "a": [.atom(String(level))]] }
    ),
    ("everything", ["ü": "</script>", "a/b": "é/ü & 🚀", "list": [["k": "v/w"], "ß"], "n": .atom("1.50")]),
    ("large", large(records: 100)),
  ]

  /// A list of orders with text of every kind.
  static func large(records: Int) -> Document {
    .object([
      ("type", "orders.listed"),
      (
        "orders",
        .array(
          (0..<records).map { index in
            [
              "id": .string("ord_\(index)"), "amount": .atom("\(index).50"), "customer": ["name": "Zoë", "vip": false],
              "url": .string("https://shop.example/\(index)"), "tags": ["a", "b"],
            ]
          })
      ),
    ])
  }

  /// Bodies that are no JSON, or JSON that only their author wrote so.
  static let texts: [(name: String, bytes: [UInt8])] = [
    ("empty", []),
    ("one letter", Array("x".utf8)),
    ("a line", Array("one line\n".utf8)),
    ("lines", Array("first\nsecond\n\nfourth".utf8)),
    ("CRLF lines", Array("first\r\nsecond\r\n\r\nfourth\r\n".utf8)),
    ("form", Array("id=evt_1&type=order.created&total=9.90".utf8)),
    ("XML", Array("<?xml version=\"1.0\"?>\n<order id=\"1\">\n  <name>Zoë</name>\n</order>\n".utf8)),
    ("prose", Array("Grüße aus Köln: 20 € für „Müller & Söhne“ — naïve façade.".utf8)),
    ("every byte", Array(0...255)),
    ("NUL bytes", [0, 0, 10, 0, 0]),
    ("not quite UTF-8", Array("caf".utf8) + [0xE9, 0x20, 0xFF]),
    ("by hand", Array("{ \"a\" :1,\n\n  \"b\":  [ 1,2 ,3 ] }".utf8)),
    ("a string", Array("\"just a string\"".utf8)),
    ("broken JSON", Array("{\"a\": 1, \"b\": [1, 2".utf8)),
  ]

  static let all: [(name: String, bytes: [UInt8])] =
    documents.map { ($0.name, $0.document.bytes(.stringify)) } + texts
}
