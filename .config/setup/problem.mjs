/** Something about this machine that stops the set-up, and what to do about it. */
export class Problem extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} remedy what to do, as one sentence or one command
   */
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}
