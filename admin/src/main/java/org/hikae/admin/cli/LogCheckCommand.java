package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.port.HttpLogSource;
import org.hikae.admin.port.TrustedCertificates;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.log.wire.KeptCheckpointStore;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.log.wire.TransparencyLogResult;
import org.hikae.transparency.log.wire.TransparencyLogVerifier;
import org.hikae.transparency.note.wire.NoteKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "log-check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads a portal's transparency log and compares it with what was kept of it in a folder: that"
          + " no entry was changed, removed or moved since. Needs no account.",
      "Run it regularly on a computer that the portal's administrators do not rule over."
    },
    footer = {
      "",
      "Exit codes: 0 fits, 1 nothing to compare with yet, 2 the log contradicts what it has signed,"
          + " 3 could not be checked, 64 wrong command line, 70 defect."
    })
final class LogCheckCommand implements Callable<Integer> {

  private static final int NOT_COMPARED = 1;
  private static final int CONTRADICTED = 2;
  private static final int UNCHECKED = 3;
  private static final int MAX_PORT = 65_535;

  /** Control and format characters, and ends of lines and paragraphs, all of Unicode's. */
  private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private static final String SENTENCES = "org.hikae.admin.transparency.log";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Where key and checkpoint are kept; made at the first look.")
  private Path folder;

  @Option(
      names = "--portal",
      paramLabel = "URL",
      required = true,
      description = "The portal's address.")
  private URI portal;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The log's key, as somebody else has it; otherwise the first one is kept.")
  private @Nullable String keyText;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Certificates (PEM) of the authority of the portal, instead of Java's.")
  private @Nullable Path caFile;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  LogCheckCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    int code;
    try {
      code = check(files(), out);
    } catch (IOException e) {
      out.println(say("folder", folder, ExceptionText.of(e)));
      code = UNCHECKED;
    }
    out.flush();
    return code;
  }

  /** Throws only what concerns the folder; what the portal does is told. */
  private int check(LogFileSource files, PrintWriter out) throws IOException {
    KeptCheckpointStore store = new KeptCheckpointStore(folder);
    NoteKey key = known(store);
    if (key == null) {
      try {
        key = NoteKey.parse(new String(files.get("key"), StandardCharsets.UTF_8).strip());
      } catch (MalformedException e) {
        out.println(say("key", ExceptionText.of(e)));
        return UNCHECKED;
      } catch (IOException e) {
        out.println(say("silent", ExceptionText.of(e)));
        return UNCHECKED;
      }
    }
    byte[] kept = store.checkpoint();
    TransparencyLogResult result = new TransparencyLogVerifier(files, key).check(kept);
    TransparencyLogFault fault = result.fault();
    if (fault != null) {
      tell(fault, result, out);
      boolean known = kept != null && Arrays.compare(kept, result.checkpoint()) == 0;
      if (result.isSigned() && !known) {
        keepBeside(store, key, result, out);
      }
      return fault.isContradiction() ? CONTRADICTED : UNCHECKED;
    }
    store.keep(key, kept, result.checkpoint());
    if (kept == null) {
      out.println(say("first", result.size(), key.text(), folder));
      return NOT_COMPARED;
    }
    out.println(say("fits", result.size(), result.before()));
    return 0;
  }

  private void tell(TransparencyLogFault fault, TransparencyLogResult result, PrintWriter out) {
    IOException failure = result.failure();
    out.println(
        failure == null
            ? say("fault." + fault, result.size(), result.before())
            : say("silent", ExceptionText.of(failure)));
  }

  /** Keeps what the log has signed; that this fails does not change what was found. */
  private void keepBeside(
      KeptCheckpointStore store, NoteKey key, TransparencyLogResult result, PrintWriter out) {
    try {
      // From now on: a portal that held back entries has no second choice of a key.
      store.keepKey(key);
      boolean evidence = result.isEvidence();
      Optional<Path> file =
          evidence
              ? store.keepContradicting(result.checkpoint())
              : store.keepUnproven(result.checkpoint());
      out.println(
          file.map(path -> say(evidence ? "evidence" : "unproven", folder, path))
              .orElseGet(() -> say("full", folder)));
    } catch (IOException e) {
      out.println(say("folder", folder, ExceptionText.of(e)));
    }
  }

  /** The key as it was given or kept; null when it has to come from the portal. */
  private @Nullable NoteKey known(KeptCheckpointStore store) throws IOException {
    NoteKey kept = store.key();
    if (keyText == null) {
      return kept;
    }
    NoteKey given;
    try {
      given = NoteKey.parse(keyText);
    } catch (MalformedException e) {
      throw new ParameterException(spec.commandLine(), "--key: " + e.getMessage());
    }
    if (kept != null && !given.equals(kept)) {
      throw new ParameterException(
          spec.commandLine(), "--key: another key was kept in " + folder + ".");
    }
    return given;
  }

  private LogFileSource files() {
    return HttpLogSource.of(address(), trusted(), Clock.systemUTC());
  }

  private String address() {
    String scheme = portal.getScheme();
    boolean web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    boolean whole = portal.getHost() != null && portal.getPort() <= MAX_PORT;
    if (!web || !whole || portal.getRawQuery() != null || portal.getRawFragment() != null) {
      throw new ParameterException(
          spec.commandLine(), "--portal: an address such as https://portal.example.com.");
    }
    return portal.toString();
  }

  private SSLContext trusted() {
    try {
      return TrustedCertificates.context(caFile);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "--ca-file: " + ExceptionText.of(e));
    }
  }

  /** A sentence in which nothing that a portal has said steers the terminal. */
  private String say(String key, Object... arguments) {
    return STEERING.matcher(language.say(SENTENCES, key, arguments)).replaceAll("?");
  }
}
