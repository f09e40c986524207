package org.hikae.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes down when each class of tests, and each start of a system, began and ended, for the report
 * of {@code ./verify}. JUnit finds it as a service.
 *
 * <p>The property {@code hikae.timeline} names the folder; without it nothing is written. Each
 * process appends to a file of its own, whose lines have fields separated by tabs: {@code class} or
 * {@code start}, name, thread, begin and end in milliseconds since 1970, and milliseconds of
 * processor time of the thread that ran it.
 */
public final class TestTimeline implements TestExecutionListener {

  private static final @Nullable String FOLDER = System.getProperty("hikae.timeline");

  private static final Clock CLOCK = Clock.systemUTC();

  private record StartedEntry(long at, long processor) {}

  private final Map<String, StartedEntry> running = new ConcurrentHashMap<>();

  /** JUnit makes it. */
  public TestTimeline() {}

  @Override
  public void executionStarted(TestIdentifier test) {
    if (FOLDER != null && isTopClass(test)) {
      running.put(test.getUniqueId(), new StartedEntry(now(), processor()));
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    StartedEntry startedEntry = running.remove(test.getUniqueId());
    if (startedEntry != null) {
      write("class", name(test), startedEntry.at(), processor() - startedEntry.processor());
    }
  }

  /** Milliseconds since 1970. */
  public static long now() {
    return CLOCK.millis();
  }

  /**
   * Notes that something which takes long, such as the start of a server, ended now.
   *
   * @param begunAtMillis {@link #now} at its beginning
   */
  public static void started(String what, long begunAtMillis) {
    if (FOLDER != null) {
      write("start", what, begunAtMillis, 0);
    }
  }

  private static boolean isTopClass(TestIdentifier test) {
    return test.getSource()
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getJavaClass().getEnclosingClass() == null)
        .orElse(false);
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .map(source -> ((ClassSource) source).getClassName())
        .orElseThrow()
        .replaceFirst("^org\\.hikae\\.", "");
  }

  private static long processor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
  }

  private static synchronized void write(String kind, String name, long begin, long processor) {
    String line =
        String.join(
                "\t",
                kind,
                name,
                Thread.currentThread().getName(),
                Long.toString(begin),
                Long.toString(now()),
                Long.toString(processor))
            + "\n";
    Path file = Path.of(String.valueOf(FOLDER), ProcessHandle.current().pid() + ".tsv");
    try {
      Files.writeString(
          file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
