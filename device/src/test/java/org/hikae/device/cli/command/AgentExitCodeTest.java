package org.hikae.device.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.backup.wire.RunResult;
import org.junit.jupiter.api.Test;

/** HK1-S-20: the exit codes are those of the table in docs/spec/objects.md. */
class AgentExitCodeTest {

  private static final Pattern ROW = Pattern.compile("(?m)^ *\\| `([A-Z]+)` \\| (\\d+) \\|");

  @Test
  void each_result_has_the_code_of_the_specification() throws Exception {
    Path page = Path.of("../docs/spec/objects.md");
    String text = Files.readString(Files.exists(page) ? page : Path.of("docs/spec/objects.md"));
    Map<RunResult, Integer> table = new EnumMap<>(RunResult.class);
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      table.put(RunResult.valueOf(row.group(1)), Integer.valueOf(row.group(2)));
    }
    Map<RunResult, Integer> here = new EnumMap<>(RunResult.class);
    for (RunResult result : RunResult.values()) {
      if (result != RunResult.RUNNING) {
        here.put(result, AgentExitCode.of(result));
      }
    }
    assertThat(table).isEqualTo(here);
  }
}
