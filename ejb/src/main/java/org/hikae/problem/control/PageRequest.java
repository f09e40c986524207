package org.hikae.problem.control;

/**
 * How much of a list somebody asks for at once.
 *
 * @param limit most entries
 */
public record PageRequest(int limit) {

  /** The limit, where a list gives as many; refused where it does not. */
  public int within(int max) {
    if (limit < 1 || limit > max) {
      throw Refusal.malformed("limit must be a number from 1 to " + max + ".");
    }
    return limit;
  }
}
