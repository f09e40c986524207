package org.hikae.device.keys;

import java.io.Serial;

/** A password that cannot be one. Says why, never what. */
public final class PasswordException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final PasswordProblem problem;

  PasswordException(PasswordProblem problem) {
    super(problem.sentence);
    this.problem = problem;
  }

  /** The closed list of reasons. */
  public enum PasswordProblem {
    /** Fewer than 12 code points, or none at all. */
    TOO_SHORT("The password must have at least 12 characters."),
    /** Fewer characters than the company's policy asks for. */
    BELOW_POLICY("The password must have as many characters as the policy asks for."),
    /** More than 256 code points. */
    TOO_LONG("The password may have at most 256 characters."),
    /** A control character or half a character; of a new one, what not every device knows. */
    CHARACTER("The password has a control character or one that not every device knows."),
    /** On the list of common passwords. */
    COMMON("This password is one of those that are guessed first."),
    /** Too easy to guess by its structure. */
    WEAK("This password is too easy to guess.");

    private final String sentence;

    PasswordProblem(String sentence) {
      this.sentence = sentence;
    }
  }

  /** Why it was refused. */
  public PasswordProblem problem() {
    return problem;
  }
}
