package org.hikae.device.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.PortalTime;
import org.hikae.device.TextControl;
import org.hikae.device.diagnostics.RunHistoryStore;
import org.hikae.device.files.DiskFullCheck;
import org.hikae.device.files.UnsupportedSystemException;
import org.hikae.device.sealing.NewerFormatException;
import org.hikae.device.state.AgentHome;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;
import org.jspecify.annotations.Nullable;

/**
 * What a command says. Results go to standard output, as text for people or, with {@code --json},
 * as one JSON object per line in UTF-8; notes and warnings go to standard error.
 */
public final class CommandOutput {

  private static final String DISK_FULL = "disk.full";
  private static final String LATER_FORM = "snapshots.later-form";
  private static final String WITHHELD = "store.withheld";

  /** Stands for what is no sentence's key. */
  private static final String UNKNOWN_CODE = "unknown";

  private final AgentEnvironment here;
  private final PrintStream out;
  private final PrintStream err;
  private final Messages messages;
  private final boolean json;
  private final boolean verbose;
  private final @Nullable CommandOutputListener listener;

  public CommandOutput(AgentEnvironment here, Messages messages, boolean json, boolean verbose) {
    this.here = here;
    this.out = here.out();
    this.err = here.err();
    this.messages = messages;
    this.json = json;
    this.verbose = verbose;
    this.listener = null;
  }

  /** What is said to a part of the agent, as objects, in place of streams. */
  public CommandOutput(AgentEnvironment here, Messages messages, CommandOutputListener listener) {
    this.here = here;
    this.out = here.out();
    this.err = here.err();
    this.messages = messages;
    this.json = true;
    this.verbose = false;
    this.listener = listener;
  }

  /** Whether somebody watches who wants to know more often how far it is. */
  public boolean watched() {
    return listener != null;
  }

  /** Whether who watches wants it to end in order. */
  public boolean stopped() {
    return listener != null && listener.stopped();
  }

  public Messages messages() {
    return messages;
  }

  public boolean json() {
    return json;
  }

  /** Who asks the person in place of a terminal; nothing where that is nobody. */
  public Optional<PersonDialog> dialog() {
    return listener == null ? Optional.empty() : listener.dialog();
  }

  /** A line of the result, for people only. */
  public void say(String key, Object... arguments) {
    if (!json || listener != null) {
      tellPeople(messages.get(key, arguments));
    }
  }

  /** A line that is no sentence, for people only. */
  public void line(String text) {
    if (!json || listener != null) {
      tellPeople(DisplayFormat.inLine(text));
    }
  }

  private void tellPeople(String text) {
    if (listener == null) {
      out.println(text);
    } else {
      listener.said(text);
    }
  }

  /** A note or warning, in both modes. */
  public void note(String key, Object... arguments) {
    tell(messages.get(key, arguments));
  }

  private void tell(String sentence) {
    if (listener == null) {
      err.println(sentence);
    } else {
      listener.note(sentence);
    }
  }

  /** Raw text on standard error without an end of line: the progress bar. */
  public void bar(String text) {
    err.print(text);
    err.flush();
  }

  /** An object of the result, for scripts only. */
  public void event(String event, Map<String, ?> fields) {
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("event", event);
      object.putAll(fields);
      object.values().removeIf(PortalTime.UNREADABLE::equals);
      if (listener != null) {
        listener.event(object);
        return;
      }
      try {
        byte[] bytes =
            (escaped(AgentJson.mapper().writeValueAsString(object)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("events are always writable as JSON", e);
      }
    }
  }

  /**
   * JSON of the same values that does nothing to a terminal. Outside of strings JSON has none of
   * these characters.
   */
  private static String escaped(String json) {
    StringBuilder text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            c -> {
              if (TextControl.isControl(c)) {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  /** Why the command failed, which is remembered for diagnostics; returns how it ended. */
  public RunResult failure(Exception failure) {
    FailureStatement statement = statement(failure);
    if (statement.result() != RunResult.CANCELLED) {
      new RunHistoryStore(AgentHome.of(here.environment(), here.userHome()))
          .failed(known(statement.code()), here.clock().instant());
    }
    return failed(statement.result(), statement.code(), statement.sentence(), failure);
  }

  /** Its stable code: the key of its sentence, so that it holds nothing that another has sent. */
  public String code(Exception failure) {
    return known(statement(failure).code());
  }

  private String known(String code) {
    return messages.has(code) ? code : UNKNOWN_CODE;
  }

  /**
   * What is said of a failure.
   *
   * @param code key of its sentence
   */
  private record FailureStatement(RunResult result, String code, String sentence) {}

  private FailureStatement statement(Exception failure) {
    return switch (failure) {
      case AgentException e when DiskFullCheck.isBehind(e, place(e)) && place(e) != null ->
          statement(RunResult.LOCAL, DISK_FULL, e.arguments().getFirst());
      case AgentException e ->
          new FailureStatement(e.result(), e.key(), messages.get(e.key(), e.arguments()));
      case BackupStoreException e when e.getCause() instanceof AgentException cause ->
          statement(cause);
      case BackupStoreException e when e.getCause() instanceof WithheldObjectException cause ->
          statement(e.result(), WITHHELD, cause.answer());
      case BackupStoreException e when e.getCause() instanceof NewerFormatException ->
          statement(e.result(), LATER_FORM);
      case BackupStoreException e ->
          statement(e.result(), "store." + e.result(), String.valueOf(e.getMessage()));
      case IOException e when DiskFullCheck.isBehind(e, null) ->
          statement(RunResult.LOCAL, DISK_FULL, named(e));
      case IOException e -> local(e);
      case UnsupportedSystemException e -> statement(RunResult.LOCAL, "system", e.system());
      default -> statement(RunResult.INTERNAL, "internal", failure.getClass().getName());
    };
  }

  private FailureStatement statement(RunResult result, String code, Object... arguments) {
    return new FailureStatement(result, code, messages.get(code, arguments));
  }

  private FailureStatement local(IOException failure) {
    String key =
        switch (failure) {
          case DirectoryNotEmptyException _ -> "restore.not-empty";
          case AccessDeniedException _ -> "local.denied";
          case NoSuchFileException _ -> "local.missing";
          default -> "local";
        };
    String what = key.equals("local") ? String.valueOf(failure.getMessage()) : named(failure);
    return statement(RunResult.LOCAL, key, what);
  }

  private static String named(IOException failure) {
    return failure instanceof FileSystemException named && named.getFile() != null
        ? named.getFile()
        : String.valueOf(failure.getMessage());
  }

  /** The file or folder that a failure on this computer is about. */
  private static @Nullable Path place(AgentException failure) {
    boolean names =
        failure.result() == RunResult.LOCAL
            && failure.getCause() instanceof IOException
            && !failure.arguments().isEmpty();
    return names && failure.arguments().getFirst() instanceof Path place ? place : null;
  }

  /** A failure with a sentence of its own. */
  RunResult failed(RunResult result, String code, String sentence, Exception cause) {
    event(
        "error",
        Map.of(
            "result",
            result.name(),
            "exitCode",
            AgentExitCode.of(result),
            "code",
            code,
            "message",
            sentence));
    if (listener != null) {
      // The event says it all.
      return result;
    }
    err.println("hikae: " + sentence);
    if (verbose) {
      // What an exception says may be what somebody else has sent.
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace, true));
      trace
          .toString()
          .lines()
          .map(line -> DisplayFormat.inLine(line.replace("\t", "    ")))
          .forEach(err::println);
    }
    return result;
  }
}
