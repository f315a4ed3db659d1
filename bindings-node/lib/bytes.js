'use strict';

const { inputError } = require('./translate.js');

/** The raw body of a request as bytes. */
function bytesOf(body) {
  if (Buffer.isBuffer(body)) return body;
  if (typeof body === 'string') return Buffer.from(body);
  if (ArrayBuffer.isView(body)) {
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  }
  throw inputError(
    'body',
    'body must be the raw body of the request, a Buffer or a string, and not what a framework ' +
      "has made of it: with Express, express.raw({ type: 'application/json' }) gives it",
  );
}

module.exports = { bytesOf };
