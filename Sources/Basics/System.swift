// The C library under one name: `import Basics` brings it, so that which one it is stands here alone.
#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Darwin
#endif
