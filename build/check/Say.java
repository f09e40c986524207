import java.util.List;

/** What whoever started the check reads. */
final class Say {

  private static final long BEGAN = Long.getLong("hikae.check.began", System.currentTimeMillis());

  private Say() {}

  /** Seconds since the start of the script. */
  static double seconds() {
    return (System.currentTimeMillis() - BEGAN) / 1000.0;
  }

  static synchronized void line(String text) {
    System.out.println(text);
  }

  /** A step, with the time at which it begins. */
  static void step(String text) {
    line("[%4.0f s] %s".formatted(seconds(), text));
  }

  /** What OneRun said about failures: the message, its causes, and where in our own classes. */
  static void failures(List<String> lines) {
    int frames = 0;
    for (String line : lines) {
      if (line.startsWith("failed\t")) {
        String[] fields = line.split("\t", 3);
        line("  " + fields[1] + ": " + fields[2]);
        frames = 0;
      } else if (line.contains("caused by ") || (line.contains("org.hikae.") && frames++ < 5)) {
        line("    " + line.strip());
      }
    }
  }
}
