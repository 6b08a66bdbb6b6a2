// Requests, answers and header fields are those of HTTPTypes: they come with the verifier.
@_exported public import HTTPTypes
