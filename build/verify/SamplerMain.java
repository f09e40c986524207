import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes down each second how much processor time the machine used and left, and which kinds of
 * program used it, until its parent ends.
 *
 * <p>{@code java SamplerMain.java FILE}. A line has the milliseconds since 1970, then {@code name=value}
 * pairs in hundredths of a second since the beginning: {@code busy}, {@code idle}, and each kind.
 */
final class SamplerMain {

  private static final long SECOND = 1000;

  /** What a command line must hold to be of a kind; the first that fits. */
  private static final String[][] KINDS = {
    {"quarkus", "Keycloak"},
    {"kc.sh", "Keycloak"},
    {"jboss-modules", "WildFly"},
    {"surefire", "tests"},
    {"plexus-classworlds", "Maven"},
    {"org.hikae.vault", "vault"},
    {"hikae-vault", "vault"},
    {"org.hikae.device", "agent"},
    {"hikae-device", "agent"},
    {"postgres", "PostgreSQL"},
    {"initdb", "PostgreSQL"},
    {"chromedriver", "Chromium"},
    {"chromium", "Chromium"},
    {"restic", "restic"},
    {"SamplerMain.java", "sampler"},
  };

  private final Map<String, Long> lastSeen = new HashMap<>();
  private final Map<String, String> kinds = new HashMap<>();
  private final Map<String, Long> used = new TreeMap<>();

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    SamplerMain sampler = new SamplerMain();
    try (BufferedWriter out =
        Files.newBufferedWriter(
            Path.of(arguments[0]),
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (parent.isAlive()) {
        out.write(sampler.sample());
        out.newLine();
        out.flush();
        Thread.sleep(SECOND - System.currentTimeMillis() % SECOND);
      }
    }
  }

  private String sample() throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        count(process);
      }
    }
    // user nice system idle iowait irq softirq steal
    String[] all = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+");
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      busy += Long.parseLong(all[i]);
    }
    long idle = Long.parseLong(all[4]) + Long.parseLong(all[5]);
    StringBuilder line = new StringBuilder();
    line.append(System.currentTimeMillis()).append("\tbusy=").append(busy).append("\tidle=").append(idle);
    used.forEach((kind, time) -> line.append('\t').append(kind).append('=').append(time));
    return line.toString();
  }

  private void count(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      // A process is known by its number and the time of its start.
      String key = process.getFileName() + "@" + fields[19];
      long now = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      Long before = lastSeen.put(key, now);
      long more = now - (before == null ? 0 : before);
      if (more > 0) {
        used.merge(kind(key, process), more, Long::sum);
      }
    } catch (IOException e) {
      // It ended while it was looked at.
    }
  }

  private String kind(String key, Path process) throws IOException {
    String known = kinds.get(key);
    if (known == null || known.equals("other")) {
      // A script becomes what it starts.
      String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      known = "other";
      for (String[] kind : KINDS) {
        if (command.contains(kind[0])) {
          known = kind[1];
          break;
        }
      }
      kinds.put(key, known);
    }
    return known;
  }
}
