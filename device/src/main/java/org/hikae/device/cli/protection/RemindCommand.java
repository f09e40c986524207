package org.hikae.device.cli.protection;

import java.nio.CharBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.cli.drill.RecoveryProofReporter;
import org.hikae.device.keys.PasswordException;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.protection.PasswordPractice;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.PasswordReminder;
import org.hikae.device.state.UnlockedSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets the employee practise the password of the backup. */
@Command(
    name = "remind",
    description =
        "Practise the password of your backup, so that you still know it when you need it.%n"
            + "It is checked on this device only, and a wrong one costs nothing and is told to nobody."
            + " Of a right one your company sees that you practised, and when.")
public final class RemindCommand extends AgentCommand {

  @Option(names = "--later", description = "Do not ask now, but in some days.")
  private boolean later;

  @Option(
      names = "--password-fd",
      paramLabel = "N",
      description = "Read the password from this file descriptor instead of asking.")
  private @Nullable Integer passwordFd;

  public RemindCommand(AgentEnvironment here) {
    super(here);
  }

  /** How it went. */
  private enum PracticeResult {
    RIGHT,
    WRONG,
    LATER
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      PasswordPractice passwordPractice =
          new PasswordPractice(agent.stateFile(), here().ksf(), here().clock(), here().random());
      passwordPractice.reminder();
      PracticeResult practiceResult = answer(output, passwordPractice);
      PasswordReminder after = passwordPractice.reminder();
      Map<String, Object> fields = new LinkedHashMap<>();
      String due = Instant.ofEpochSecond(after.dueAt()).toString();
      fields.put("answer", practiceResult.name());
      fields.put("wrong", after.wrong());
      fields.put("dueAt", due);
      output.event("remind", fields);
      if (practiceResult == PracticeResult.RIGHT) {
        show(output, agent);
      }
      if (practiceResult != PracticeResult.WRONG) {
        output.say(
            "remind.answer." + practiceResult, DisplayFormat.time(due, ZoneId.systemDefault()));
        return RunResult.SUCCESS;
      }
      if (after.wrong() >= PasswordPractice.MANY_WRONG) {
        output.note("remind.many-wrong");
      }
      return RunResult.LOCKED;
    }
  }

  /** The company sees that it was right; of a wrong one it hears nothing. */
  private void show(CommandOutput output, SignedInAgent agent) throws AgentException {
    UnlockedSet set = agent.stateFile().require().set();
    if (set != null) {
      new RecoveryProofReporter(here(), output)
          .practised(new RecoveryProofReporter.UsedKey(set.setId(), set.generation()));
    }
  }

  /** Says at the end of a command at a terminal that it is time, in one line. */
  public static void hint(AgentEnvironment here, CommandOutput output, AgentState state) {
    boolean due =
        PasswordPractice.dueAt(state).filter(at -> !at.isAfter(here.clock().instant())).isPresent();
    if (due && here.console() != null && !output.json()) {
      output.note("remind.due");
    }
  }

  private PracticeResult answer(CommandOutput output, PasswordPractice passwordPractice)
      throws AgentException {
    if (later) {
      passwordPractice.later();
      return PracticeResult.LATER;
    }
    Integer descriptor = passwordFd;
    if (descriptor != null) {
      Optional<String> problem = problem(output, passwordPractice, SecretInput.line(descriptor));
      return problem.isEmpty() ? PracticeResult.RIGHT : PracticeResult.WRONG;
    }
    Optional<PersonDialog> dialog = output.dialog();
    SecretInput input = new SecretInput(here().console());
    if (dialog.isEmpty() && !input.terminal()) {
      throw new AgentException(RunResult.REFUSED, "secret.needs-password-fd");
    }
    Map<String, Object> facts = new HashMap<>();
    for (int i = 0; i < PasswordPractice.MANY_WRONG; i++) {
      char[] typed =
          dialog.isPresent()
              ? dialog.get().secret(PersonDialog.DialogStep.PRACTICE, facts)
              : input.hidden(output.messages().get("remind.ask"));
      if (typed.length == 0) {
        passwordPractice.later();
        return PracticeResult.LATER;
      }
      Optional<String> problem = problem(output, passwordPractice, typed);
      if (problem.isEmpty()) {
        return PracticeResult.RIGHT;
      }
      facts.put("problem", problem.get());
    }
    return PracticeResult.WRONG;
  }

  /** What is wrong with it, told already, as a sentence; nothing when it is the password. */
  private static Optional<String> problem(
      CommandOutput output, PasswordPractice passwordPractice, char[] typed) throws AgentException {
    String key;
    try (SecretBytes password = PasswordRules.normalise(CharBuffer.wrap(typed))) {
      if (passwordPractice.answered(password)) {
        return Optional.empty();
      }
      key = "remind.wrong";
    } catch (PasswordException e) {
      key = "password." + e.problem();
    } finally {
      Arrays.fill(typed, '\0');
    }
    output.note(key);
    return Optional.of(output.messages().get(key));
  }
}
