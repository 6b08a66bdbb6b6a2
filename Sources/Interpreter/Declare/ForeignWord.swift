/// Words of other tools, and what the same is here.
struct ForeignWord: Sendable {
  /// As the other tools have them: jq, nushell, SQL, Unix, fish, PowerShell, httpie, pandas, programming languages.
  let words: [String]
  /// What to write here, such as `first N`.
  let advice: String
  /// The commands, statements and operators that the advice names.
  let names: [String]

  private init(_ words: String, _ advice: String, names: String) {
    func list(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    self.words = list(words)
    self.advice = advice
    self.names = list(names).map { $0.replacing("_", with: " ") }
  }

  /// What a word of another tool is here, whatever its case.
  static func called(_ word: String) -> ForeignWord? {
    guard word.utf8.count <= longest else { return nil }
    return byWord[word] ?? byWord[word.lowercased()]
  }

  private static let longest = 32

  private static let byWord = Dictionary(
    all.flatMap { entry in entry.words.map { ($0, entry) } }, uniquingKeysWith: { first, _ in first })

  static let all: [ForeignWord] = streams + numbers + text + data + language

  private static let streams: [ForeignWord] = [
    .init("filter select-if where-object query grep-field having", "where CONDITION", names: "where"),
    .init("reject exclude remove-if filterfalse", "where not CONDITION", names: "where not"),
    .init(
      "map foreach for-each each-item apply transform foreach-object xargs parallel mapconcat", "each { … }",
      names: "each"),
    .init("head take limit top peek", "first N", names: "first"),
    .init("tail", "last N", names: "last"),
    .init("drop offset tailn", "skip N leaves out the first; where not CONDITION others", names: "skip where not"),
    .init("nth at index-of", "skip N | first 1, or [N] behind a list", names: "skip first"),
    .init("single only exactly-one", "one", names: "one"),
    .init("sort order orderby order-by sort_by sortby sort-object sort_values", "sort-by .field", names: "sort-by"),
    .init("group groupby group_by group-object partition_by", "group-by .field", names: "group-by"),
    .init("distinct unique unique_by unique-by drop_duplicates dedupe dedup", "uniq", names: "uniq"),
    .init("wc size cardinality len-of", "count", names: "count"),
    .init("measure measure-object describe summary", "stats", names: "stats"),
    .init("uniq-c value_counts value-counts frequencies tally countby count_by", "count-by .field", names: "count-by"),
    .init("rev reversed tac", "reverse", names: "reverse"),
    .init("project pick columns cut fields fieldsof choose", "select FIELD …", names: "select"),
    .init("pluck property getpath path", "get .field", names: "get"),
    .init("del rm-field unset omit drop-column remove", "without FIELD …", names: "without"),
    .init("insert upsert assign add-field mutate setpath extend", "with FIELD VALUE", names: "with"),
    .init("to_entries to-entries items transpose", "entries", names: "entries"),
    .init("from_entries fromentries", "from-entries", names: "from-entries"),
    .init("unnest explode expand flatmap flat_map flat-map unwind", "flatten", names: "flatten"),
    .init("window batch batched chunks group-into", "chunk N", names: "chunk"),
    .init("some exists isany", "any CONDITION", names: "any"),
    .init("every isall", "all CONDITION", names: "all"),
    .init("seq sequence", "range 1 10", names: "range"),
    .init("sublist subarray", "slice FROM TO", names: "slice"),
    .init("innerjoin leftjoin join-on vlookup", "lookup LIST .key .key", names: "lookup"),
    .init("concat union append-list unionall", "+ joins lists and texts", names: "+"),
    .init("enum numbered nl each-with-index", "enumerate", names: "enumerate"),
    .init("slurp toarray to-array", "collect", names: "collect"),
    .init("typeof type-of kind", "type", names: "type"),
    .init("has haskey has-key in-keys", ".record contains \"key\"", names: "contains"),
    .init("compare compare-object cmp", "diff A B", names: "diff"),
  ]

  private static let numbers: [ForeignWord] = [
    .init("mean average", "avg", names: "avg"),
    .init("quantile quantiles pctl", "percentile P …", names: "percentile"),
    .init("total add add-up", "sum", names: "sum"),
    .init("minimum min_by min-by least", "min .field", names: "min"),
    .init("maximum max_by max-by greatest", "max .field", names: "max"),
    .init("truncate trunc fix", "floor, ceil or round", names: "floor ceil round"),
    .init("fabs magnitude", "abs", names: "abs"),
    .init("plot graph bars", "chart", names: "chart"),
    .init("bins hist", "histogram EXPRESSION", names: "histogram"),
    .init("tonumber to-number int float number parseint toint", "parse number", names: "parse"),
    .init("calc expr let-math bc", "an expression stands by itself: 1 + 2; $x * 2", names: "+"),
  ]

  private static let text: [ForeignWord] = [
    .init("ascii_downcase downcase lowercase tolower to-lower", "lower", names: "lower"),
    .init("ascii_upcase upcase uppercase toupper to-upper capitalize", "upper", names: "upper"),
    .init("sed sub gsub tr str-replace", "replace OLD NEW", names: "replace"),
    .init("strip ltrimstr rtrimstr", "trim, or replace", names: "trim replace"),
    .init("implode str-join", "join", names: "join"),
    .init("len strlen", "length of a text or a list; count for a stream", names: "length count"),
    .init("substr mid", "substring FROM TO", names: "substring"),
    .init("lpad rpad padleft padright ljust rjust", "pad N", names: "pad"),
    .init("match scan capture regex matches", "=~ \"pattern\"; parse for parts", names: "=~ parse"),
    .init("startswith startsWith", "starts-with", names: "starts-with"),
    .init("endswith endsWith", "ends-with", names: "ends-with"),
    .init("includes", "contains", names: "contains"),
    .init("strftime todate date-format to_char", "format time PATTERN", names: "format_time"),
    .init("strptime fromdate todatetime mktime into-datetime", "parse time", names: "parse"),
    .init("date today", "now", names: "now"),
    .init("date_trunc floor-time", "bucket 1h", names: "bucket"),
    .init("printf sprintf", "\"…\\(expression)…\" in a string, or format number", names: "format_number"),
    .init("guid newguid uuidgen", "uuid", names: "uuid"),
  ]

  private static let data: [ForeignWord] = [
    .init("cat less more type-file get-content load read", "open FILE", names: "open"),
    .init("write tee-file out-file dump export-csv", "save FILE", names: "save"),
    .init(
      "fromjson from_json convertfrom-json json-parse", "parse json for a text, from json for a stream",
      names: "parse from_json"),
    .init("tojson to_json convertto-json json-stringify stringify", "to json", names: "to_json"),
    .init("tocsv @csv convertto-csv", "to csv", names: "to_csv"),
    .init("fromcsv read_csv convertfrom-csv import-csv", "open FILE.csv, or from csv", names: "open from_csv"),
    .init("echo puts printline println write-output write-host console.log say", "print", names: "print"),
    .init("grep rg findstr ack", "where .field =~ \"pattern\"", names: "where =~"),
    .init("awk", "select, each { … } or where", names: "select each where"),
    .init("jq", "get .field, select, where", names: "get select where"),
    .init("man info tldr get-help", "help WORD", names: "help"),
    .init("which whereis get-command", "help WORD tells what there is", names: "help"),
    .init("cls", "clear", names: "clear"),
    .init("wait delay pause start-sleep", "sleep 2s", names: "sleep"),
    .init("timeit benchmark measure-command", "time { … }", names: "time"),
    .init("rm unlink", "files are not deleted here; without FIELD leaves out a field", names: "without"),
  ]

  private static let language: [ForeignWord] = [
    .init("while until loop do", "for x in LIST { … }; there is no while, so that a script ends", names: "for"),
    .init("function fn func fun proc sub-routine lambda", "def name(parameter) { … }", names: "def"),
    .init("elif elsif elseif", "else if CONDITION { … }", names: "else if"),
    .init("switch match-case when", "if … { … } else if … { … }", names: "if else"),
    .init("unless", "if not CONDITION { … }", names: "if not"),
    .init("then begin", "a block stands in braces: if CONDITION { … }", names: "if"),
    .init("fi done end endif esac", "a block ends with its brace: }", names: ""),
    .init("var const local my dim declare typeset export", "let NAME = VALUE", names: "let"),
    .init("import include use require load-script .source run exec bash sh", "source FILE", names: "source"),
    .init("mittr", "this is mittr: leave the word out; source FILE runs a script", names: "source"),
    .init("version", "mittr --version, outside of the shell", names: ""),
    .init("raise fail error panic die", "throw \"message\"", names: "throw"),
    .init("except rescue on-error", "try { … } catch e { … }", names: "try catch"),
    .init("ensure defer", "try { … } finally { … }", names: "try finally"),
    .init("next skip-iteration", "continue", names: "continue"),
    .init("leave", "break", names: "break"),
    .init("quit q bye logout", "exit, or Ctrl-D, ends the shell", names: "exit"),
    .init("coalesce ifnull nvl isnull default", "??: .a ?? \"other\"", names: "??"),
    .init("nil none undefined nothing null?", "null", names: "null"),
    .init("eq equals is -eq", "==", names: "=="),
    .init("ne neq isnt -ne xor", "!=", names: "!="),
    .init("gt -gt", ">", names: ">"),
    .init("lt -lt", "<", names: "<"),
    .init("gte ge -ge", ">=", names: ">="),
    .init("lte le -le", "<=", names: "<="),
    .init("mod rem", "%", names: "%"),
    .init("div", "/", names: "/"),
    .init("between", ".a >= 1 and .a <= 9", names: ">= and <="),
    .init("ilike", "=~ \"(?i)pattern\"", names: "=~"),
  ]
}
