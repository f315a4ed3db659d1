'use strict';

// A sandbox that plays both services on this machine, for development and tests.

const { Sandbox } = require('./lib/sandbox.js');
const { SandboxError } = require('./lib/sandbox-error.js');

module.exports = { Sandbox, SandboxError };
