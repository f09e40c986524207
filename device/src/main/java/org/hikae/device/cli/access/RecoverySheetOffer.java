package org.hikae.device.cli.access;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.sheet.RecoverySheet;
import org.hikae.device.sheet.RecoverySheetFacts;
import org.hikae.device.sheet.RecoverySheetFile;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.StateFile;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the recovery sheet when a new 64-digit key is shown: at the file that the command line
 * names, else where the person says at the terminal; saying nothing means no. The libraries that
 * draw it are loaded only then.
 */
public final class RecoverySheetOffer {

  private static final int TRIES = 5;
  private static final String UNDECODED = "\uFFFD";

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final SecretInput input;
  private final StateFile stateFile;
  private final @Nullable RawPath asked;
  private @Nullable RawPath made;

  /**
   * Offers a sheet.
   *
   * @param asked the file that the command line names, or null
   */
  RecoverySheetOffer(
      AgentEnvironment here,
      CommandOutput output,
      SecretInput input,
      StateFile stateFile,
      @Nullable RawPath asked) {
    this.here = here;
    this.output = output;
    this.input = input;
    this.stateFile = stateFile;
    this.asked = asked;
  }

  /** The file that the command line names, checked before anything begins; null without one. */
  public static @Nullable RawPath file(AgentEnvironment here, @Nullable String carried)
      throws AgentException {
    if (carried == null) {
      return null;
    }
    RawPath file = PathArguments.absolute(here, carried);
    RecoverySheetFile.requireFree(file);
    return file;
  }

  /** Makes the sheet of a key that is being shown, if it is wanted. */
  void of(DigitKey key, byte[] setId, long generation) throws AgentException {
    RawPath file = asked;
    if (file != null) {
      write(file, key, setId, generation);
      return;
    }
    if (!input.terminal() || output.json()) {
      return;
    }
    for (int i = 0; i < TRIES; i++) {
      String typed = input.visible(output.messages().get("sheet.ask"));
      if (typed.isEmpty()) {
        return;
      }
      try {
        writeAt(typed, key, setId, generation);
        return;
      } catch (AgentException e) {
        output.note(e.key(), e.arguments().toArray());
      }
    }
  }

  /** Makes it at the file that a person has typed. */
  void writeAt(String typed, DigitKey key, byte[] setId, long generation) throws AgentException {
    write(PathArguments.absolute(here, RawArguments.carry(ofHome(typed))), key, setId, generation);
  }

  /** Something that may show a new key. */
  @FunctionalInterface
  public interface KeyWork<T> {
    /** Does it. */
    T done() throws AgentException;
  }

  /** Does {@code work} and says what became of the sheet, whether it ends well or not. */
  public <T> T around(KeyWork<T> work) throws AgentException {
    boolean well = false;
    try {
      T result = work.done();
      well = true;
      return result;
    } finally {
      RawPath file = made;
      if (well && asked != null && file == null) {
        output.note("sheet.no-digits");
      } else if (!well && file != null) {
        // The key may never have counted.
        output.note("sheet.of-unfinished", file);
      }
    }
  }

  /** Makes the sheet of a key at this file. */
  public void write(RawPath file, DigitKey key, byte[] setId, long generation)
      throws AgentException {
    RecoverySheetFile.requireFree(file);
    SignInProfile profile = stateFile.require().profile();
    RecoverySheetFacts facts =
        new RecoverySheetFacts(
            DisplayFormat.name(profile.displayName()),
            DisplayFormat.plain(profile.subject()),
            profile.server(),
            TextCodec.hex(setId),
            generation,
            profile.vaultRoot(),
            LocalDate.ofInstant(here.clock().instant(), java.time.ZoneId.systemDefault()));
    Messages messages = output.messages();
    try (SecretBytes sheet =
        new RecoverySheet(messages::get, messages.language()).draw(facts, key)) {
      RecoverySheetFile.write(file, sheet);
    }
    made = file;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", file.toString());
    fields.put("rawPath", TextCodec.base64(file.toBytes()));
    output.event("sheet", fields);
    output.note("sheet.written", file);
  }

  /**
   * The terminal's reader knows no tilde, people do. A name that the terminal could not decode
   * would become another one.
   */
  private String ofHome(String typed) throws AgentException {
    boolean tilde = typed.startsWith("~");
    if (typed.contains(UNDECODED) || (tilde && !typed.startsWith("~/"))) {
      throw new AgentException(RunResult.REFUSED, "path.malformed", typed);
    }
    String home = here.environment().getOrDefault("HOME", here.userHome());
    return tilde ? home + typed.substring(1) : typed;
  }
}
