package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the agent asks a person, by the program that ships, at a real terminal. Nothing here depends
 * on the portal's database. Time budget: 90 seconds beside the system's start.
 */
class TerminalIT {

  private static final String PASSWORD = "yama-no-ue-no-tsuki-5";
  private static final String WRONG = "yama-no-ue-no-tsuki-6";
  private static final String OF_THE_KEY = " of the key:";
  private static final Pattern ROW =
      Pattern.compile("^ {4}(\\d{4}(?: \\d{4}){3})$", Pattern.MULTILINE);

  @TempDir private Path temp;

  @FullRunOnly
  @EveryThirdRun
  @Test
  void an_employee_opts_in_and_restores_elsewhere_by_either_secret() throws Exception {
    TestAccount testAccount = TestCompany.on(StackDatabase.Kind.H2).employee();
    AgentDevice first = signedIn(testAccount, "first");
    List<String> rows = optIn(testAccount, first);
    Path source = Files.createDirectories(temp.resolve("source"));
    Files.writeString(source.resolve("file"), "what a person keeps");
    assertThat(first.run("backup", "--json", source.toString()).exitCode())
        .isEqualTo(AgentResult.DONE);

    restoreByPassword(signedIn(testAccount, "second"), source, temp.resolve("by-password"));
    restoreByDigits(signedIn(testAccount, "third"), rows, source, temp.resolve("by-digits"));
  }

  @Test
  void who_does_not_agree_has_changed_nothing() throws Exception {
    TestAccount testAccount = TestCompany.on(StackDatabase.Kind.H2).employee();
    AgentDevice agent = signedIn(testAccount, "declining");
    try (PseudoTerminal terminal = agent.atTerminal("optin")) {
      terminal.until("Do you agree? [y/N]");
      terminal.type("");
      terminal.until("You did not agree, so nothing was changed.");
      assertThat(terminal.exitCode()).isEqualTo(AgentResult.CANCELLED);
    }
    assertThat(
            TestCompany.on(StackDatabase.Kind.H2)
                .agentOf(testAccount)
                .get("/v1/enrollment")
                .field("state"))
        .isEqualTo("NOT_OPTED_IN");

    try (PseudoTerminal terminal = agent.atTerminal("optin")) {
      terminal.until("Do you agree? [y/N]");
      terminal.type("yes");
      terminal.until("Your choice [1]:");
      terminal.type("2");
      mistypesPassword(terminal);
      assertThat(terminal.screen())
          .as("what is typed as a password is not shown")
          .contains("Do you agree? [y/N] yes")
          .doesNotContain(PASSWORD)
          .doesNotContain(WRONG);
    }
  }

  @FullRunOnly
  @EveryThirdRun
  @Test
  void a_japanese_terminal_asks_and_understands_japanese() throws Exception {
    AgentDevice agent = signedIn(TestCompany.on(StackDatabase.Kind.H2).employee(), "japanese");
    try (PseudoTerminal terminal = agent.atTerminal("optin", "--lang", "ja")) {
      assertThat(terminal.until("同意しますか? [y/N]")).contains("誰も復元できません");
      terminal.type("はい");
      terminal.until("選択 [1]:");
      terminal.type("3");
      List<String> rows = rows(terminal.until("不要なら Enter を押してください:"));
      terminal.type("");
      terminal.until("鍵の ");
      String asked = terminal.until(" 行目を入力してください:");
      terminal.type(rows.get(asked.charAt(0) - '1'));
      terminal.until("利用を開始しました。");
      assertThat(terminal.exitCode()).isEqualTo(AgentResult.DONE);
    }
  }

  /** Opts in with both protections, mistyping whatever can be mistyped; gives the key's rows. */
  private static List<String> optIn(TestAccount testAccount, AgentDevice agent) throws Exception {
    JsonNode text =
        TestCompany.on(StackDatabase.Kind.H2)
            .agentOf(testAccount)
            .get("/v1/enrollment")
            .json()
            .get("consentText");
    try (PseudoTerminal terminal = agent.atTerminal("optin")) {
      assertThat(terminal.until("Do you agree? [y/N]"))
          .contains(text.get("title").asText())
          .contains(text.get("body").asText())
          .contains("nobody but you can open your backup");
      terminal.type("yes");
      assertThat(terminal.until("Your choice [1]:"))
          .contains("1  Password and 64-digit key (recommended).")
          .contains("2  Password only. The vault lets it be tried ten times.")
          .contains("3  64-digit key only.");
      terminal.type("4");
      terminal.until("Choose 1, 2 or 3");
      terminal.until("Your choice [1]:");
      terminal.type("");
      choosePassword(terminal);
      String shown = terminal.until("press Enter for no:");
      assertThat(shown).contains("It is shown this once.");
      terminal.type("");
      terminal.until("Type row ");
      List<String> rows = rows(shown);
      String typed = typeBack(terminal, rows);
      terminal.until("You have opted in.");
      assertThat(terminal.exitCode()).isEqualTo(AgentResult.DONE);
      // The row was echoed, so the terminal would have shown a password too.
      assertThat(terminal.screen()).containsOnlyOnce(typed);
      assertThat(terminal.screen()).doesNotContain(PASSWORD).doesNotContain(WRONG);
      assertThat(rows).allSatisfy(row -> assertThat(terminal.screen()).containsOnlyOnce(row));
      return rows;
    }
  }

  private static void choosePassword(PseudoTerminal terminal) throws Exception {
    terminal.until("New password of the backup:");
    terminal.type("");
    terminal.until("A suggestion, easy to say and hard to guess:");
    terminal.until("New password of the backup:");
    terminal.type("short");
    terminal.until("The password is too short");
    mistypesPassword(terminal);
    terminal.until("New password of the backup:");
    terminal.type(PASSWORD);
    terminal.until("The same password again:");
    terminal.type(PASSWORD);
  }

  private static void mistypesPassword(PseudoTerminal terminal) throws Exception {
    terminal.until("New password of the backup:");
    terminal.type(PASSWORD);
    terminal.until("The same password again:");
    terminal.type(WRONG);
    terminal.until("The two are different.");
  }

  /** Types the row that is asked for, first with one digit wrong; gives what was right. */
  private static String typeBack(PseudoTerminal terminal, List<String> rows) throws Exception {
    int asked = asked(terminal.until(OF_THE_KEY));
    terminal.type(mistyped(rows.get(asked - 1)));
    terminal.until("That is not row " + asked + ". Look again.");
    assertThat(asked(terminal.until(OF_THE_KEY))).isEqualTo(asked);
    // Blanks may be left out.
    String typed = rows.get(asked - 1).replace(" ", "");
    terminal.type(typed);
    terminal.until("Right.");
    return typed;
  }

  private static void restoreByPassword(AgentDevice second, Path source, Path target)
      throws Exception {
    try (PseudoTerminal terminal = second.atTerminal(restore(source, target))) {
      assertThat(terminal.until("Your choice:")).contains("1  Password", "2  64-digit key");
      terminal.type("0");
      terminal.until("Choose 1 or 2");
      terminal.until("Your choice:");
      terminal.type("1");
      terminal.until("Password of the backup:");
      terminal.type(WRONG);
      terminal.until("The password is wrong. Attempts left: 9.");
      assertThat(terminal.exitCode()).isEqualTo(AgentResult.LOCKED);
      assertThat(terminal.screen()).doesNotContain(WRONG);
    }
    assertThat(target).doesNotExist();
    try (PseudoTerminal terminal = second.atTerminal(restore(source, target))) {
      terminal.until("Your choice:");
      terminal.type("1");
      terminal.until("Password of the backup:");
      terminal.type(PASSWORD);
      terminal.until("Everything was restored.");
      assertThat(terminal.exitCode()).isEqualTo(AgentResult.DONE);
      assertThat(terminal.screen()).doesNotContain(PASSWORD);
    }
    assertThat(target.resolve("file")).hasSameBinaryContentAs(source.resolve("file"));
  }

  private static void restoreByDigits(
      AgentDevice third, List<String> rows, Path source, Path target) throws Exception {
    try (PseudoTerminal terminal = third.atTerminal(restore(source, target))) {
      terminal.until("Your choice:");
      terminal.type("2");
      for (int row = 1; row <= rows.size(); row++) {
        terminal.until("Row " + row + " of the 64-digit key:");
        terminal.type(row == 3 ? mistyped(rows.get(2)) : rows.get(row - 1));
      }
      terminal.until("Row 3 is mistyped. Nothing was sent.");
      // Only that one is asked for again.
      terminal.until("Row 3 of the 64-digit key:");
      terminal.type(rows.get(2));
      terminal.until("Everything was restored.");
      assertThat(terminal.exitCode()).isEqualTo(AgentResult.DONE);
      assertThat(rows).allSatisfy(row -> assertThat(terminal.screen()).doesNotContain(row));
    }
    assertThat(target.resolve("file")).hasSameBinaryContentAs(source.resolve("file"));
  }

  private AgentDevice signedIn(TestAccount testAccount, String name)
      throws IOException, InterruptedException {
    AgentDevice agent =
        new AgentDevice(
                TestCompany.on(StackDatabase.Kind.H2).stack(), temp.resolve("agents").resolve(name))
            .quick()
            .here();
    agent.login(testAccount);
    return agent;
  }

  private static String[] restore(Path source, Path target) {
    return new String[] {"restore", "--path", source.toString(), "--target", target.toString()};
  }

  private static List<String> rows(String shown) {
    List<String> rows = ROW.matcher(shown).results().map(row -> row.group(1)).toList();
    assertThat(rows).as("rows of a 64-digit key").hasSize(4);
    return rows;
  }

  private static int asked(String prompt) {
    return prompt.charAt(prompt.length() - OF_THE_KEY.length() - 1) - '0';
  }

  /** The row with its last digit changed. */
  private static String mistyped(String row) {
    int last = row.charAt(row.length() - 1) - '0';
    return row.substring(0, row.length() - 1) + (last + 1) % 10;
  }
}
