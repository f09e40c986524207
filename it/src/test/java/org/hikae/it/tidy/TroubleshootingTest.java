package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.insight.view.RunState;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** Whoever looks up a code in the guide finds it, once, with what to do. */
class TroubleshootingTest {

  private static final String RUN_NAMES =
      "web/portal/src/main/resources/org/hikae/portal/admin_en.properties";

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d{3}) \\| ([^|]{10,}) \\| ([^|]{5,}) \\|$");

  @Test
  void the_guide_explains_each_code_with_its_status_and_no_other() throws IOException {
    Map<String, Integer> explained = new TreeMap<>();
    Matcher row =
        ROW.matcher(Files.readString(BuildOutput.root().resolve("docs/troubleshooting.md")));
    while (row.find()) {
      assertThat(explained.put(row.group(1), Integer.valueOf(row.group(2))))
          .as("%s is explained twice", row.group(1))
          .isNull();
    }
    assertThat(explained)
        .isEqualTo(
            Stream.of(ProblemCode.values())
                .collect(Collectors.toMap(ProblemCode::code, ProblemCode::status)));
  }

  /** A row has the cause, and what employee, help desk and IT do. */
  @Test
  void each_way_in_which_a_run_is_not_well_has_its_row() throws IOException {
    Properties names = new Properties();
    try (Reader reader = Files.newBufferedReader(BuildOutput.root().resolve(RUN_NAMES))) {
      names.load(reader);
    }
    String guide = Files.readString(BuildOutput.root().resolve("docs/troubleshooting.md"));
    String section =
        guide.substring(guide.indexOf("## By how a run ended"), guide.indexOf("## By code"));
    List<String> rows =
        Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]{10,}) \\| ([^|]{10,}) \\| ([^|]{10,}) \\|$")
            .matcher(section)
            .results()
            .map(row -> row.group(1))
            .filter(row -> !row.equals("run"))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RunState.values())
                .filter(RunState::isAdvised)
                .map(state -> names.getProperty("run." + state).toLowerCase(Locale.ROOT))
                .toList());
  }
}
