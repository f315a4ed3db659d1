'use strict';

// What machine this is, by the name that packages of this kind have.

const { closeSync, openSync, readSync } = require('node:fs');

const HEAD_BYTES = 4096;

/** Whether this Node uses musl: its executable names the loader of its C library. */
function usesMusl() {
  const head = Buffer.alloc(HEAD_BYTES);
  const file = openSync(process.execPath, 'r');
  try {
    readSync(file, head, 0, HEAD_BYTES, 0);
  } finally {
    closeSync(file);
  }
  return head.includes('/ld-musl-');
}

/** The name that packages of this kind have, as napi gives it. */
function target() {
  const { platform, arch } = process;
  if (platform === 'win32') return `${platform}-${arch}-msvc`;
  if (platform !== 'linux') return `${platform}-${arch}`;
  return `${platform}-${arch}-${usesMusl() ? 'musl' : 'gnu'}`;
}

module.exports = { target };
