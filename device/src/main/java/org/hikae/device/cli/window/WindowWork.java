package org.hikae.device.cli.window;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.dialog.DialogRun;
import org.hikae.device.cli.dialog.DialogView;
import org.hikae.device.keys.PasswordGenerator;
import org.hikae.device.window.WindowAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What is at work for the page: a run, or a dialog, one at a time. A dialog counts as work of the
 * agent but while it asks a question, so that one left open there keeps no other command away. One
 * that shows a code counts while the code lives. Safe for several threads.
 */
final class WindowWork implements AutoCloseable {

  private static final String JSON = "application/json";

  /** A window that closes waits no longer than that for the end of what it asked. */
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final AgentEnvironment here;
  private final AtomicInteger questions = new AtomicInteger();
  private final Runnable atEnd;
  private @Nullable WindowRun run;
  private @Nullable DialogRun dialog;

  /**
   * Nothing yet.
   *
   * @param atEnd what was changed may have to be read anew
   */
  WindowWork(AgentEnvironment here, Runnable atEnd) {
    this.here = here;
    this.atEnd = atEnd;
  }

  synchronized RunView begin(String language, RunReport.Kind kind, List<AgentCommand> work)
      throws AgentException {
    requireFree();
    WindowRun begun = counted(() -> WindowRun.start(here, language, kind, work, this::runEnded));
    run = begun;
    return begun.view();
  }

  synchronized DialogView begin(
      String language, String name, Function<AgentEnvironment, AgentCommand> command)
      throws AgentException {
    requireFree();
    DialogRun begun =
        counted(
            () ->
                DialogRun.start(name, here, language, command, questions::incrementAndGet, atEnd));
    dialog = begun;
    return begun.view();
  }

  private void requireFree() throws AgentException {
    boolean running = run != null && run.running();
    if (running || (dialog != null && dialog.running())) {
      throw new AgentException(RunResult.LOCAL, running ? "window.busy" : "window.asking");
    }
    if (!here.windows().begins()) {
      throw new AgentException(RunResult.LOCAL, "window.agent-busy");
    }
  }

  /** What could not begin does not count either. */
  private <T> T counted(Supplier<T> start) {
    boolean begun = false;
    try {
      T started = start.get();
      begun = true;
      return started;
    } finally {
      if (!begun) {
        here.windows().ended();
      }
    }
  }

  /** Counts no more first: the rest may wait for who reads. */
  private void runEnded() {
    here.windows().ended();
    atEnd.run();
  }

  /** Whether something is at work that must not be cut off. */
  synchronized boolean busy() {
    return (run != null && run.running()) || (dialog != null && dialog.working());
  }

  synchronized RunView runView() {
    return run == null ? RunView.none() : run.view();
  }

  synchronized RunView stopped() {
    if (run != null) {
      run.stop();
    }
    return runView();
  }

  synchronized DialogView dialogView() {
    return dialog == null ? DialogView.none() : dialog.view();
  }

  DialogView ended() {
    latest().ifPresent(DialogRun::stop);
    return dialogView();
  }

  private synchronized Optional<DialogRun> latest() {
    return Optional.ofNullable(dialog);
  }

  DialogView answered(int number, String text) throws AgentException {
    current().answered(number, text);
    return dialogView();
  }

  /** The number of the question, an end of line, and the secret. */
  DialogView answeredSecretly(byte[] body) throws AgentException {
    DialogRun asking = current();
    int number = number(body);
    asking.answeredSecretly(number, secret(body));
    return dialogView();
  }

  /** What is wrong with a secret, by the same form. */
  Map<String, String> checked(byte[] body) throws AgentException {
    char[] typed = secret(body);
    try {
      return Map.of("problem", current().problem(number(body), typed).orElse(""));
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** What is shown to the person only. */
  WindowAnswer lines(int number) throws AgentException {
    JsonStringEncoder encoder = JsonStringEncoder.getInstance();
    String json =
        current().lines(number).stream()
            .map(line -> '"' + String.valueOf(encoder.quoteAsString(line)) + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return WindowAnswer.secret(JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /** A password to choose; letters and blanks, which JSON need not escape. */
  WindowAnswer suggestion() {
    char[] drawn = PasswordGenerator.generate(here.random());
    byte[] json = new byte[drawn.length + 2];
    json[0] = '"';
    json[json.length - 1] = '"';
    for (int i = 0; i < drawn.length; i++) {
      json[i + 1] = (byte) drawn[i];
    }
    Arrays.fill(drawn, '\0');
    return WindowAnswer.secret(JSON, json);
  }

  private DialogRun current() throws AgentException {
    return latest().orElseThrow(() -> new AgentException(RunResult.REFUSED, "window.not-asked"));
  }

  private static int end(byte[] body) throws AgentException {
    for (int i = 0; i < Math.min(body.length, 10); i++) {
      if (body[i] == '\n') {
        return i;
      }
    }
    throw WindowRequests.malformed();
  }

  private static int number(byte[] body) throws AgentException {
    int number = 0;
    int end = end(body);
    for (int i = 0; i < end; i++) {
      if (body[i] < '0' || body[i] > '9') {
        throw WindowRequests.malformed();
      }
      number = 10 * number + body[i] - '0';
    }
    return number;
  }

  private static char[] secret(byte[] body) throws AgentException {
    int from = end(body) + 1;
    CharBuffer decoded = CharBuffer.allocate(body.length - from);
    try {
      ByteBuffer encoded = ByteBuffer.wrap(body, from, body.length - from);
      if (StandardCharsets.UTF_8.newDecoder().decode(encoded, decoded, true).isError()) {
        throw WindowRequests.malformed();
      }
      return Arrays.copyOf(decoded.array(), decoded.position());
    } finally {
      Arrays.fill(decoded.array(), '\0');
    }
  }

  /** Ends what waits for a person, in order and in some seconds; a run goes on to its end. */
  @Override
  public void close() {
    var _ = ended();
    latest().ifPresent(ending -> ending.awaitEnd(LONGEST_END));
  }
}
