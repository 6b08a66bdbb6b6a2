import CLibedit

/// The line being typed, as libedit holds it: Unicode scalars and a cursor among them. Offsets count scalars, which is
/// what libedit's functions count too, whatever its `el_line` says in bytes.
struct EditBuffer {
  private let editor: OpaquePointer

  init(_ editor: OpaquePointer) { self.editor = editor }

  var count: Int {
    let line = el_wline(editor).pointee
    guard let start = line.buffer, let end = line.lastchar else { return 0 }
    return end - start
  }

  /// On an empty line vi's keys for the line's end take libedit's cursor one step before the line.
  var cursor: Int {
    let line = el_wline(editor).pointee
    guard let start = line.buffer, let cursor = line.cursor else { return 0 }
    return min(max(0, cursor - start), count)
  }

  var scalars: [Unicode.Scalar] {
    UnsafeBufferPointer(start: el_wline(editor).pointee.buffer, count: count).map(Unicode.Scalar.init(wide:))
  }

  func insert(_ text: String) {
    guard !text.isEmpty else { return }
    el_winsertstr(editor, text.wideCharacters)
  }

  func moveCursor(to offset: Int) { _ = el_cursor(editor, Int32(offset - cursor)) }

  func replace(_ range: Range<Int>, with text: String) {
    moveCursor(to: range.upperBound)
    el_deletestr(editor, Int32(range.count))
    insert(text)
  }

  /// Leaves the cursor at the end. (Deleting would put the old line in the buffer that vi's `p` inserts from.)
  func replaceAll(with text: String) {
    guard !text.isEmpty else { return replace(0..<count, with: "") }
    el_wreplacestr(editor, text.wideCharacters)
    moveCursor(to: count)
  }

  /// Makes the line's memory hold so many characters; it never shrinks again. Only before `el_wgets`, which begins with
  /// an empty line.
  func reserve(_ capacity: Int) {
    insert(String(repeating: " ", count: capacity))
  }
}

extension Unicode.Scalar {
  /// A wide character of the C library, which is a scalar's number on every system libedit runs on.
  init(wide character: wchar_t) {
    self = Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
  }
}

extension String {
  /// The text as a C string of wide characters.
  var wideCharacters: [wchar_t] { unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0] }

  init(scalars: some Sequence<Unicode.Scalar>) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
