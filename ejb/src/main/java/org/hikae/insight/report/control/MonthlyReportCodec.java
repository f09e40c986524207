package org.hikae.insight.report.control;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hikae.insight.report.value.MonthlyReportRow;
import org.hikae.insight.report.value.MonthlyReportSection;

/** Rows of a report as the JSON that is kept: each is a list of its section, name and values. */
public final class MonthlyReportCodec {

  private static final int FIRST_VALUE = 2;

  private MonthlyReportCodec() {}

  /** The rows as text. */
  public static String json(List<MonthlyReportRow> rows) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    for (MonthlyReportRow row : rows) {
      JsonArrayBuilder one = Json.createArrayBuilder();
      one.add(row.section().name()).add(row.name());
      row.values().forEach(one::add);
      all.add(one);
    }
    return all.build().toString();
  }

  /** The rows again; those of sections or with columns of another release are passed over. */
  public static List<MonthlyReportRow> parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readArray().getValuesAs(JsonArray.class).stream()
          .flatMap(row -> parse(row).stream())
          .toList();
    }
  }

  private static Optional<MonthlyReportRow> parse(JsonArray row) {
    List<String> values =
        IntStream.range(FIRST_VALUE, row.size()).mapToObj(row::getString).toList();
    return Arrays.stream(MonthlyReportSection.values())
        .filter(known -> known.name().equals(row.getString(0)))
        .filter(known -> known.columns().size() == values.size())
        .findFirst()
        .map(section -> new MonthlyReportRow(section, row.getString(1), values));
  }
}
