package org.hikae.vault.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hikae.vault.bench.BenchmarkRun.Figures;
import org.hikae.vault.bench.BenchmarkRun.TimedMessage;
import org.hikae.vault.token.FakeRealm;

/**
 * {@code ./bench vault}: measures a real vault, several times, and prints medians. Arguments: an
 * empty folder, the vault's launcher, number of runs, {@code pkcs11} or {@code software}, {@code
 * h2} or {@code postgresql}.
 */
public final class VaultBenchmark {

  private static final int SYNCS = 200;

  private VaultBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path launcher = Path.of(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    String root = arguments[3];
    String store = arguments[4];
    System.out.println(machine(folder));
    System.out.printf(
        Locale.ROOT, "Root: %s; store: %s; %d runs, medians of them%n", root, store, runs);
    List<Figures> all = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      Path home = Files.createDirectory(folder.resolve("run-" + run));
      String loadBefore = load();
      try (FakeRealm realm = new FakeRealm();
          BenchmarkVault vault =
              new BenchmarkVault(
                  home, launcher, realm, root.equals("pkcs11"), store.equals("postgresql"))) {
        Figures figures = new BenchmarkRun(vault, realm).measure();
        all.add(figures);
        System.out.printf(
            Locale.ROOT,
            "Run %d: ready %.2f s, %.0f attempts/s, %.0f logins/s (%.1f ms of processor each), p99 %.0f ms, unlock %.0f ms,"
                + " peak %.0f MiB (load before %s, after %s)%n",
            run,
            figures.secondsToReady(),
            figures.attemptsPerSecond(),
            figures.loginsPerSecond(),
            figures.processorMillis(),
            figures.loginMillis().percentile(99),
            figures.unlockMillis().median(),
            figures.peakMebibytes(),
            loadBefore,
            load());
      }
    }
    print(all);
  }

  private static void print(List<Figures> all) {
    System.out.println();
    System.out.println("| what | target | measured |");
    System.out.println("|---|---|---|");
    row("attempts (LoginStart) per second", "at least 50", "%.0f", all, Figures::attemptsPerSecond);
    row("whole logins per second", "at least 40", "%.0f", all, Figures::loginsPerSecond);
    row("processor time of the vault for a login", "", "%.1f ms", all, Figures::processorMillis);
    row(
        "p99 of a login at 15 per second, both messages together",
        "under 150 ms",
        "%.0f ms",
        all,
        figures -> figures.loginMillis().percentile(99));
    row("start to ready", "under 3 s", "%.2f s", all, Figures::secondsToReady);
    row("memory at its peak", "under 256 MiB", "%.0f MiB", all, Figures::peakMebibytes);
    row(
        "an unlock, Argon2id included",
        "under 1 s",
        "%.0f ms",
        all,
        figures -> figures.unlockMillis().median());
    System.out.println();
    System.out.println("| milliseconds at 15 per second | p10 | median | p90 | p99 |");
    System.out.println("|---|---|---|---|---|");
    for (TimedMessage timed : TimedMessage.values()) {
      System.out.printf(
          Locale.ROOT, "| %s ", timed.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      for (double percent : new double[] {10, 50, 90, 99}) {
        System.out.printf(
            Locale.ROOT,
            "| %.1f ",
            median(all, figures -> figures.timed().get(timed).percentile(percent)));
      }
      System.out.println("|");
    }
  }

  private static void row(
      String what, String target, String format, List<Figures> all, ToDoubleFunction<Figures> one) {
    System.out.printf(
        Locale.ROOT, "| %s | %s | " + format + " |%n", what, target, median(all, one));
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> one) {
    return new Samples(all.stream().mapToDouble(one).toArray()).median();
  }

  private static String machine(Path folder) throws IOException {
    return String.format(
        Locale.ROOT,
        "Machine: %d cores, %s, %s; Linux %s; one forced write of 4 KiB: %.2f ms%nJava: %s %s",
        Runtime.getRuntime().availableProcessors(),
        after("/proc/cpuinfo", "model name"),
        after("/proc/meminfo", "MemTotal"),
        System.getProperty("os.version"),
        forcedWriteMillis(folder),
        System.getProperty("java.vm.name"),
        Runtime.version());
  }

  private static String after(String file, String key) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String load() throws IOException {
    String averages = Files.readString(Path.of("/proc/loadavg"));
    return averages.substring(0, averages.indexOf(' '));
  }

  /** The disk's part of each commit and of each raise of the anchor. */
  private static double forcedWriteMillis(Path folder) throws IOException {
    Path file = folder.resolve("forced");
    double[] millis = new double[SYNCS];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long began = System.nanoTime();
        channel.write(ByteBuffer.allocate(4096));
        channel.force(true);
        millis[i] = (System.nanoTime() - began) / 1e6;
      }
    }
    Files.delete(file);
    return new Samples(millis).median();
  }
}
