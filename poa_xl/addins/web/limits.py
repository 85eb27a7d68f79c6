"""How much the local server takes of whoever asks, and how long it waits; far above what Excel sends."""

HEADER_BYTES = 64 * 1024  # the request line and all headers: a browser may add cookies of other servers of localhost
TARGET_BYTES = 8 * 1024
HEADERS = 100
BODY_BYTES = 16 * 1024 * 1024  # a unit's workbook is some hundred KB of JSON
HELD_BYTES = 4 * BODY_BYTES  # of all requests together
CONNECTIONS = 64  # a browser opens six

HEADER_SECONDS = 10.0  # for a TLS handshake, and for the request line and headers together
BODY_SECONDS = 30.0  # for a whole body
READ_SECONDS = 30.0  # for a client that does not take its answer
CLOSE_SECONDS = 3  # for requests that are under way when the server is told to end
