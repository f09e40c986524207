package org.hikae.rollout.view;

import java.util.List;
import org.hikae.openapi.wire.SchemaName;

/**
 * What became of a list.
 *
 * @param imported whether it is the wave's list now
 * @param column which column named the people: username, email or subject
 * @param rows rows below the header
 * @param people employees that they name
 * @param faults how many rows are wrong
 * @param faulty the first 1000 of them
 */
@SchemaName("ListReport")
public record WaveListReport(
    boolean imported, String column, int rows, int people, int faults, List<Fault> faulty) {

  /** Most rows that are named. */
  public static final int MAX_NAMED = 1000;

  /**
   * A row that is wrong.
   *
   * @param line its number in the file, from 1; the header counts
   * @param value the beginning of what the row says there; what cannot be seen is told by its code
   * @param fault UNKNOWN, DUPLICATE, DISABLED, AMBIGUOUS, TOO_LONG, EMPTY or COLUMNS (more or fewer
   *     than the header has)
   */
  public record Fault(int line, String value, WaveListFault fault) {}
}
