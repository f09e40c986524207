package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * The help of every command, kept true by files that reviewers read: {@code help.txt} and {@code
 * help_ja.txt} beside this test.
 */
class HelpTest {

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({"en, help.txt", "ja, help_ja.txt"})
  void help_is_what_the_golden_file_says(String language, String file) throws Exception {
    String actual = allHelp(language);
    // The build leaves the current text here, to be looked at and copied when a change was meant.
    Files.writeString(Path.of("target", file), actual);

    try (InputStream golden = HelpTest.class.getResourceAsStream(file)) {
      assertThat(golden).as("src/test/resources/org/hikae/device/cli/" + file).isNotNull();
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void every_description_is_there_in_japanese() {
    for (CommandLine command : all(commandLine("ja"))) {
      CommandLine.Model.CommandSpec spec = command.getCommandSpec();
      List<String> texts = new ArrayList<>();
      texts.add(String.join("", spec.usageMessage().description()));
      spec.args().forEach(arg -> texts.add(String.join("", arg.description())));
      assertThat(texts)
          .as(spec.qualifiedName())
          .allMatch(text -> text.codePoints().anyMatch(HelpTest::isJapanese));
    }
  }

  private static boolean isJapanese(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HIRAGANA;
  }

  @Test
  void the_help_speaks_the_language_that_is_asked_for() {
    AgentHarness english = AgentHarness.in(home, Map.of());
    assertThat(AgentMain.run(english.environment(), "status", "--help", "--lang", "ja")).isZero();
    assertThat(english.out()).contains("現在の状態を表示します");
    AgentHarness japanese = AgentHarness.in(home, Map.of("LANG", "ja_JP.UTF-8"));
    assertThat(AgentMain.run(japanese.environment(), "--help")).isZero();
    assertThat(japanese.out()).contains("使い方:");
    AgentHarness back = AgentHarness.in(home, Map.of("LANG", "ja_JP.UTF-8"));
    assertThat(AgentMain.run(back.environment(), "status", "--lang=en", "--help")).isZero();
    assertThat(back.out()).contains("Show where you stand");
  }

  @ParameterizedTest
  @CsvSource({"en, Did you mean \"backup\"?", "ja, 「backup」のことですか。"})
  void a_misspelt_command_is_answered_with_the_one_that_is_meant(String language, String sentence) {
    AgentHarness device = AgentHarness.in(home, Map.of());
    assertThat(device.run("bakcup", "--lang", language)).isEqualTo(2);
    assertThat(device.err()).contains("bakcup", sentence, "hikae --help");
  }

  @Test
  void no_option_takes_a_secret_itself() throws Exception {
    assertThat(allHelp("en")).doesNotContain("--password=").doesNotContain("--digit-key=");
  }

  @Test
  void every_command_has_help_json_and_lang() {
    CommandLine line = commandLine("en");
    all(line).stream()
        .filter(command -> command.getParent() != null && !command.getCommandName().equals("help"))
        .forEach(
            command ->
                assertThat(command.getCommandSpec().optionsMap().keySet())
                    .as(command.getCommandSpec().qualifiedName())
                    .contains("--help", "--json", "--lang"));
  }

  @Test
  void a_command_that_is_run_alone_is_the_same_as_among_all() {
    commandLine("en")
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(command.getCommandSpec().name()).isEqualTo(name);
              AgentHarness alone = AgentHarness.in(home, Map.of());
              if (!name.equals("help")) {
                assertThat(alone.run(name, "--help")).isZero();
                assertThat(alone.out()).isEqualTo(command.getUsageMessage());
              }
            });
  }

  /** A command and all below it, each before those below. */
  private static List<CommandLine> all(CommandLine line) {
    List<CommandLine> commands = new ArrayList<>(List.of(line));
    line.getSubcommands().values().forEach(below -> commands.addAll(all(below)));
    return commands;
  }

  private CommandLine commandLine(String language) {
    return AgentMain.commandLine(AgentHarness.in(home, Map.of()).environment(), language);
  }

  private String allHelp(String language) {
    CommandLine line = commandLine(language);
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    for (CommandLine command : all(line)) {
      out.print(command.getParent() == null ? "" : "\n----\n\n");
      command.usage(out);
    }
    out.flush();
    return text.toString();
  }
}
