/**
 * A class of tests.
 *
 * @param name with dots
 * @param fingerprint of all that it depends on
 * @param distance from what changed: 0 when it is the class itself or a file that it reads
 * @param millis that it is thought to take
 */
record Suite(SourceSet sourceSet, String name, String fingerprint, int distance, long millis) {}
