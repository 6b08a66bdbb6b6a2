// What a test names beside this module comes with it: the client, the verifier, the sandbox, and JSON values.
@_exported public import MittrSDK
@_exported public import MittrSandbox
@_exported public import MittrWebhooks
@_exported public import OrderedJSON
