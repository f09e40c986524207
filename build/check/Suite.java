/**
 * A class of tests that may have to run.
 *
 * @param name with dots
 * @param fingerprint of all that it is known to depend on
 * @param distance from what changed: 0 is the class itself or a file that it reads
 * @param rule whether it looks at all classes and always has to run
 * @param millis that it is thought to take
 */
record Suite(
    Module module, String name, String fingerprint, int distance, boolean rule, long millis) {}
