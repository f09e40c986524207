package org.hikae.device.keys;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A typed 64-digit key cannot be right. Says what a person should look at, never a digit. */
public final class DigitKeyException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final DigitKeyProblem problem;
  private final transient List<Integer> rows;

  private DigitKeyException(DigitKeyProblem problem, List<Integer> rows, String message) {
    super(message);
    this.problem = problem;
    this.rows = List.copyOf(rows);
  }

  /** The closed list of what can be wrong. */
  public enum DigitKeyProblem {
    /** Too few or too many digits. */
    WRONG_COUNT,
    /** Something that is neither digit nor blank nor hyphen. */
    NOT_A_DIGIT,
    /** A check digit does not fit: a mistyped, swapped or misplaced row. */
    WRONG_ROW
  }

  static DigitKeyException wrongCount(int expected) {
    return new DigitKeyException(
        DigitKeyProblem.WRONG_COUNT, List.of(), "There must be exactly " + expected + " digits.");
  }

  static DigitKeyException notADigit(int row) {
    return new DigitKeyException(
        DigitKeyProblem.NOT_A_DIGIT,
        List.of(Math.min(row, DigitKey.ROWS)),
        "Row " + Math.min(row, DigitKey.ROWS) + " has a character that is not a digit.");
  }

  static DigitKeyException wrongRows(List<Integer> rows) {
    String named = rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new DigitKeyException(DigitKeyProblem.WRONG_ROW, rows, "Row " + named + " is mistyped.");
  }

  /** What is wrong. */
  public DigitKeyProblem problem() {
    return problem;
  }

  /** The rows to look at, from 1; empty when the count is wrong. */
  public List<Integer> rows() {
    return rows;
  }

  /** The same for a sentence. */
  public String rowList() {
    return rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
