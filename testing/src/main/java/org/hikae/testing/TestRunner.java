package org.hikae.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs classes of tests for {@code ./check}, one after the other, and writes down what failed. */
public final class TestRunner {

  private static final int MOST_FRAMES = 8;
  private static final Clock CLOCK = Clock.systemUTC();

  private TestRunner() {}

  /**
   * Runs all classes, of which none begins after the deadline. Each leaves a line {@code begin} and
   * a line {@code end}, both with the time, the latter with the number of failures; what failed is
   * told between them.
   *
   * @param arguments the file to write, the deadline in milliseconds since 1970, and the classes
   */
  public static void main(String[] arguments) throws IOException {
    List<String> all = List.of(arguments);
    long deadline = Long.parseLong(all.get(1));
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(Path.of(all.get(0)), StandardCharsets.UTF_8), true)) {
      for (String name : all.subList(2, all.size())) {
        if (CLOCK.millis() < deadline) {
          out.println("begin\t" + CLOCK.millis());
          long failed = run(name, out).getTotalFailureCount();
          out.println("end\t" + CLOCK.millis() + "\t" + failed);
        }
      }
    }
    // Whatever threads they have left.
    System.exit(0);
  }

  /**
   * Runs a class with the class loader of this thread.
   *
   * @param what a class, or a class and the name of one of its tests with # between
   */
  public static TestExecutionSummary run(String what, PrintWriter out) {
    String[] names = what.split("#", 2);
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(names[0]));
    if (names.length > 1) {
      request.filters(only(names[1]));
    }
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request.build(), listener);
    listener.getSummary().printFailuresTo(out, MOST_FRAMES);
    return listener.getSummary();
  }

  private static PostDiscoveryFilter only(String test) {
    return descriptor ->
        FilterResult.includedIf(
            !(descriptor.getSource().orElse(null) instanceof MethodSource method)
                || method.getMethodName().equals(test));
  }
}
