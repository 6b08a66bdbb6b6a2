// The middleware's parameters are a secret, a handler and an answer: they come with it.
@_exported public import MittrWebhooks
