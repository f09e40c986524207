package org.hikae.device.cli.dialog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.WindowSupervisor;
import org.hikae.device.http.Sleeper;
import org.jspecify.annotations.Nullable;

/**
 * A command that asks a person who answers from elsewhere, one question after the other. Nothing of
 * what is answered is kept. Safe for several threads.
 */
public final class DialogRun extends WindowOutputListener implements PersonDialog {

  /** Most lines that are kept of what a command says. */
  static final int MAX_SAID = 300;

  private final String name;
  private final CommandOutput output;
  private final AgentCommand command;
  private final IntSupplier numbers;
  private final WindowSupervisor windows;
  private final Runnable atEnd;
  private final List<String> statements = new ArrayList<>();
  private @Nullable AskedQuestion asked;
  private @Nullable SignInView signIn;
  private @Nullable TransferCodeView transfer;
  private @Nullable RunResult result;
  private @Nullable Thread thread;
  private boolean stop;

  /** Whether it counts as work of the agent; not while a question waits for its answer. */
  private boolean counts = true;

  private DialogRun(
      String name,
      AgentEnvironment here,
      String language,
      Function<AgentEnvironment, AgentCommand> command,
      IntSupplier numbers,
      Runnable atEnd) {
    this.name = name;
    AgentEnvironment waiting = here.waiting(new StoppableSleeper(here.pause()));
    this.output = new CommandOutput(waiting, Messages.in(language), this);
    this.command = command.apply(waiting);
    this.numbers = numbers;
    this.windows = here.windows();
    this.atEnd = atEnd;
  }

  /**
   * Begins. Whoever does this has counted it by {@link WindowSupervisor#begins}; that it has ended
   * is said here.
   *
   * @param name as the page calls it
   * @param command made where the waiting of a sign-in can be ended
   * @param numbers of questions; none is given twice in a window, so that no answer reaches another
   *     question than its own
   * @param atEnd done when it counts no more, and before it has ended
   */
  public static DialogRun start(
      String name,
      AgentEnvironment here,
      String language,
      Function<AgentEnvironment, AgentCommand> command,
      IntSupplier numbers,
      Runnable atEnd) {
    DialogRun run = new DialogRun(name, here, language, command, numbers, atEnd);
    // No daemon: what has begun to change something is ended in order.
    run.thread = Thread.ofPlatform().name("hikae-dialog").start(run::work);
    return run;
  }

  private void work() {
    RunResult how = RunResult.INTERNAL;
    try {
      how = command.call(output);
    } finally {
      try {
        countNoMore();
        atEnd.run();
      } finally {
        ended(how);
      }
    }
  }

  private synchronized void countNoMore() {
    if (counts) {
      counts = false;
      windows.ended();
    }
  }

  /** What was answered is work again; refused when too much is at work, and the question stays. */
  private void countAgain() throws AgentException {
    if (!counts && !windows.begins()) {
      throw new AgentException(RunResult.LOCAL, "window.agent-busy");
    }
    counts = true;
  }

  /** What the command does to end in order is work, too, and is never refused. */
  private void countEnding() {
    if (!counts) {
      counts = true;
      windows.endsInOrder();
    }
  }

  private synchronized void ended(RunResult how) {
    result = how;
    signIn = null;
    transfer = null;
  }

  /** A question that waits for its answer. */
  private static final class AskedQuestion {
    private final int number;
    private final DialogStep step;
    private final Map<String, Object> facts;
    private final @Nullable SecretCheck check;
    private final List<String> lines;
    private final boolean secret;
    private char @Nullable [] answer;

    AskedQuestion(
        int number,
        DialogStep step,
        Map<String, ?> facts,
        @Nullable SecretCheck check,
        List<String> lines,
        boolean secret) {
      this.number = number;
      this.step = step;
      this.facts = Map.copyOf(facts);
      this.check = check;
      this.lines = List.copyOf(lines);
      this.secret = secret;
    }
  }

  @Override
  public String answer(DialogStep step, Map<String, ?> facts) throws AgentException {
    return new String(ask(step, facts, null, List.of(), false));
  }

  @Override
  public char[] secret(DialogStep step, Map<String, ?> facts) throws AgentException {
    return ask(step, facts, null, List.of(), true);
  }

  @Override
  public char[] secret(DialogStep step, Map<String, ?> facts, SecretCheck check)
      throws AgentException {
    return ask(step, facts, check, List.of(), true);
  }

  @Override
  public String shown(DialogStep step, Map<String, ?> facts, List<String> lines)
      throws AgentException {
    return new String(ask(step, facts, null, lines, false));
  }

  private synchronized char[] ask(
      DialogStep step,
      Map<String, ?> facts,
      @Nullable SecretCheck check,
      List<String> lines,
      boolean secret)
      throws AgentException {
    signIn = null;
    AskedQuestion question =
        new AskedQuestion(numbers.getAsInt(), step, facts, check, lines, secret);
    asked = question;
    countNoMore();
    try {
      while (!stop && question.answer == null) {
        wait();
      }
      char[] answer = question.answer;
      if (answer == null) {
        throw new AgentException(RunResult.CANCELLED, "run.cancelled");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    } finally {
      asked = null;
      statements.clear();
      // With an answer it counts already; here it was stopped.
      countEnding();
    }
  }

  /**
   * Answers what is no secret.
   *
   * @throws AgentException {@code window.not-asked}, or {@code window.agent-busy} when too much is
   *     at work, and then the question stays
   */
  public synchronized void answered(int number, String text) throws AgentException {
    AskedQuestion question = require(number, false);
    countAgain();
    give(question, text.toCharArray());
  }

  /**
   * Answers with a secret, which this keeps until the command takes it, and overwrites when it is
   * refused.
   */
  public synchronized void answeredSecretly(int number, char[] secret) throws AgentException {
    try {
      AskedQuestion question = require(number, true);
      countAgain();
      give(question, secret);
    } catch (AgentException e) {
      Arrays.fill(secret, '\0');
      throw e;
    }
  }

  private void give(AskedQuestion question, char[] answer) {
    question.answer = answer;
    asked = null;
    notifyAll();
  }

  /** What is wrong with a secret, before it is given. */
  public Optional<String> problem(int number, char[] typed) throws AgentException {
    SecretCheck check;
    synchronized (this) {
      check = require(number, true).check;
    }
    return check == null ? Optional.empty() : check.problem(typed);
  }

  /** What only the person may see; nothing when nothing is shown. */
  public synchronized List<String> lines(int number) throws AgentException {
    return require(number, false).lines;
  }

  /** One that was answered, or never asked, is not answered again, nor one of what is to end. */
  private AskedQuestion require(int number, boolean secret) throws AgentException {
    AskedQuestion question = asked;
    if (stop || question == null || question.number != number || question.secret != secret) {
      throw new AgentException(RunResult.REFUSED, "window.not-asked");
    }
    return question;
  }

  @Override
  public Optional<PersonDialog> dialog() {
    return Optional.of(this);
  }

  @Override
  public synchronized void said(String sentence) {
    signIn = null;
    transfer = null;
    if (statements.size() < MAX_SAID) {
      statements.add(sentence);
    }
  }

  @Override
  public synchronized void event(Map<String, Object> object) {
    super.event(object);
    signIn = "verification".equals(object.get("event")) ? signIn(object) : null;
    transfer = "transfer-code".equals(object.get("event")) ? transfer(object) : null;
  }

  private static TransferCodeView transfer(Map<String, Object> object) {
    List<String> rows =
        object.get("qr") instanceof List<?> shown
            ? shown.stream().map(String::valueOf).toList()
            : List.of();
    return new TransferCodeView(String.valueOf(object.get("code")), rows);
  }

  private static SignInView signIn(Map<String, Object> object) {
    return new SignInView(
        String.valueOf(object.get("userCode")),
        String.valueOf(object.get("page")),
        Instant.parse(String.valueOf(object.get("expiresAt"))));
  }

  @Override
  public synchronized void signInEnded() {
    signIn = null;
  }

  @Override
  public synchronized boolean stopped() {
    return stop;
  }

  /** Ends it in order. */
  public synchronized void stop() {
    stop = true;
    if (asked != null) {
      countEnding();
    }
    notifyAll();
  }

  /** Waits for its end, no longer than that. */
  public void awaitEnd(Duration longest) {
    Thread working = thread;
    try {
      if (working != null) {
        var _ = working.join(longest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it has not ended. */
  public synchronized boolean running() {
    return result == null;
  }

  /** Whether it does something that must not be cut off: what waits for a person can be. */
  public synchronized boolean working() {
    return result == null && asked == null && signIn == null && transfer == null;
  }

  /** How far it is. */
  public synchronized DialogView view() {
    // What is to end asks nothing any more, also before the command has heard of it.
    AskedQuestion question = stop ? null : asked;
    return new DialogView(
        name,
        result == null,
        question == null ? 0 : question.number,
        question == null ? null : question.step,
        question == null ? Map.of() : question.facts,
        signIn,
        transfer,
        List.copyOf(statements),
        notes(),
        result,
        failure());
  }

  /** Ends its waiting when the dialog is to end. */
  private final class StoppableSleeper implements Sleeper {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Sleeper behind;

    StoppableSleeper(Sleeper behind) {
      this.behind = behind;
    }

    @Override
    public void wait(Duration duration) throws InterruptedException {
      Duration left = duration;
      while (!left.isNegative() && !left.isZero()) {
        if (stopped()) {
          throw new InterruptedException("the dialog is to end");
        }
        Duration next = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
        behind.wait(next);
        left = left.minus(next);
      }
    }

    @Override
    public long nanos() {
      return behind.nanos();
    }

    @Override
    public Sleeper whileEnding() {
      return behind;
    }
  }
}
