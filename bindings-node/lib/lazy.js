'use strict';

/**
 * Adds names to an object that are loaded when they are first asked for: what a program
 * does not use costs it nothing to import.
 */
function lazily(object, loaders) {
  for (const [name, load] of Object.entries(loaders)) {
    Object.defineProperty(object, name, {
      configurable: true,
      enumerable: true,
      get() {
        const value = load()[name];
        Object.defineProperty(object, name, { configurable: true, enumerable: true, value });
        return value;
      },
    });
  }
  return object;
}

module.exports = { lazily };
