'use strict';

// Finds the compiled half: beside this package in its sources, otherwise in the
// package for this machine, which npm installs along with this one.

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { target } = require('./target.js');

function load() {
  const name = target();
  const beside = join(__dirname, '..', `kessai.${name}.node`);
  if (existsSync(beside)) return require(beside);
  try {
    return require(`kessai-${name}`);
  } catch (cause) {
    const why =
      cause.code === 'MODULE_NOT_FOUND'
        ? `the package kessai-${name} is not installed: either there is none for this machine, ` +
          'or optional dependencies were left out or a lock file of another machine was used; ' +
          'delete node_modules and install again with `npm install --include=optional`'
        : `the package kessai-${name} is installed but cannot be loaded: ${cause.message}`;
    throw new Error(`kessai: ${why}`, { cause });
  }
}

module.exports = load();
