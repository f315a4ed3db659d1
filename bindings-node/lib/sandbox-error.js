'use strict';

/** The sandbox could not be started, or refused what it was asked. */
class SandboxError extends Error {}
Object.defineProperty(SandboxError.prototype, 'name', { value: 'SandboxError', writable: true });

module.exports = { SandboxError };
