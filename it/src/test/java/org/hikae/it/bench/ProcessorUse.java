package org.hikae.it.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hikae.it.stack.Stack;

/**
 * Processor seconds by process: since each began, or of some work, or of that work for a GB.
 *
 * @param client of this process, which plays all clients
 */
record ProcessorUse(double portal, double database, double client) {

  /** What all have used until now. */
  static ProcessorUse now(Stack stack) throws IOException {
    return new ProcessorUse(
        BenchmarkStatistics.processorSeconds(stack.portalPid()),
        BenchmarkStatistics.databaseSeconds(stack),
        BenchmarkStatistics.processorSeconds(ProcessHandle.current().pid()));
  }

  /** What was used since an earlier moment, for each of so many units. */
  ProcessorUse since(ProcessorUse earlier, double units) {
    return new ProcessorUse(
        (portal - earlier.portal) / units,
        (database - earlier.database) / units,
        (client - earlier.client) / units);
  }

  /** The median of each. */
  static ProcessorUse median(List<ProcessorUse> of) {
    return new ProcessorUse(
        median(of, ProcessorUse::portal),
        median(of, ProcessorUse::database),
        median(of, ProcessorUse::client));
  }

  private static double median(List<ProcessorUse> of, ToDoubleFunction<ProcessorUse> part) {
    return BenchmarkStatistics.median(of.stream().mapToDouble(part).boxed().toList());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "portal %.2f, database %.2f, client %.2f", portal, database, client);
  }
}
