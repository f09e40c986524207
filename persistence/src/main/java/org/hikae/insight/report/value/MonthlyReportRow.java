package org.hikae.insight.report.value;

import java.util.List;

/**
 * One row of a report.
 *
 * @param section where it stands
 * @param name what it counts, such as {@code opted-in}, a day or the path of a department
 * @param values as text, one for each column of the section; empty where nothing is known
 */
public record MonthlyReportRow(MonthlyReportSection section, String name, List<String> values) {

  /** The name of a row that says by its only value how many more there are. */
  public static final String MORE = "more";

  /** Copies the list. */
  public MonthlyReportRow {
    values = List.copyOf(values);
    if (values.size() != section.columns().size()) {
      throw new IllegalArgumentException(section + " has other columns than " + values.size());
    }
  }

  /** A row of numbers. */
  public static MonthlyReportRow of(MonthlyReportSection section, String name, Long... numbers) {
    return new MonthlyReportRow(
        section, name, List.of(numbers).stream().map(String::valueOf).toList());
  }
}
