// A payload is a `JSONValue`: who imports the SDK can write one, read its fields and decode it.
@_exported public import OrderedJSON
