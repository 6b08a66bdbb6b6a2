/// A service that commands share and that the interpreter knows nothing of, such as an API client.
public protocol SessionKey {
  associatedtype Value
}
