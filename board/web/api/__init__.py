"""The JSON API. Every route declares what it takes and answers; the OpenAPI document is made from that."""
