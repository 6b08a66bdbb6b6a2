extension BodyHypothesis {
  /// Everything that the doctor knows may have been done to a body, the likeliest first; JSON that was written anew
  /// stands beside it, in `JSONStringStyle.writers`, `JSONLayout.all` and `JSONRewriting.programs`.
  ///
  /// To add a hypothesis:
  /// 1. Add one declaration to the list of its kind: a name, the code, what was signed ("the signature is right for …"),
  ///    what to do, when it can be, and how to undo it. The transformation itself stands in `Coding`.
  /// 2. Let `when` be a cheap look: `.none` unless the bytes have what the fault leaves behind, `.plain` if nothing else
  ///    would leave that. What is `.possible` costs every diagnosis that finds nothing.
  /// 3. Undo with bounds: what comes out is at most 8 MiB and 100 times as long as what went in.
  /// 4. Add the fault, done by other code than the doctor's, to `BodyFault.all` in the tests.
  static let all: [BodyHypothesis] = ends + lineEndings + encodings + wrapped + escaped + normalized + [extraBytes]

  /// What is done at the ends of a body. These are tried on bodies of any size.
  private static let ends: [BodyHypothesis] = [
    BodyHypothesis(
      "byte order mark", .bodyByteOrderMark, phrase: "the body without its byte order mark",
      advice: "read and store the body as bytes, not as text", passes: 0,
      lengths: { $0.size - BodyFeatures.byteOrderMark.count...$0.size - BodyFeatures.byteOrderMark.count },
      when: { $0.hasByteOrderMark ? .plain : .none },
      undo: { [Alternative(.part(min(BodyFeatures.byteOrderMark.count, $0.size)..<$0.size))] }),
    BodyHypothesis(
      "no byte order mark", .bodyByteOrderMark, phrase: "the body with a byte order mark before it",
      advice: "read and store the body as bytes, not as text", passes: 0,
      lengths: { $0.size + BodyFeatures.byteOrderMark.count...$0.size + BodyFeatures.byteOrderMark.count },
      when: { $0.hasByteOrderMark ? .none : .possible },
      undo: { _ in [Alternative(.lead(BodyFeatures.byteOrderMark))] }),
  ]

  private static let extraBytes = BodyHypothesis(
    "extra bytes", .bodyExtraBytes, phrase: "as many bytes of the body as the request says it has",
    advice: "find out what writes bytes behind the body", passes: 0,
    lengths: { $0.signedLength.map { $0...$0 } ?? 0...0 },
    when: { body in body.signedLength.map { 0..<body.size ~= $0 } == true ? .plain : .none },
    undo: { body in
      guard let length = body.signedLength, 0..<body.size ~= length else { return [] }
      return [Alternative(.part(0..<length), length == 0 ? "no body at all, as the request says" : nil)]
    })

  private static let lineEndingAdvice =
    "pass the body on as binary data, for editors, version control and mail change line endings"

  private static let lineEndings: [BodyHypothesis] = [
    BodyHypothesis(
      "CRLF", .bodyLineEndings, phrase: "the body with LF line endings", advice: lineEndingAdvice,
      lengths: { $0.size - $0.lineBreaks.crlf...$0.size - $0.lineBreaks.crlf },
      when: { $0.lineBreaks.crlf > 0 ? .plain : .none },
      undo: { one(LineBreaks.ending($0.bytes, in: .lf)) }),
    BodyHypothesis(
      "LF", .bodyLineEndings, phrase: "the body with CRLF line endings", advice: lineEndingAdvice,
      lengths: { $0.size + $0.lineBreaks.lf...$0.size + $0.lineBreaks.lf },
      when: { $0.lineBreaks.lf > 0 ? .possible : .none },
      undo: { one(LineBreaks.ending($0.bytes, in: .crlf)) }),
    BodyHypothesis(
      "CR", .bodyLineEndings, phrase: "the body with LF or CRLF for its CR", advice: lineEndingAdvice,
      when: { $0.lineBreaks.cr > 0 && $0.lineBreaks.lf == 0 ? .possible : .none },
      undo: { body in
        [LineBreaks.LineEnding.lf, .crlf].map {
          Alternative(LineBreaks.ending(body.bytes, in: $0, isCarriageReturnAlone: true))
        }
      }),
  ]
}
