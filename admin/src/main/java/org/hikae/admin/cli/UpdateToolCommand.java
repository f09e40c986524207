package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.update.UpdateFileStore;
import org.hikae.enrollment.update.wire.UpdateException;
import org.hikae.enrollment.update.wire.UpdateMetadata;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands of those who sign updates share: none needs a network. */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 done, 1 not done, 64 wrong command line, 70 defect."})
abstract class UpdateToolCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final String SENTENCES = "org.hikae.admin.update.update";
  private static final int MAX_DAYS = 3660;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private LanguageOption language = new LanguageOption();

  UpdateToolCommand() {}

  /** Does it; what is thrown is told. */
  abstract void run()
      throws IOException, MalformedException, GeneralSecurityException, UpdateException;

  @Override
  public Integer call() {
    try {
      run();
      return 0;
    } catch (UpdateException e) {
      say("fault." + e.fault(), e.file());
    } catch (IOException | MalformedException | GeneralSecurityException e) {
      say("failed", ExceptionText.of(e));
    }
    return FAILED;
  }

  /** A sentence. */
  void say(String key, Object... arguments) {
    print(language.say(SENTENCES, key, arguments));
  }

  /** A line as it is. */
  void print(String line) {
    PrintWriter out = spec().commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private CommandSpec spec() {
    CommandSpec found = spec;
    if (found == null) {
      throw new IllegalStateException("only picocli runs a command");
    }
    return found;
  }

  /** The current time. */
  static Instant now() {
    return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** When something ends that counts for so many days. */
  Instant end(int days) {
    if (days < 1 || days > MAX_DAYS) {
      throw new ParameterException(
          spec().commandLine(), "--days: a number from 1 to " + MAX_DAYS + ".");
    }
    return now().plus(Duration.ofDays(days));
  }

  /** Writes a draft and shows it, for people to compare before they sign. */
  void draft(Path folder, UpdateMetadata draft) throws IOException {
    Path file = new UpdateFileStore(folder).write(draft);
    print(draft.text().stripTrailing());
    say("draft", file);
  }
}
