package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PackagePagesMainTest {

  @TempDir private Path share;

  @BeforeEach
  void pages_are_written() throws Exception {
    PackagePagesMain.write(share, "2026-02-03T04:05:06Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"man/man1/hikae.1", "man/ja/man1/hikae.1"})
  void every_command_and_every_option_has_its_place(String file) throws Exception {
    List<String> page = Files.readAllLines(share.resolve(file));

    for (CommandLine command : below(AgentMain.commandLine(here(), "en"))) {
      int start =
          page.indexOf(
              ".SS \"" + command.getCommandSpec().qualifiedName().replace("-", "\\-") + "\"");
      assertThat(start).as(command.getCommandSpec().qualifiedName()).isPositive();
      List<String> own = page.subList(start + 1, next(page, start + 1));
      for (String option : command.getCommandSpec().optionsMap().keySet()) {
        String escaped = option.replace("-", "\\-");
        assertThat(own)
            .as(command.getCommandSpec().qualifiedName() + " " + option)
            .anyMatch(line -> line.startsWith(".B ") && line.contains(escaped));
      }
    }
  }

  private static int next(List<String> page, int from) {
    int at = from;
    while (!page.get(at).startsWith(".S")) {
      at++;
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(strings = {"man/man1/hikae.1", "man/ja/man1/hikae.1"})
  void a_line_is_a_request_only_where_one_was_meant(String file) throws Exception {
    List<String> page = Files.readAllLines(share.resolve(file));

    assertThat(page.subList(1, page.size()))
        .noneMatch(line -> line.isEmpty() || line.startsWith("'") || line.contains("\\\\"))
        .allMatch(
            line ->
                !line.startsWith(".")
                    || line.matches("\\.(TH|SH|SS|TP|PP|B|nh|ds AD l|ad l)( .*)?"));
    assertThat(page.get(1)).startsWith(".TH HIKAE 1 2026-02-03 \"Hikae ");
  }

  @Test
  void both_languages_say_the_same_beside_the_commands() throws Exception {
    assertThat(words("man_ja.properties").stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(words("man.properties").stringPropertyNames());
  }

  @ParameterizedTest
  @CsvSource({
    "1, hikae ba, backup",
    "2, hikae keys new, new-digits",
    "2, hikae restore --tar, --target"
  })
  void the_completion_completes(int at, String typed, String completed) throws Exception {
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                ". \"$0\"; COMP_WORDS=($2) COMP_CWORD=$1; _complete_hikae 2> /dev/null; echo \"${COMPREPLY[@]}\"",
                share.resolve("bash-completion/completions/hikae").toString(),
                String.valueOf(at),
                typed)
            .redirectErrorStream(true)
            .start();

    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.strip()).isEqualTo(completed);
    assertThat(bash.waitFor()).isZero();
  }

  private AgentEnvironment here() {
    return AgentHarness.in(share, Map.of()).environment();
  }

  private static List<CommandLine> below(CommandLine line) {
    List<CommandLine> all = new ArrayList<>();
    for (CommandLine each : line.getSubcommands().values()) {
      all.add(each);
      all.addAll(below(each));
    }
    return all;
  }

  private static Properties words(String name) throws Exception {
    Properties words = new Properties();
    try (var in = PackagePagesMainTest.class.getResourceAsStream(name)) {
      words.load(in);
    }
    return words;
  }
}
