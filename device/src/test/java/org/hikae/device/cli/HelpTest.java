package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The help of every command, kept true by a file that reviewers read: {@code help.txt} beside this
 * test.
 */
class HelpTest {

  @TempDir private Path home;

  @Test
  void help_is_what_the_golden_file_says() throws Exception {
    String actual = allHelp();
    // The build leaves the current text here, to be looked at and copied when a change was meant.
    Files.writeString(Path.of("target", "help.txt"), actual);

    try (InputStream golden = HelpTest.class.getResourceAsStream("help.txt")) {
      assertThat(golden).as("src/test/resources/org/hikae/device/cli/help.txt").isNotNull();
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void no_option_takes_a_secret_itself() throws Exception {
    assertThat(allHelp()).doesNotContain("--password=").doesNotContain("--digit-key=");
  }

  @Test
  void every_command_has_help_json_and_lang() {
    CommandLine line = Hikae.commandLine(TestSurroundings.in(home, Map.of()).surroundings());
    line.getSubcommands().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("help"))
        .forEach(
            entry ->
                assertThat(entry.getValue().getCommandSpec().optionsMap().keySet())
                    .as(entry.getKey())
                    .contains("--help", "--json", "--lang"));
  }

  private String allHelp() {
    CommandLine line = Hikae.commandLine(TestSurroundings.in(home, Map.of()).surroundings());
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    line.usage(out);
    for (CommandLine command : line.getSubcommands().values()) {
      out.print("\n----\n\n");
      command.usage(out);
    }
    out.flush();
    return text.toString();
  }
}
