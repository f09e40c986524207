package org.hikae.device.search;

import com.sun.management.OperatingSystemMXBean;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.RawPath;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.search.SearchIndexUpdater.IndexPlace;

/**
 * A million files in twenty snapshots, of which one in ten changed once and one in fifty is gone:
 * how large the index is, and how long a search takes. Started by hand, with a folder to work in
 * and the parts to look for; what is in the folder is used again, so that the first search is that
 * of a new process.
 */
public final class SearchBenchmark {

  private static final int FILES = 1_000_000;
  private static final int SNAPSHOTS = 20;
  private static final int IN_DIRECTORY = 100;
  private static final int ROUNDS = 15;
  private static final String[] WORDS = {
    "report", "plan", "Invoice", "IMG", "draft", "final", "notes", "budget", "テスト", "資料",
    "meeting", "index", "module", "README", "package", "scan", "Contract", "photo", "backup", "data"
  };
  private static final String[] ENDS = {".txt", ".java", ".JPG", ".pdf", ".docx", ".png", ".json"};

  /** That nothing has, of few, of many, of nothing again, and of nearly all. */
  private static final List<String> PARTS = List.of("quarterly", "contract-7", "資料", "99999", "e");

  private SearchBenchmark() {}

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    SecureRandom random = new SecureRandom();
    SealContext context = new SealContext(new byte[16], 1, new byte[16]);
    try (SecretBytes key = SecretBytes.copyOf(new byte[32])) {
      IndexPlace place = new IndexPlace(folder.resolve("names.index"), key, context);
      if (!Files.exists(place.file())) {
        long began = System.nanoTime();
        write(place, random);
        print(millis(began) + " ms to write " + Files.size(place.file()) / 1000 + " KB");
      }
      for (String part : arguments.length > 1 ? more(arguments) : PARTS) {
        measure(place, part);
      }
      OperatingSystemMXBean system = system();
      print("load " + system.getSystemLoadAverage() + " on " + system.getAvailableProcessors());
    }
  }

  private static List<String> more(String[] arguments) {
    return List.of(arguments).subList(1, arguments.length);
  }

  private static void measure(IndexPlace place, String part) throws Exception {
    long[] took = new long[ROUNDS];
    long[] worked = new long[ROUNDS];
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long busy = system().getProcessCpuTime();
      long start = System.nanoTime();
      found = NameSearch.find(place, bytes(part), 100).total();
      took[i] = System.nanoTime() - start;
      worked[i] = system().getProcessCpuTime() - busy;
    }
    String first = tenths(took[0]) + " (" + tenths(worked[0]) + ")";
    Arrays.sort(took);
    Arrays.sort(worked);
    int median = ROUNDS / 2;
    print(
        String.format(
            Locale.ROOT,
            "%s: %d found; ms, of processors: first %s, median %s (%s), longest %s (%s)",
            part,
            found,
            first,
            tenths(took[median]),
            tenths(worked[median]),
            tenths(took[ROUNDS - 1]),
            tenths(worked[ROUNDS - 1])));
  }

  private static String tenths(long nanos) {
    return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
  }

  private static void print(String line) throws IOException {
    new FileOutputStream(FileDescriptor.out).write(bytes(line + "\n"));
  }

  private static OperatingSystemMXBean system() {
    return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }

  private static long millis(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private static void write(IndexPlace place, SecureRandom secure) throws IOException {
    Random random = new Random(1);
    List<IndexedSnapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      snapshots.add(new IndexedSnapshot(String.format(Locale.ROOT, "%032x", i), i * 86_400L));
    }
    try (SearchIndexWriter writer =
        new SearchIndexWriter(place.file(), place.key(), place.context(), snapshots, secure)) {
      writer.add(name(RawPath.ROOT, random));
      RawPath top = RawPath.of("/home");
      writer.add(name(top, random));
      for (int i = 0; i < FILES / IN_DIRECTORY; i++) {
        RawPath directory = top.child(bytes(String.format(Locale.ROOT, "project %05d", i)));
        writer.add(name(directory, random));
        for (int j = 0; j < IN_DIRECTORY; j++) {
          String word = WORDS[random.nextInt(WORDS.length)];
          String other = WORDS[random.nextInt(WORDS.length)];
          String end = ENDS[random.nextInt(ENDS.length)];
          String text =
              String.format(
                  Locale.ROOT, "%03d %s-%s-%d%s", j, word, other, random.nextInt(99_999), end);
          writer.add(name(directory.child(bytes(text)), random));
        }
      }
      writer.finish();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static IndexedName name(RawPath path, Random random) {
    int last = random.nextInt(50) == 0 ? random.nextInt(SNAPSHOTS) : SNAPSHOTS - 1;
    int change = random.nextInt(10) == 0 ? random.nextInt(last + 1) : 0;
    List<IndexedVersion> versions = new ArrayList<>();
    if (change > 0) {
      versions.add(version(0, change - 1, random));
    }
    versions.add(version(change, last, random));
    return new IndexedName(path, versions);
  }

  private static IndexedVersion version(int first, int last, Random random) {
    return new IndexedVersion(
        first,
        last,
        ListedEntry.Type.FILE,
        random.nextInt(10_000_000),
        1_500_000_000L + random.nextInt(1 << 28));
  }
}
