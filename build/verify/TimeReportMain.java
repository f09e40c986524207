import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says where the time of a run of {@code ./verify} went.
 *
 * <p>{@code java TimeReportMain.java FOLDER LOG} reads {@code samples.tsv} (of {@code SamplerMain.java}) and
 * {@code timeline/*.tsv} (of the tests) in the folder and Maven's log, writes {@code report.txt} and
 * {@code classes.tsv} there, and prints the summary.
 *
 * <p>Processor seconds of a class are its share of what the machine used while it ran: of each
 * second the part of one of the things that ran in it, tests or steps of the build. So they hold
 * what servers did for it, and the whole adds up.
 */
final class TimeReportMain {

  private static final int DEAREST = 20;
  private static final Pattern STEP =
      Pattern.compile(
          "(\\d\\d:\\d\\d:\\d\\d) \\[INFO\\] --- ([a-z-]+):[^:]+:(\\S+) .*@ (?:hikae-)?(\\S+) ---");

  /** Something that ran from one millisecond to another. */
  private record Span(String kind, String name, String lane, long begin, long end) {
    double wall() {
      return (end - begin) / 1000.0;
    }

    boolean at(long millis) {
      return begin <= millis && millis < end;
    }
  }

  /** One second: hundredths of processor time that were used and left since the one before. */
  private record Second(long at, double busy, double idle) {}

  private final List<Second> seconds = new ArrayList<>();
  private final Map<String, Double> kinds = new TreeMap<>();
  private final List<Span> spans = new ArrayList<>();
  private final Map<Span, Double> processor = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    TimeReportMain report = new TimeReportMain();
    report.readSamples(folder.resolve("samples.tsv"));
    report.readTimeline(folder.resolve("timeline"));
    report.readLog(Path.of(arguments[1]));
    report.share();
    String summary = report.summary();
    Files.writeString(folder.resolve("report.txt"), summary + report.rest());
    Files.write(folder.resolve("classes.tsv"), report.classes());
    System.out.print(summary);
  }

  private void readSamples(Path file) throws IOException {
    Map<String, Double> before = null;
    Map<String, Double> first = null;
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split("\t");
      Map<String, Double> now = new TreeMap<>();
      for (int i = 1; i < fields.length; i++) {
        String[] pair = fields[i].split("=", 2);
        now.put(pair[0], Double.parseDouble(pair[1]) / 100);
      }
      if (before == null) {
        first = now;
      } else {
        seconds.add(
            new Second(
                Long.parseLong(fields[0]),
                now.get("busy") - before.get("busy"),
                now.get("idle") - before.get("idle")));
      }
      before = now;
    }
    if (before != null) {
      Map<String, Double> start = first;
      before.forEach((kind, time) -> kinds.put(kind, time - start.getOrDefault(kind, 0.0)));
    }
  }

  private void readTimeline(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.tsv")) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file)) {
          String[] f = line.split("\t");
          spans.add(
              new Span(
                  f[0], f[1], file.getFileName() + " " + f[2], Long.parseLong(f[3]), Long.parseLong(f[4])));
        }
      }
    }
  }

  /** Steps of the build; those of tests are told by the tests themselves. */
  private void readLog(Path log) throws IOException {
    if (seconds.isEmpty()) {
      return;
    }
    long begin = seconds.getFirst().at();
    long midnight = begin - Math.floorMod(begin + offset(), 86_400_000L);
    Map<String, Span> open = new LinkedHashMap<>();
    long last = seconds.getLast().at();
    for (String line : Files.readAllLines(log)) {
      Matcher step = STEP.matcher(line);
      if (!step.find()) {
        continue;
      }
      long at = midnight + LocalTime.parse(step.group(1)).toSecondOfDay() * 1000L;
      if (at < begin - 2000) {
        at += 86_400_000L;
      }
      String module = step.group(4);
      close(open.remove(module), at);
      open.put(module, new Span("build", step.group(2) + ":" + step.group(3), module, at, last));
    }
    open.values().forEach(span -> close(span, span.begin() + 2000));
  }

  private static long offset() {
    return java.util.TimeZone.getDefault().getRawOffset();
  }

  private void close(Span span, long at) {
    if (span != null && !span.name().startsWith("surefire") && !span.name().startsWith("failsafe")) {
      spans.add(new Span(span.kind(), span.name(), span.lane(), span.begin(), at));
    }
  }

  private void share() {
    for (Second second : seconds) {
      List<Span> now =
          spans.stream()
              .filter(span -> !span.kind().equals("start"))
              .filter(span -> span.at(second.at() - 500))
              .toList();
      for (Span span : now) {
        processor.merge(span, second.busy() / now.size(), Double::sum);
      }
    }
  }

  private String summary() {
    double wall =
        seconds.isEmpty() ? 0 : (seconds.getLast().at() - seconds.getFirst().at()) / 1000.0;
    double busy = seconds.stream().mapToDouble(Second::busy).sum();
    double idle = seconds.stream().mapToDouble(Second::idle).sum();
    line("Where the time went: %.0f s, %.0f s of the processors, %.0f %% of them idle", wall, busy, 100 * idle / Math.max(1, busy + idle));
    line("  by program (s): %s",
        kinds.entrySet().stream()
            .filter(e -> !e.getKey().equals("busy") && !e.getKey().equals("idle") && e.getValue() >= 1)
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(e -> String.format(Locale.ROOT, "%s %.0f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ")));
    line("  build: %s", sums("build", Span::name, 6));
    line("  starts: %s", sums("start", Span::name, 9));
    line("  tests by module: %s", sums("class", TimeReportMain::module, 12));
    String summary = text.toString();
    text.setLength(0);
    return summary;
  }

  private String sums(String kind, Function<Span, String> by, int most) {
    Map<String, List<Span>> groups =
        spans.stream().filter(s -> s.kind().equals(kind)).collect(Collectors.groupingBy(by));
    return groups.entrySet().stream()
        .sorted(Comparator.comparingDouble(e -> -wall(e.getValue())))
        .limit(most)
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "%s %d x, %.0f s%s",
                    e.getKey(),
                    e.getValue().size(),
                    wall(e.getValue()),
                    kind.equals("start") ? "" : String.format(Locale.ROOT, " (%.0f)", processor(e.getValue()))))
        .collect(Collectors.joining("; "));
  }

  private static double wall(Collection<Span> spans) {
    return spans.stream().mapToDouble(Span::wall).sum();
  }

  private double processor(Collection<Span> spans) {
    return spans.stream().mapToDouble(s -> processor.getOrDefault(s, 0.0)).sum();
  }

  private static String module(Span span) {
    String[] parts = span.name().split("\\.");
    return span.name().startsWith("it.") && parts.length > 2 ? "it." + parts[1] : parts[0];
  }

  private String rest() {
    line("");
    line("The %d dearest classes, by processor seconds (their share) and wall seconds", DEAREST);
    byKind("class").stream()
        .sorted(Comparator.comparingDouble(s -> -processor.getOrDefault(s, 0.0)))
        .limit(DEAREST)
        .forEach(s -> line("  %7.1f %7.1f  %s", processor.getOrDefault(s, 0.0), s.wall(), s.name()));
    line("");
    line("Starts of systems, wall seconds");
    byKind("start").stream()
        .sorted(Comparator.comparingLong(Span::begin))
        .forEach(s -> line("  %7.1f  %s", s.wall(), s.name()));
    line("");
    line("Idle share of the processors by the minute, and what ran longest in it");
    for (int from = 0; from < seconds.size(); from += 60) {
      List<Second> minute = seconds.subList(from, Math.min(seconds.size(), from + 60));
      double idle = minute.stream().mapToDouble(Second::idle).sum();
      double all = idle + minute.stream().mapToDouble(Second::busy).sum();
      line("  %3d min  %3.0f %%  %s", from / 60, 100 * idle / Math.max(1, all), ran(minute));
    }
    line("");
    line("Classes that ran alone for 5 seconds or more while another lane waited");
    byKind("class").stream()
        .filter(s -> alone(s) >= 5)
        .sorted(Comparator.comparingLong(s -> -alone(s)))
        .forEach(s -> line("  %4d s  %s", alone(s), s.name()));
    return text.toString();
  }

  private String ran(List<Second> minute) {
    Map<String, Long> longest = new TreeMap<>();
    for (Second second : minute) {
      spans.stream()
          .filter(s -> !s.kind().equals("start") && s.at(second.at() - 500))
          .forEach(s -> longest.merge(s.kind().equals("build") ? s.name() + " " + s.lane() : s.name(), 1L, Long::sum));
    }
    return longest.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(3)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private long alone(Span span) {
    return seconds.stream()
        .filter(second -> span.at(second.at() - 500))
        .filter(
            second ->
                spans.stream()
                    .filter(s -> !s.kind().equals("start") && s.at(second.at() - 500))
                    .count()
                    == 1)
        .count();
  }

  private List<Span> byKind(String kind) {
    return spans.stream().filter(s -> s.kind().equals(kind)).toList();
  }

  private List<String> classes() {
    return byKind("class").stream()
        .sorted(Comparator.comparing(Span::name))
        .map(s -> String.format(Locale.ROOT, "%.1f\t%.1f\t%s", s.wall(), processor.getOrDefault(s, 0.0), s.name()))
        .toList();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
