'use strict';

// The core's errors as JavaScript's.

const { KINDS, InputError, InternalError } = require('./errors.js');
const { KessaiError } = require('./error.js');

/** Before the facts of an error that the compiled half throws. */
const MARK = 'kessai:';

/** What napi says of a panic, and of an argument that only our own code can give. */
const NAPI = /^(GenericFailure|InvalidArg|\w+Expected)$/;

/** Makes an error of what the core tells of it, or with a cause that only we know. */
function errorOf({ kind, message, cause: told, ...facts }, cause = told && errorOf(told)) {
  const type = KINDS[kind] ?? KessaiError;
  return new type(message, cause === undefined ? facts : { ...facts, cause });
}

/** Says that a parameter is wrong which the core never sees. */
function inputError(param, message) {
  return new InputError(message, { code: 'input.invalid', outcome: 'not_done', param });
}

/** Asks the compiled half, and throws its errors as what they are. */
function core(ask) {
  try {
    return ask();
  } catch (thrown) {
    throw translated(thrown);
  }
}

function translated(thrown) {
  if (typeof thrown?.message !== 'string') return thrown;
  if (thrown.message.startsWith(MARK)) {
    return standAt(errorOf(JSON.parse(thrown.message.slice(MARK.length))), siteOf(core));
  }
  if (!NAPI.test(thrown.code)) return thrown;
  return new InternalError('a defect in kessai ended the call: please report it', {
    code: 'internal.defect',
    cause: thrown,
  });
}

/** Marks the place of a call, so that an error that comes later can stand there. */
function siteOf(below) {
  const site = {};
  Error.captureStackTrace(site, below);
  return site;
}

/** Lets an error stand where the call was made: V8 writes the frames out only now. */
function standAt(error, site) {
  const frames = String(site.stack);
  const first = frames.indexOf('\n');
  const head = `${error.name} [${error.code}]: ${error.message}`;
  Object.defineProperty(error, 'stack', {
    value: first < 0 ? head : head + frames.slice(first),
    configurable: true,
    writable: true,
  });
  return error;
}

module.exports = { core, errorOf, inputError, siteOf, standAt };
