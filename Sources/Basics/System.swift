// The C library under one name: `import Basics` brings it, so that which one it is stands here alone.
#if canImport(Glibc)
  @_exported package import Glibc
#elseif canImport(Musl)
  @_exported package import Musl
#else
  @_exported package import Darwin
#endif
