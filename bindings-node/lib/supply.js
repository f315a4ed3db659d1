'use strict';

// Gives calls the tokens of a function of the shop's, on the thread of JavaScript.

const { core } = require('./translate.js');

class Supply {
  #source;
  #pending;
  /** What the function threw, by the number of the question, until its call ends. */
  #thrown = new Map();

  /** Of a function, perhaps asynchronous; `pending` are the calls under way. */
  constructor(source, pending) {
    this.#source = source;
    this.#pending = pending;
  }

  /** Answers a question: the call that asked it waits for that on its thread. */
  async answer(number) {
    const [{ core: client }] = this.#pending.values();
    try {
      const token = await this.#source();
      core(() => client.token(number, token));
    } catch (problem) {
      this.#thrown.set(number, problem);
      // Nobody asks for it where the call has ended since.
      if (!client.noToken(number)) this.#thrown.delete(number);
    }
  }

  /** Takes what the function threw. */
  thrown(number) {
    const problem = this.#thrown.get(number);
    this.#thrown.delete(number);
    return problem;
  }
}

module.exports = { Supply };
