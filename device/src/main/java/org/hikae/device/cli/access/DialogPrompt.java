package org.hikae.device.cli.access;

import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.DigitKeyException;
import org.hikae.device.keys.PasswordException;
import org.hikae.device.keys.PasswordRules;
import org.hikae.device.protection.KeyProtection;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.hk1.WrapMethod;

/**
 * Asks in a dialog, such as that of a page, by the rules of the terminal. What a person may mistype
 * at no cost is asked for again, with what was wrong.
 */
final class DialogPrompt implements PersonPrompt {

  /** How often the same may be asked, looking again at the digits included. */
  private static final int TRIES = 20;

  private final CommandOutput output;
  private final PersonDialog dialog;
  private final SecureRandom random;
  private final PromptSource source;
  private final RecoverySheetOffer sheet;

  DialogPrompt(
      CommandOutput output,
      PersonDialog dialog,
      SecureRandom random,
      PromptSource source,
      RecoverySheetOffer sheet) {
    this.output = output;
    this.dialog = dialog;
    this.random = random;
    this.source = source;
    this.sheet = sheet;
  }

  @Override
  public boolean agreesTo(ConsentText text) throws AgentException {
    Map<String, Object> facts =
        Map.of(
            "title", text.title(),
            "body", text.body(),
            "language", text.language(),
            "version", text.version(),
            "warning", sentence("optin.warning"));
    return dialog.answer(DialogStep.CONSENT, facts).equals("yes");
  }

  @Override
  public KeyProtection chooses(boolean passwordOffered) throws AgentException {
    List<KeyProtection> allowed = ProtectionRules.allowed(source.policy(), passwordOffered);
    Map<String, Object> facts = new HashMap<>();
    facts.put("allowed", allowed);
    if (!passwordOffered) {
      facts.put("why", sentence("optin.digit-key-only"));
      facts.put("pinned", false);
    } else if (allowed.size() == 1) {
      facts.put("why", sentence("policy.protection." + allowed.getFirst()));
    }
    return chosen(allowed, dialog.answer(DialogStep.PROTECTION, facts));
  }

  private static <T> T chosen(List<T> allowed, String name) throws AgentException {
    return allowed.stream()
        .filter(one -> one.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new AgentException(RunResult.REFUSED, "window.malformed"));
  }

  @Override
  public SecretBytes newPassword() throws AgentException {
    int min = Math.max(PasswordRules.MIN_CODE_POINTS, source.policy().passwordMinCharacters());
    Map<String, Object> facts = new HashMap<>(Map.of("minCharacters", min));
    for (int i = 0; i < TRIES; i++) {
      char[] typed = dialog.secret(DialogStep.NEW_PASSWORD, facts, one -> problem(one, min));
      try {
        return PasswordRules.choose(CharBuffer.wrap(typed), min);
      } catch (PasswordException e) {
        facts.put("problem", sentence("password." + e.problem(), min));
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    throw tooOften();
  }

  private Optional<String> problem(char[] typed, int min) {
    try (SecretBytes _ = PasswordRules.choose(CharBuffer.wrap(typed), min)) {
      return Optional.empty();
    } catch (PasswordException e) {
      return Optional.of(sentence("password." + e.problem(), min));
    }
  }

  @Override
  public void keeps(DigitKey key, byte[] setId, long generation) throws AgentException {
    int row = 1 + random.nextInt(DigitKey.ROWS);
    Map<String, Object> facts = new HashMap<>(Map.of("row", row));
    shows(key, setId, generation);
    for (int i = 0; i < TRIES; i++) {
      char[] typed = dialog.secret(DialogStep.DIGIT_ROW, facts);
      try {
        if (typed.length == 0) {
          facts.remove("problem");
          shows(key, setId, generation);
        } else if (key.rowIs(row, CharBuffer.wrap(typed))) {
          return;
        } else {
          facts.put("problem", sentence("digits.row-wrong", row));
        }
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    throw tooOften();
  }

  /** Shows the key until the person goes on, and makes sheets where they want them meanwhile. */
  private void shows(DigitKey key, byte[] setId, long generation) throws AgentException {
    Map<String, Object> facts = new HashMap<>();
    for (int i = 0; i < TRIES; i++) {
      String file = dialog.shown(DialogStep.SHOWN_DIGITS, facts, key.rows()).strip();
      if (file.isEmpty()) {
        return;
      }
      facts.clear();
      try {
        sheet.writeAt(file, key, setId, generation);
        facts.put("sheet", file);
      } catch (AgentException e) {
        facts.put("problem", sentence(e.key(), e.arguments().toArray()));
      }
    }
    throw tooOften();
  }

  @Override
  public WrapMethod unlocksWith(Set<WrapMethod> available) throws AgentException {
    if (available.size() == 1) {
      return available.iterator().next();
    }
    List<WrapMethod> allowed = available.stream().sorted().toList();
    String name = dialog.answer(DialogStep.UNLOCK_METHOD, Map.of("allowed", allowed));
    return chosen(allowed, name);
  }

  @Override
  public SecretBytes password() throws AgentException {
    Map<String, Object> facts = new HashMap<>();
    for (int i = 0; i < TRIES; i++) {
      char[] typed = dialog.secret(DialogStep.PASSWORD, facts);
      try {
        return PasswordRules.normalise(CharBuffer.wrap(typed));
      } catch (PasswordException e) {
        // Nothing was sent, so no attempt is spent.
        facts.put("problem", sentence("password." + e.problem()));
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    throw tooOften();
  }

  @Override
  public DigitKey digitKey() throws AgentException {
    Map<String, Object> facts = new HashMap<>();
    for (int i = 0; i < TRIES; i++) {
      char[] typed = dialog.secret(DialogStep.DIGITS, facts);
      try {
        return DigitKey.parse(CharBuffer.wrap(typed));
      } catch (DigitKeyException e) {
        facts.put("problem", sentence("digits." + e.problem(), e.rowList()));
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
    throw tooOften();
  }

  @Override
  public boolean types(String phrase, String key) throws AgentException {
    Map<String, Object> facts = Map.of("phrase", phrase, "sentence", sentence(key, phrase));
    return dialog.answer(DialogStep.PHRASE, facts).strip().equals(phrase);
  }

  @Override
  public void signsInAgain() throws AgentException {
    output.say("login.again-for-vault");
    source.signInAgain();
  }

  @Override
  public void hears(String key, Object... arguments) {
    output.say(key, arguments);
  }

  private String sentence(String key, Object... arguments) {
    return output.messages().get(key, arguments);
  }

  private static AgentException tooOften() {
    return new AgentException(RunResult.CANCELLED, "run.too-often");
  }
}
