import Testing

@Suite("Commands for text, times and numbers as text")
struct TimeCommandTests {
  @Test(
    "Results",
    arguments: [
      // pad
      (#""日本" | pad 6 ".""#, "..日本"), (#""x" | pad 4 "日""#, "日 x"), (#""x" | pad 6 "ab" --right"#, "xababa"),
      (#""abc" | pad 2"#, "abc"), (#""" | pad 3 -"#, "---"), ("null | pad 3", "null"), ("-5 | pad 4 0", "00-5"),
      (#""e\u0301" | pad 3 _"#, "__e\u{301}"), (#""x" | pad 0"#, "x"), (#""x" | pad 5 "abcdefgh""#, "abcdx"),
      // substring
      (#""São🇧🇷x" | substring 3 4"#, "🇧🇷"), (#""abc" | substring 1"#, "bc"), (#""abc" | substring -2 -1"#, "b"),
      (#""abc" | substring 2 1"#, ""), (#""abc" | substring -9 9"#, "abc"), (#""abc" | substring 5"#, ""),
      ("null | substring 1", "null"),
      // repeat
      (#""ab" | repeat 3"#, "ababab"), (#""ab" | repeat 0"#, ""), ("null | repeat 3", "null"),
      // format time
      (#""2026-01-31T12:00:00.1234567+02:00" | format time"#, "2026-01-31T12:00:00.1234567+02:00"),
      (#""2026-01-31T12:00:00.5+02:00" | format time --zone Z"#, "2026-01-31T10:00:00.5Z"),
      (#""2026-01-31T23:00:00Z" | format time --zone -05:30"#, "2026-01-31T17:30:00-05:30"),
      (#""2026-01-31T23:00:00Z" | format time --local"#, "2026-02-01T00:30:00+01:30"),
      ("1767225600 | format time", "2026-01-01T00:00:00.000Z"), ("-0.25 | format time", "1969-12-31T23:59:59.750Z"),
      ("1.7672256e9 | format time %s", "1767225600"), ("1e-4 | format time", "1970-01-01T00:00:00.0001Z"),
      (#""2024-12-31" | format time "%j %u %A %B %y %I%p %L %z %%""#, "366 2 Tuesday December 24 12AM 000 +0000 %"),
      (#""2026-01-31T13:05:09.25Z" | format time "%F %T %I %p %L %b %a""#, "2026-01-31 13:05:09 01 PM 250 Jan Sat"),
      (#""2026-01-31T13:05:09-05:30" | format time %z"#, "-0530"), ("null | format time", "null"),
      // format duration
      (
        "[0, 59, 60, 3600, 86400, 1.50, 0.0004, 0.0015, -0.5, -0] | format duration | collect",
        #"["0s","59s","1m","1h","1d","1.5s","0.4ms","1.5ms","-500ms","0s"]"#
      ),
      ("1e6 | format duration", "11d13h46m40s"), ("61.001 | format duration | parse duration", "61.001"),
      // format number
      ("[0.5, 1.5, -0.5, -0.4, 999.5] | format number --decimals 0 | collect", #"["1","2","-1","0","1000"]"#),
      ("12345678901234567890.10 | format number --group", "12,345,678,901,234,567,890.10"),
      ("[1, 12, 123, 1234, 1e6] | format number --group | collect", #"["1","12","123","1,234","1,000,000"]"#),
      ("1e-5 | format number", "0.00001"), ("null | format number", "null"),
      ("-1234.5 | format number --group", "-1,234.5"),
      // format bytes
      (
        "[1024, 1075, 1076, 1048524, 1048525, -2048, 9223372036854775807, 1.6] | format bytes | collect",
        #"["1 KiB","1 KiB","1.1 KiB","1023.9 KiB","1 MiB","-2 KiB","8 EiB","2 B"]"#
      ),
      // bucket
      (#""2026-01-31T12:34:56.789Z" | bucket 15m"#, "2026-01-31T12:30:00.000Z"),
      (#""2026-01-31T01:00:00+02:00" | bucket 1d"#, "2026-01-31T00:00:00+02:00"),
      (#""2026-01-31T12:00:00Z" | bucket 1w"#, "2026-01-26T00:00:00Z"),
      (#""2026-01-26" | bucket 2d"#, "2026-01-25T00:00:00Z"),
      (#""2026-01-31T12:34:56.7Z" | bucket 250ms"#, "2026-01-31T12:34:56.500Z"),
      (#""2026-01-31T12:34:56.5Z" | bucket 1s"#, "2026-01-31T12:34:56.0Z"),
      ("[-1, 0, 59.999, 60] | bucket 1m | collect", "[-60,0,0,60]"), ("1.75 | bucket 500ms", "1.5"),
      ("-0.1 | bucket 250ms", "-0.25"), ("null | bucket 1h", "null"),
      // shift
      (#""2026-01-31T12:00:00Z" | shift 1d"#, "2026-02-01T12:00:00Z"),
      (#""2026-01-31T12:00:00.123456Z" | shift -1ms"#, "2026-01-31T12:00:00.122456Z"),
      (#""2026-01-31T12:00:00Z" | shift 250ms"#, "2026-01-31T12:00:00.250Z"), ("0 | shift -1h30m", "-5400"),
      ("[0.1, 0.5, -0.25] | shift 500ms | collect", "[0.6,1,0.25]"), ("0.856 | shift 10000000000s", "10000000000.856"),
      (#""2026-01-31" | shift -1s"#, "2026-01-30T23:59:59Z"), ("null | shift 1h", "null"),
    ])
  func results(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(script): \(run.errors)")
  }

  @Test(
    "What cannot be done is said",
    arguments: [
      (#""x" | pad -1"#, "bad-argument"), (#""x" | pad 10001"#, "bad-argument"), (#""x" | pad 3 """#, "bad-argument"),
      ("[[1]] | pad 3", "type-mismatch"), ("1 | substring 1", "type-mismatch"), (#""x" | repeat -1"#, "bad-argument"),
      (#""0123456789" | repeat 1000000 | repeat 10"#, "too-long"), ("1 | repeat 2", "type-mismatch"),
      (#""x" | format time"#, "bad-text"), (#""2026-01-31T12:00:00" | format time"#, "bad-text"),
      ("1e300 | format time", "overflow"), ("1e12 | format time", "overflow"), ("true | format time", "type-mismatch"),
      ("0 | format time %Q", "bad-argument"), ("0 | format time 100%", "bad-argument"),
      (#"0 | format time "yyyy-MM-dd""#, "bad-argument"), ("0 | format time iso", "bad-argument"),
      ("0 | format time --zone Berlin", "bad-argument"), ("0 | format time --zone +25:00", "bad-argument"),
      ("0 | format time --zone Z --local", "bad-argument"),
      (#""9999-12-31T23:30:00Z" | format time --zone +02:00"#, "overflow"),
      (#""90" | format duration"#, "type-mismatch"), ("1e300 | format duration", "overflow"),
      ("1e500 | format number", "overflow"), ("1 | format number --decimals 101", "bad-argument"),
      ("1e300 | format bytes", "overflow"), ("0 | bucket 0s", "bad-argument"), ("0 | bucket 1mo", "bad-argument"),
      ("0 | shift later", "bad-argument"), (#""9999-12-31T23:59:59Z" | shift 1s"#, "overflow"),
      ("1 | format", "unknown-command"),
    ])
  func failures(script: String, code: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[\(code)]"), "\(script): \(run.output) \(run.errors)")
  }

  @Test("A pattern of another language is translated")
  func foreignPattern() async {
    let run = await ScriptRun(#"0 | format time "yyyy-MM-dd'T'HH:mm:ss.SSS""#)
    #expect(run.errors.contains(#"write it as "%Y-%m-%d'T'%H:%M:%S.%L""#), "\(run.errors)")
  }

  @Test("A UUID is random, of version 4")
  func uuid() async {
    let run = await ScriptRun(
      "for n in [1, 2, 3] { let id = uuid; assert $id =~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }; [1, 2, 3] | each { uuid } | uniq | count"
    )
    #expect(run.output == "3\n", "\(run.errors)")
  }
}
