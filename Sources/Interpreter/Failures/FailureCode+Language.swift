// The language's codes. `help errors` and the reference print this list, and a test demands a case that raises each.

extension Failure.Code {
  // MARK: Found when a text is read

  public static let ambiguousMinus = Failure.Code(
    "ambiguous-minus", "a hyphen that may belong to a key or subtract", exit: 2)
  public static let badEscape = Failure.Code(
    "bad-escape", "a backslash in a string followed by what is no escape", exit: 2)
  public static let badName = Failure.Code("bad-name", "a name that no variable or function can have", exit: 2)
  public static let badNumber = Failure.Code("bad-number", "digits that are no number", exit: 2)
  public static let badPath = Failure.Code("bad-path", "a path that leads nowhere as it is written", exit: 2)
  public static let bareWord = Failure.Code("bare-word", "a word without quotes where a value should stand", exit: 2)
  public static let chainedComparison = Failure.Code(
    "chained-comparison", "two comparisons without and, or or parentheses between them", exit: 2)
  public static let duplicateParameter = Failure.Code("duplicate-parameter", "two parameters of one name", exit: 2)
  public static let expectedCommand = Failure.Code(
    "expected-command", "something else than a command behind a pipe", exit: 2)
  public static let expressionTooLong = Failure.Code(
    "expression-too-long", "too many operators or stages that build on each other", exit: 2)
  public static let misplacedBreak = Failure.Code(
    "misplaced-break", "a break or a continue outside of a loop", exit: 2)
  public static let misplacedNot = Failure.Code(
    "misplaced-not", "a not that binds less tightly than what stands before it", exit: 2)
  public static let misplacedReturn = Failure.Code("misplaced-return", "a return outside of a function", exit: 2)
  public static let misplacedTest = Failure.Code("misplaced-test", "a test inside of a block", exit: 2)
  public static let missingDefault = Failure.Code(
    "missing-default", "a parameter without a default behind one that has one", exit: 2)
  public static let missingFile = Failure.Code("missing-file", "an @ without a file's name", exit: 2)
  public static let missingName = Failure.Code("missing-name", "a $ without a variable's name", exit: 2)
  public static let missingValue = Failure.Code("missing-value", "a flag without its value", exit: 2)
  public static let mixedWord = Failure.Code(
    "mixed-word", "a string or a value and a bare word without a space between them", exit: 2)
  public static let nameTaken = Failure.Code(
    "name-taken", "a function with the name of a command or of a word of the language", exit: 2)
  public static let needsInput = Failure.Code(
    "needs-input", "a command that takes items from a pipe at the start of one", exit: 2)
  public static let nestingTooDeep = Failure.Code(
    "nesting-too-deep", "brackets and blocks that nest too deeply", exit: 2)
  public static let notPerItem = Failure.Code(
    "not-per-item", "a field of the item in an argument that is read once", exit: 2)
  public static let reservedWord = Failure.Code("reserved-word", "a word of the language as a name", exit: 2)
  public static let scriptTooLarge = Failure.Code("script-too-large", "a script that is too large to be read", exit: 2)
  public static let unexpectedEnd = Failure.Code(
    "unexpected-end", "a text that ends too early, or a bracket that is not closed", exit: 2)
  public static let unexpectedToken = Failure.Code(
    "unexpected-token", "something that cannot stand where it stands", exit: 2)
  public static let unknownFlag = Failure.Code("unknown-flag", "a flag that the command does not have", exit: 2)
  public static let unterminatedString = Failure.Code("unterminated-string", "a quote that is not closed", exit: 2)

  // MARK: Found when a text is read, or while it runs

  public static let badArgument = Failure.Code("bad-argument", "an argument of the wrong kind or out of range")
  public static let badPattern = Failure.Code("bad-pattern", "a regular expression that is none")
  public static let missingArgument = Failure.Code(
    "missing-argument", "an argument that must be given and is not", exit: 2)
  public static let notText = Failure.Code("not-text", "bytes that are not UTF-8 text")
  public static let sourceFailed = Failure.Code("source-failed", "a sourced file with errors", exit: 2)
  public static let takesNoInput = Failure.Code("takes-no-input", "a pipe into what takes nothing from it", exit: 2)
  public static let unexpectedArgument = Failure.Code(
    "unexpected-argument", "more arguments than there are parameters", exit: 2)
  public static let unknownCommand = Failure.Code(
    "unknown-command", "a command, a function or a page of help that does not exist")
  public static let unknownKey = Failure.Code(
    "unknown-key", "a key of a record that a command does not know, and that is nearly one that it does", exit: 2)
  public static let unknownVariable = Failure.Code("unknown-variable", "a variable that does not exist")

  // MARK: Found while a text runs

  public static let assertionFailed = Failure.Code("assertion-failed", "an assert whose condition does not hold")
  public static let badIndex = Failure.Code("bad-index", "an index that is neither a key nor a whole number")
  public static let badRecord = Failure.Code("bad-record", "a record in a file or a text that does not fit its format")
  public static let badText = Failure.Code("bad-text", "a text that does not fit what parse reads it as")
  public static let cancelled = Failure.Code("cancelled", "a pipe that nobody reads or writes any more")
  public static let divisionByZero = Failure.Code("division-by-zero", "a division by zero")
  public static let fileDisplaced = Failure.Code(
    "file-displaced", "a file that was taken away or changed while it was in use")
  public static let fileError = Failure.Code("file-error", "a file that cannot be read or written")
  public static let fileExists = Failure.Code("file-exists", "a file that is there already and is not to be replaced")
  public static let fileInUse = Failure.Code("file-in-use", "a file that another process has open")
  public static let noHistory = Failure.Code("no-history", "a history outside of the prompt")
  public static let noItem = Failure.Code("no-item", "a . where there is no item")
  public static let noItems = Failure.Code("no-items", "no item where one is expected")
  public static let noSuchField = Failure.Code("no-such-field", "a key or an index of a value that has none")
  public static let noValue = Failure.Code("no-value", "nothing where a value is to be bound")
  public static let notExplained = Failure.Code("not-explained", "what --explain cannot foretell")
  public static let notKept = Failure.Code("not-kept", "a function that is to be kept, outside of the prompt")
  public static let outputError = Failure.Code("output-error", "standard output that cannot be written")
  public static let overflow = Failure.Code("overflow", "a number that is out of range")
  public static let recordTooLong = Failure.Code("record-too-long", "a record of a file that is too long")
  public static let thrown = Failure.Code("thrown", "what a script throws without a code of its own")
  public static let tooDeep = Failure.Code("too-deep", "calls or values that nest too deeply")
  public static let tooLarge = Failure.Code("too-large", "a string or a list that would be too large")
  public static let tooLong = Failure.Code("too-long", "a text that would be too long")
  public static let tooManyItems = Failure.Code("too-many-items", "more items than one where one is expected")
  public static let tooMuchWork = Failure.Code("too-much-work", "a text that is too long for its pattern")
  public static let typeMismatch = Failure.Code(
    "type-mismatch", "a value of a kind that an operator or a command does not take")

  public static let unknownColumn = Failure.Code("unknown-column", "a field of a record that has no column in CSV")

  // MARK: Warnings

  public static let emptyRange = Failure.Code(
    "empty-range", "a range whose end lies on the other side of its start", exit: 0)
  public static let leftOut = Failure.Code("left-out", "fields that a format has no place for", exit: 0)
  public static let foreignSpelling = Failure.Code(
    "foreign-spelling", "what another language would take in another way, such as a % in a pattern", exit: 0)
  public static let numberText = Failure.Code(
    "number-text", "texts that look like numbers, compared as text", exit: 0)
  public static let shadowedVariable = Failure.Code(
    "shadowed-variable", "a let in a loop under the name of a variable that is read after it", exit: 0)
  public static let unevenLengths = Failure.Code(
    "uneven-lengths", "items and a list of different lengths side by side", exit: 0)
  public static let unfilledVariable = Failure.Code(
    "unfilled-variable", "a variable's name in a text without the \\( ) that fills it in", exit: 0)
  public static let unknownField = Failure.Code(
    "unknown-field", "a field that no item has, or that a command does not know", exit: 0)
  public static let unknownWord = Failure.Code(
    "unknown-word", "a comparison with a word that the field never has", exit: 0)

  /// All of them, in the order of the page.
  public static let language: [Failure.Code] = [
    .ambiguousMinus,
    .badEscape,
    .badName,
    .badNumber,
    .badPath,
    .bareWord,
    .chainedComparison,
    .duplicateParameter,
    .expectedCommand,
    .expressionTooLong,
    .misplacedBreak,
    .misplacedNot,
    .misplacedReturn,
    .misplacedTest,
    .missingDefault,
    .missingFile,
    .missingName,
    .missingValue,
    .mixedWord,
    .nameTaken,
    .needsInput,
    .nestingTooDeep,
    .notPerItem,
    .reservedWord,
    .scriptTooLarge,
    .unexpectedEnd,
    .unexpectedToken,
    .unknownFlag,
    .unterminatedString,
    .badArgument,
    .badPattern,
    .missingArgument,
    .notText,
    .sourceFailed,
    .takesNoInput,
    .unexpectedArgument,
    .unknownCommand,
    .unknownKey,
    .unknownVariable,
    .assertionFailed,
    .badIndex,
    .badRecord,
    .badText,
    .cancelled,
    .divisionByZero,
    .fileDisplaced,
    .fileError,
    .fileExists,
    .fileInUse,
    .noHistory,
    .noItem,
    .noItems,
    .noSuchField,
    .noValue,
    .notExplained,
    .notKept,
    .outputError,
    .overflow,
    .recordTooLong,
    .thrown,
    .tooDeep,
    .tooLarge,
    .tooLong,
    .tooManyItems,
    .tooMuchWork,
    .typeMismatch,
    .unknownColumn,
    .emptyRange,
    .foreignSpelling,
    .leftOut,
    .numberText,
    .shadowedVariable,
    .unevenLengths,
    .unfilledVariable,
    .unknownField,
    .unknownWord,
  ]
}
