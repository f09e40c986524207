package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** Whoever looks up a code in the guide finds it, once, with what to do. */
class TroubleshootingTest {

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
}
