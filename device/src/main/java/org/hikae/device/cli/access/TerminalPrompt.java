package org.hikae.device.cli.access;

import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.DigitKeyException;
import org.hikae.device.keys.PasswordException;
import org.hikae.device.keys.PasswordGenerator;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.protection.KeyProtection;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.hk1.WrapMethod;

/**
 * Asks at the terminal what the command line does not decide; without a terminal everything must be
 * decided there.
 */
final class TerminalPrompt implements PersonPrompt {

  /** How often a person may mistype what costs no attempt. */
  private static final int TRIES = 5;

  private static final List<Integer> ALL_ROWS =
      IntStream.rangeClosed(1, DigitKey.ROWS).boxed().toList();

  private static final Set<String> YES = Set.of("y", "yes", "はい");

  private final CommandOutput output;
  private final SecretInput input;
  private final PromptOptions options;
  private final SecureRandom random;
  private final PromptSource source;
  private final RecoverySheetOffer sheet;

  TerminalPrompt(
      CommandOutput output,
      SecretInput input,
      PromptOptions options,
      SecureRandom random,
      PromptSource source,
      RecoverySheetOffer sheet) {
    this.output = output;
    this.input = input;
    this.options = options;
    this.random = random;
    this.source = source;
    this.sheet = sheet;
  }

  @Override
  public boolean agreesTo(ConsentText text) throws AgentException {
    output.event(
        "consent",
        Map.of("version", text.version(), "language", text.language(), "title", text.title()));
    output.line(DisplayFormat.inLine(text.title()));
    output.line("");
    text.body().lines().map(DisplayFormat::inLine).forEach(output::line);
    output.line("");
    output.say("optin.warning");
    if (options.yes()) {
      return true;
    }
    requireTerminal("optin.needs-yes");
    return YES.contains(ask("optin.agree").toLowerCase(Locale.ROOT));
  }

  @Override
  public KeyProtection chooses(boolean passwordOffered) throws AgentException {
    KeyProtection decided = options.protection();
    CompanyPolicy company = source.policy();
    Optional<KeyProtection> only = ProtectionRules.only(company);
    List<KeyProtection> allowed = ProtectionRules.allowed(company, passwordOffered);
    if (decided != null) {
      if (allowed.contains(decided)) {
        return decided;
      }
      throw new AgentException(
          RunResult.REFUSED, only.isPresent() ? "policy.protection." + only.get() : "vault.no-pin");
    }
    if (only.isPresent()) {
      output.say("policy.protection." + only.get());
      return only.get();
    }
    requireTerminal("optin.needs-protect");
    if (!passwordOffered) {
      output.say("optin.digit-key-only");
      return KeyProtection.DIGIT_KEY;
    }
    output.say("optin.protections");
    for (int i = 0; i < TRIES; i++) {
      switch (ask("optin.which-protection")) {
        case "", "1" -> {
          return KeyProtection.BOTH;
        }
        case "2" -> {
          return KeyProtection.PASSWORD;
        }
        case "3" -> {
          return KeyProtection.DIGIT_KEY;
        }
        default -> output.note("optin.one-of-three");
      }
    }
    throw tooOften();
  }

  @Override
  public SecretBytes newPassword() throws AgentException {
    Integer descriptor = options.newPasswordFd();
    int min = source.policy().passwordMinCharacters();
    if (descriptor != null) {
      char[] typed = SecretInput.line(descriptor);
      try {
        return PasswordRules.choose(CharBuffer.wrap(typed), min);
      } catch (PasswordException e) {
        throw new AgentException(RunResult.REFUSED, "password." + e.problem(), min);
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    requireTerminal("secret.needs-new-password-fd");
    output.say("password.rules");
    if (min > PasswordRules.MIN_CODE_POINTS) {
      output.say("password.BELOW_POLICY", min);
    }
    for (int i = 0; i < TRIES; i++) {
      char[] first = input.hidden(text("password.new"));
      if (first.length == 0) {
        suggest();
        continue;
      }
      try {
        SecretBytes chosen = PasswordRules.choose(CharBuffer.wrap(first), min);
        if (repeats(chosen)) {
          return chosen;
        }
        chosen.close();
      } catch (PasswordException e) {
        output.note("password." + e.problem(), min);
      } finally {
        Arrays.fill(first, '\0');
      }
    }
    throw tooOften();
  }

  private void suggest() {
    char[] suggestion = PasswordGenerator.generate(random);
    output.say("password.suggestion", CharBuffer.wrap(suggestion));
    Arrays.fill(suggestion, '\0');
  }

  private boolean repeats(SecretBytes chosen) throws AgentException {
    char[] second = input.hidden(text("password.again"));
    try (SecretBytes repeated = PasswordRules.normalise(CharBuffer.wrap(second))) {
      if (repeated.equals(chosen)) {
        return true;
      }
    } catch (PasswordException e) {
      // Not even a password; the same as a different one.
    } finally {
      Arrays.fill(second, '\0');
    }
    output.note("password.different");
    return false;
  }

  @Override
  public void keeps(DigitKey key, byte[] setId, long generation) throws AgentException {
    int row = 1 + random.nextInt(DigitKey.ROWS);
    Integer out = options.digitKeyOutFd();
    Integer back = options.digitKeyFd();
    if (out != null && back != null) {
      List<String> lines = new ArrayList<>(key.rows());
      lines.add("row " + row);
      SecretInput.write(out, lines);
      sheet.of(key, setId, generation);
      char[] typed = SecretInput.line(back);
      try {
        if (!key.rowIs(row, CharBuffer.wrap(typed))) {
          throw new AgentException(RunResult.REFUSED, "digits.row-wrong", row);
        }
      } finally {
        Arrays.fill(typed, '\0');
      }
      return;
    }
    if (output.json()) {
      throw new AgentException(RunResult.REFUSED, "secret.needs-digit-key-fd");
    }
    requireTerminal("secret.needs-digit-key-fd");
    output.say("digits.shown-once");
    output.line("");
    for (String line : key.rows()) {
      output.line("    " + line);
    }
    output.line("");
    sheet.of(key, setId, generation);
    for (int i = 0; i < TRIES; i++) {
      if (key.rowIs(row, ask("digits.type-row", row))) {
        output.say("digits.row-right");
        return;
      }
      output.note("digits.row-wrong", row);
    }
    throw tooOften();
  }

  @Override
  public WrapMethod unlocksWith(Set<WrapMethod> available) throws AgentException {
    WrapMethod decided = decided();
    if (decided != null) {
      if (available.contains(decided)) {
        return decided;
      }
      // Of the password no list says that there is none; it takes a pin.
      throw decided == WrapMethod.PASSWORD_VAULT
          ? new AgentException(RunResult.REFUSED, "vault.no-pin")
          : new AgentException(RunResult.LOCKED, "unlock.no-digits");
    }
    if (available.size() == 1) {
      return available.iterator().next();
    }
    requireTerminal("unlock.needs-method");
    output.say("unlock.methods");
    for (int i = 0; i < TRIES; i++) {
      switch (ask("unlock.which")) {
        case "1" -> {
          return WrapMethod.PASSWORD_VAULT;
        }
        case "2" -> {
          return WrapMethod.DIGIT_KEY;
        }
        default -> output.note("unlock.one-of-two");
      }
    }
    throw tooOften();
  }

  private @org.jspecify.annotations.Nullable WrapMethod decided() {
    if (options.unlock() != null) {
      return options.unlock();
    }
    boolean password = options.passwordFd() != null;
    boolean digits = options.digitKeyFd() != null;
    if (password == digits) {
      return null;
    }
    return password ? WrapMethod.PASSWORD_VAULT : WrapMethod.DIGIT_KEY;
  }

  @Override
  public SecretBytes password() throws AgentException {
    Integer descriptor = options.passwordFd();
    if (descriptor == null) {
      requireTerminal("secret.needs-password-fd");
    }
    char[] typed =
        descriptor != null
            ? SecretInput.line(descriptor)
            : input.hidden(text("password.of-backup"));
    try {
      return PasswordRules.normalise(CharBuffer.wrap(typed));
    } catch (PasswordException e) {
      // Nothing was sent, so no attempt is spent.
      throw new AgentException(RunResult.REFUSED, "password." + e.problem());
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  @Override
  public DigitKey digitKey() throws AgentException {
    Integer descriptor = options.digitKeyFd();
    if (descriptor != null) {
      char[] typed = SecretInput.whole(descriptor);
      try {
        return DigitKey.parse(CharBuffer.wrap(typed));
      } catch (DigitKeyException e) {
        throw new AgentException(RunResult.REFUSED, "digits." + e.problem(), e.rowList());
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    requireTerminal("secret.needs-digit-key-fd");
    char[][] rows = new char[DigitKey.ROWS][0];
    try {
      return typed(rows);
    } finally {
      for (char[] row : rows) {
        Arrays.fill(row, '\0');
      }
    }
  }

  /** Asks for the rows, then again for those that are mistyped. */
  private DigitKey typed(char[][] rows) throws AgentException {
    List<Integer> asked = ALL_ROWS;
    for (int i = 0; i < TRIES; i++) {
      for (int row : asked) {
        Arrays.fill(rows[row - 1], '\0');
        rows[row - 1] = input.hidden(text("digits.row", row));
      }
      CharBuffer typed = joined(rows);
      try {
        return DigitKey.parse(typed);
      } catch (DigitKeyException e) {
        output.note("digits." + e.problem(), e.rowList());
        asked = e.rows().isEmpty() ? ALL_ROWS : e.rows();
      } finally {
        Arrays.fill(typed.array(), '\0');
      }
    }
    throw tooOften();
  }

  private static CharBuffer joined(char[][] rows) {
    int length = 0;
    for (char[] row : rows) {
      length += row.length + 1;
    }
    CharBuffer joined = CharBuffer.allocate(length);
    for (char[] row : rows) {
      joined.put(row).put('\n');
    }
    return joined.flip();
  }

  @Override
  public boolean types(String phrase, String key) throws AgentException {
    return input.terminal() && !output.json() && ask(key, phrase).strip().equals(phrase);
  }

  @Override
  public void signsInAgain() throws AgentException {
    if (!input.terminal() || output.json()) {
      throw new AgentException(RunResult.REFUSED, "vault.refused.REAUTHENTICATE");
    }
    output.say("login.again-for-vault");
    source.signInAgain();
  }

  @Override
  public void hears(String key, Object... arguments) {
    output.say(key, arguments);
  }

  private String text(String key, Object... arguments) {
    return output.messages().get(key, arguments);
  }

  private String ask(String key, Object... arguments) throws AgentException {
    return input.visible(text(key, arguments));
  }

  private void requireTerminal(String otherwise) throws AgentException {
    if (!input.terminal()) {
      throw new AgentException(RunResult.REFUSED, otherwise);
    }
  }

  private static AgentException tooOften() {
    return new AgentException(RunResult.CANCELLED, "run.too-often");
  }
}
