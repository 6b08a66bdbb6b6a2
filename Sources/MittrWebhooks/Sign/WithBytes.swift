/// Calls `body` with the collection's bytes: in place where they are contiguous, else as a copy.
@inlinable
func withBytes<Result>(
  of bytes: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer) -> Result
) -> Result {
  let result = bytes.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
  return result ?? Array(bytes).withUnsafeBytes(body)
}
