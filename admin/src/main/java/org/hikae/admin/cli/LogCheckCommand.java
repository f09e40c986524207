package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.port.HttpWebClient;
import org.hikae.admin.port.TrustedCertificates;
import org.hikae.admin.port.WebClient;
import org.hikae.admin.transparency.KeptCheckpointStore;
import org.hikae.admin.transparency.LogFileSource;
import org.hikae.admin.transparency.TransparencyLogResult;
import org.hikae.admin.transparency.TransparencyLogVerifier;
import org.hikae.hk1.MalformedException;
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
      "Exit codes: 0 fits, 1 nothing to compare with or no answer, 2 the log contradicts what it"
          + " has signed, 64 wrong command line, 70 defect."
    })
final class LogCheckCommand implements Callable<Integer> {

  private static final int NOT_COMPARED = 1;
  private static final int CONTRADICTED = 2;
  private static final int OK = 200;
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
      out.println(say("silent", ExceptionText.of(e)));
      code = NOT_COMPARED;
    }
    out.flush();
    return code;
  }

  private int check(LogFileSource files, PrintWriter out) throws IOException {
    KeptCheckpointStore store = new KeptCheckpointStore(folder);
    NoteKey key = key(store, files);
    byte[] kept = store.checkpoint();
    TransparencyLogResult result = new TransparencyLogVerifier(files, key).check(kept);
    if (result.fault() != null) {
      out.println(say("fault." + result.fault(), result.size(), result.before()));
      if (result.isEvidence()) {
        out.println(say("evidence", folder, store.keepContradicting(result.checkpoint())));
      }
      return CONTRADICTED;
    }
    store.keep(key, result.checkpoint());
    if (kept == null) {
      out.println(say("first", result.size(), key.text(), folder));
      return NOT_COMPARED;
    }
    out.println(say("fits", result.size(), result.before()));
    return 0;
  }

  private NoteKey key(KeptCheckpointStore store, LogFileSource files) throws IOException {
    NoteKey kept = store.key();
    try {
      NoteKey given = keyText == null ? null : NoteKey.parse(keyText);
      if (given != null && kept != null && !given.equals(kept)) {
        throw new ParameterException(
            spec.commandLine(), "--key: another key was kept in " + folder + ".");
      }
      if (given != null) {
        return given;
      }
      return kept == null
          ? NoteKey.parse(new String(files.get("key"), StandardCharsets.UTF_8).strip())
          : kept;
    } catch (MalformedException e) {
      throw new ParameterException(spec.commandLine(), "The key is none: " + e.getMessage());
    }
  }

  private LogFileSource files() throws IOException {
    WebClient web = new HttpWebClient(TrustedCertificates.context(caFile), Clock.systemUTC());
    String address = portal.toString().replaceFirst("/*$", "/api/public/log/");
    return path -> {
      WebClient.WebReply reply = web.get(URI.create(address + path), "");
      if (reply.status() != OK) {
        throw new IOException(path + ": " + reply.status());
      }
      return reply.body();
    };
  }

  private String say(String key, Object... arguments) {
    return language.say(SENTENCES, key, arguments);
  }
}
