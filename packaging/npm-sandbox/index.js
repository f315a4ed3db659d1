'use strict';

// `program` is where the sandbox's executable is. npm installs the one package that fits
// this machine; the others are optional and left out.

// scripts/dist lays the client's own beside this file: both know the same machines.
const { target } = require('./target.js');

const PROGRAM = process.platform === 'win32' ? 'kessai-sandbox.exe' : 'kessai-sandbox';

function find() {
  const name = `kessai-sandbox-${target()}`;
  try {
    return require.resolve(`${name}/${PROGRAM}`);
  } catch (cause) {
    throw new Error(
      `the package ${name} is not installed: either there is none for this machine, or ` +
        'optional dependencies were left out or a lock file of another machine was used; ' +
        'delete node_modules and install again with `npm install --include=optional`',
      { cause },
    );
  }
}

let found;

module.exports = {
  get program() {
    found ??= find();
    return found;
  },
};
