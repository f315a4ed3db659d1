#!/usr/bin/env node
'use strict';

const { spawn } = require('node:child_process');
const { constants } = require('node:os');

let program;
try {
  ({ program } = require('./index.js'));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });

// It saves its state when it is told to end: whoever ends this one means that one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (status, signal) => process.exit(status ?? 128 + constants.signals[signal]));
