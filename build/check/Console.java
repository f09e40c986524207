/** What whoever started the check reads. */
final class Console {

  private static final long BEGAN = Long.getLong("hikae.check.began", System.currentTimeMillis());

  private Console() {}

  /** When the script began, in milliseconds since 1970. */
  static long began() {
    return BEGAN;
  }

  static void line(String text) {
    System.out.println(text);
  }

  /** A step, with the time at which it begins. */
  static void step(String text) {
    line("[%4.0f s] %s".formatted((System.currentTimeMillis() - BEGAN) / 1000.0, text));
  }
}
