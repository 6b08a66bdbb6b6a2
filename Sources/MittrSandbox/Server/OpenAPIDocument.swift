/// The OpenAPI 3.1 description of the API, as this server answers it.
enum OpenAPIDocument {
  static let json = #"""
    {
      "openapi": "3.1.0",
      "info": {
        "title": "Mittr API",
        "version": "1.0.0",
        "description": "A local sandbox of the Mittr webhook platform. Endpoint fields transformation, deliveryMode, fifo and fifoPartitionKey are kept and shown, and have no effect here."
      },
      "servers": [{"url": "/"}],
      "security": [{"apiKey": []}, {"bearer": []}],
      "paths": {
        "/api/v1/events": {
          "get": {
            "operationId": "listEvents",
            "summary": "One page of events, newest first",
            "parameters": [
              {"name": "status", "in": "query", "schema": {"anyOf": [{"$ref": "#/components/schemas/EventStatus"}, {"const": ""}]}},
              {"name": "eventType", "in": "query", "description": "A type, or a pattern such as order.*", "schema": {"type": "string"}},
              {"name": "endpointId", "in": "query", "schema": {"type": "string"}},
              {"name": "since", "in": "query", "description": "Created at or after", "schema": {"$ref": "#/components/schemas/TimeParameter"}},
              {"name": "until", "in": "query", "description": "Created before", "schema": {"$ref": "#/components/schemas/TimeParameter"}},
              {"$ref": "#/components/parameters/limit"},
              {"$ref": "#/components/parameters/cursor"}
            ],
            "responses": {
              "200": {"description": "The page", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EventPage"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          },
          "post": {
            "operationId": "sendEvent",
            "summary": "Send an event to its subscribers, or to one destination",
            "description": "One event is made for each subscribed endpoint. The answer is the first of them, with the ids of all as fanOut when there are several. Without a subscriber the event is dead at once. A repeated request is answered as the first was, with the header Idempotent-Replayed.",
            "parameters": [
              {"name": "X-Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string", "minLength": 1, "maxLength": 255}}
            ],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EventInput"}}}},
            "responses": {
              "201": {"description": "The event", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          }
        },
        "/api/v1/events/{id}": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "get": {
            "operationId": "getEvent",
            "summary": "One event",
            "responses": {
              "200": {"description": "The event", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          }
        },
        "/api/v1/events/{id}/replay": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "post": {
            "operationId": "replayEvent",
            "summary": "Deliver an event again",
            "description": "409 INVALID_STATE while the event is pending or processing.",
            "responses": {
              "200": {"description": "The event, pending again", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          }
        },
        "/api/v1/events/{id}/attempts": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "get": {
            "operationId": "listAttempts",
            "summary": "The last 100 attempts to deliver an event, oldest first",
            "responses": {
              "200": {"description": "The attempts", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/AttemptPage"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          }
        },
        "/api/v1/endpoints": {
          "get": {
            "operationId": "listEndpoints",
            "summary": "One page of endpoints, newest first",
            "parameters": [{"$ref": "#/components/parameters/limit"}, {"$ref": "#/components/parameters/cursor"}],
            "responses": {
              "200": {"description": "The page", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EndpointPage"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          },
          "post": {
            "operationId": "createEndpoint",
            "summary": "Create an endpoint",
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"allOf": [{"$ref": "#/components/schemas/EndpointInput"}, {"required": ["url"]}]}}}},
            "responses": {
              "201": {"description": "The endpoint", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Endpoint"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          }
        },
        "/api/v1/endpoints/{id}": {
          "parameters": [{"$ref": "#/components/parameters/id"}],
          "get": {
            "operationId": "getEndpoint",
            "summary": "One endpoint",
            "responses": {
              "200": {"description": "The endpoint", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Endpoint"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          },
          "patch": {
            "operationId": "updateEndpoint",
            "summary": "Change what is given; null restores a default; enabled true also closes the circuit",
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EndpointInput"}}}},
            "responses": {
              "200": {"description": "The endpoint", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Endpoint"}}}},
              "default": {"$ref": "#/components/responses/Error"}
            }
          },
          "delete": {
            "operationId": "deleteEndpoint",
            "summary": "Delete an endpoint; events that wait for it become dead",
            "responses": {
              "204": {"description": "Deleted"},
              "default": {"$ref": "#/components/responses/Error"}
            }
          }
        },
        "/health": {"get": {"operationId": "health", "summary": "The server runs", "security": [], "responses": {"200": {"$ref": "#/components/responses/Health"}}}},
        "/health/live": {"get": {"operationId": "live", "summary": "The server runs", "security": [], "responses": {"200": {"$ref": "#/components/responses/Health"}}}},
        "/health/ready": {"get": {"operationId": "ready", "summary": "The database answers", "security": [], "responses": {"200": {"$ref": "#/components/responses/Health"}}}}
      },
      "components": {
        "securitySchemes": {
          "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
          "bearer": {"type": "http", "scheme": "bearer"}
        },
        "parameters": {
          "id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
          "limit": {"name": "limit", "in": "query", "description": "Above 100 means 100", "schema": {"type": "integer", "minimum": 1, "maximum": 9223372036854775807, "default": 50}},
          "cursor": {"name": "cursor", "in": "query", "description": "The cursor of the page before", "schema": {"type": "string", "pattern": "^c_(0|-?[1-9a-z][0-9a-z]{0,11})_[1-9a-z][0-9a-z]{0,11}$"}}
        },
        "responses": {
          "Error": {"description": "An error", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}},
          "Health": {"description": "Healthy", "content": {"application/json": {"schema": {"type": "object", "required": ["status"], "properties": {"status": {"const": "ok"}}}}}}
        },
        "schemas": {
          "Error": {
            "type": "object",
            "required": ["error", "code"],
            "properties": {
              "error": {"type": "string"},
              "code": {"enum": ["BAD_REQUEST", "UNAUTHORIZED", "QUOTA_EXCEEDED", "FORBIDDEN", "NOT_FOUND", "METHOD_NOT_ALLOWED", "REQUEST_TIMEOUT", "CONFLICT", "INVALID_STATE", "PAYLOAD_TOO_LARGE", "RATE_LIMITED", "HEADERS_TOO_LARGE", "INTERNAL_ERROR", "NOT_IMPLEMENTED", "UNAVAILABLE"]},
              "details": {"type": "array", "items": {"type": "object", "required": ["field", "message"], "properties": {"field": {"type": "string"}, "message": {"type": "string"}}}}
            }
          },
          "Pagination": {
            "type": "object",
            "required": ["hasMore", "cursor"],
            "properties": {
              "hasMore": {"type": "boolean"},
              "cursor": {"type": ["string", "null"]},
              "total": {"type": "integer", "description": "Of the whole list; on a first page only"}
            }
          },
          "TimeParameter": {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]},
          "EventStatus": {"enum": ["pending", "processing", "delivered", "failed", "dead"]},
          "EventInput": {
            "type": "object",
            "required": ["payload"],
            "anyOf": [
              {"required": ["eventType"], "properties": {"eventType": {"type": "string"}}},
              {"required": ["destination"], "properties": {"destination": {"type": "string"}}}
            ],
            "properties": {
              "eventType": {"type": ["string", "null"], "pattern": "^[^\\u0000-\\u0020\\u007f*]{1,255}$"},
              "destination": {"type": ["string", "null"], "format": "uri", "minLength": 1, "maxLength": 2048, "description": "http or https, without user and password"},
              "payload": {"type": "object"},
              "headers": {
                "type": ["object", "null"],
                "maxProperties": 50,
                "propertyNames": {"pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},
                "additionalProperties": {
                  "type": "string",
                  "maxLength": 4096,
                  "pattern": "^([^\\u0000-\\u0020\\u007f]([^\\u0000-\\u0008\\u000a-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f])?)?$"
                }
              },
              "maxAttempts": {"type": ["integer", "null"], "minimum": 1, "default": 5, "description": "Above 25 means 25"},
              "priority": {"type": ["integer", "string", "null"], "minimum": -9223372036854775808, "maximum": 9223372036854775807, "maxLength": 100}
            }
          },
          "Event": {
            "type": "object",
            "required": ["id", "status", "payload", "headers", "attempts", "maxAttempts", "idempotencyKey", "createdAt", "updatedAt"],
            "properties": {
              "id": {"type": "string", "pattern": "^evt_"},
              "eventType": {"type": "string"},
              "status": {"$ref": "#/components/schemas/EventStatus"},
              "payload": {"type": "object"},
              "headers": {"type": "object", "additionalProperties": {"type": "string"}},
              "destination": {"type": "string", "format": "uri"},
              "endpointId": {"type": "string"},
              "attempts": {"type": "integer"},
              "maxAttempts": {"type": "integer"},
              "priority": {"type": ["integer", "string"]},
              "idempotencyKey": {"type": "string"},
              "lastError": {"type": "string"},
              "createdAt": {"type": "string", "format": "date-time"},
              "updatedAt": {"type": "string", "format": "date-time"},
              "deliveredAt": {"type": "string", "format": "date-time"},
              "fanOut": {"type": "array", "items": {"type": "string"}, "description": "Only in the answer to sending, when there are several"}
            }
          },
          "EventPage": {
            "type": "object",
            "required": ["data", "pagination"],
            "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}}, "pagination": {"$ref": "#/components/schemas/Pagination"}}
          },
          "Attempt": {
            "type": "object",
            "required": ["attempt", "at"],
            "properties": {
              "attempt": {"type": "integer"},
              "at": {"type": "string", "format": "date-time"},
              "statusCode": {"type": "integer"},
              "error": {"type": "string"}
            }
          },
          "AttemptPage": {
            "type": "object",
            "required": ["data", "pagination"],
            "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/Attempt"}}, "pagination": {"$ref": "#/components/schemas/Pagination"}}
          },
          "Filter": {
            "description": "All of an array of filters, and/or/not of filters, or a condition; up to ten levels",
            "anyOf": [
              {"$ref": "#/components/schemas/Filters"},
              {"type": "object", "required": ["and"], "properties": {"and": {"$ref": "#/components/schemas/Filters"}}},
              {"type": "object", "required": ["or"], "properties": {"or": {"$ref": "#/components/schemas/Filters"}}},
              {"type": "object", "required": ["not"], "properties": {"not": {"$ref": "#/components/schemas/Filter"}}},
              {"$ref": "#/components/schemas/FilterCondition"}
            ]
          },
          "Filters": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/Filter"}},
          "FilterCondition": {
            "type": "object",
            "required": ["field", "operator"],
            "properties": {"field": {"type": "string", "maxLength": 1000, "pattern": "^\\$(\\.[^.\\[\\]]+|\\[(0|[1-9][0-9]{0,8})\\])*$"}},
            "oneOf": [
              {"required": ["value"], "properties": {"operator": {"enum": ["eq", "ne", "contains"]}}},
              {"required": ["value"], "properties": {"operator": {"enum": ["gt", "gte", "lt", "lte"]}, "value": {"type": ["number", "string"]}}},
              {"required": ["value"], "properties": {"operator": {"enum": ["startsWith", "endsWith"]}, "value": {"type": "string"}}},
              {"properties": {"operator": {"const": "exists"}, "value": {"type": "boolean", "default": true}}},
              {"required": ["value"], "properties": {"operator": {"const": "regex"}, "value": {"type": "string", "maxLength": 256, "format": "regex", "description": "Without back-references and look-around"}}}
            ]
          },
          "EndpointInput": {
            "type": "object",
            "properties": {
              "url": {"type": "string", "format": "uri", "minLength": 1, "maxLength": 2048},
              "description": {"type": ["string", "null"], "maxLength": 1000},
              "eventTypes": {"type": ["array", "null"], "minItems": 1, "maxItems": 100, "items": {"type": "string", "pattern": "^[^\\u0000-\\u0020\\u007f]{1,255}$"}, "default": ["*"]},
              "filter": {"anyOf": [{"$ref": "#/components/schemas/Filter"}, {"type": "null"}]},
              "transformation": {"type": ["string", "null"], "maxLength": 65536},
              "maxRetries": {"type": ["integer", "null"], "minimum": 1, "maximum": 25, "default": 5},
              "retryBackoffMs": {"type": ["integer", "null"], "minimum": 1, "maximum": 86400000, "default": 1000},
              "retryBackoffMax": {"type": ["integer", "null"], "minimum": 1, "maximum": 86400000, "default": 86400000},
              "retryBackoffMult": {"type": ["number", "null"], "minimum": 1, "maximum": 100, "default": 2},
              "timeoutMs": {"type": ["integer", "null"], "minimum": 1, "maximum": 600000, "default": 30000},
              "circuitThreshold": {"type": ["integer", "null"], "minimum": 1, "maximum": 1000, "default": 5},
              "circuitResetMs": {"type": ["integer", "null"], "minimum": 1, "maximum": 86400000, "default": 60000},
              "deliveryMode": {"type": ["string", "null"], "maxLength": 100},
              "fifo": {"type": ["boolean", "null"], "default": false},
              "fifoPartitionKey": {"type": ["string", "null"], "maxLength": 255},
              "enabled": {"type": "boolean", "default": true},
              "secret": {"type": "string", "minLength": 1, "maxLength": 256}
            }
          },
          "Endpoint": {
            "allOf": [
              {"$ref": "#/components/schemas/EndpointInput"},
              {
                "type": "object",
                "required": ["id", "url", "eventTypes", "enabled", "circuitState", "secret", "createdAt", "updatedAt"],
                "properties": {
                  "id": {"type": "string", "format": "uuid"},
                  "circuitState": {"enum": ["closed", "open", "half-open"]},
                  "createdAt": {"type": "string", "format": "date-time"},
                  "updatedAt": {"type": "string", "format": "date-time"}
                }
              }
            ]
          },
          "EndpointPage": {
            "type": "object",
            "required": ["data", "pagination"],
            "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/Endpoint"}}, "pagination": {"$ref": "#/components/schemas/Pagination"}}
          }
        }
      }
    }
    """#
}
