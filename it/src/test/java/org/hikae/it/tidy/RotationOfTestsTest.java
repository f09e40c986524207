package org.hikae.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** Whatever {@code ./verify} leaves out has its turn now and then, so that it does not rot. */
class RotationOfTestsTest {

  private static final int MOST_SECONDS = 90;

  /** A test that does less in a short run. */
  private static final Pattern LESS =
      Pattern.compile(
          "@FullRunOnly\\b|takesAllOf\\(|DatabaseLanes\\.run\\(|TestEffort\\.times\\(|@EachDatabase\\n");

  /** A test of which a short run that takes it whole has a part. */
  private static final Pattern PARTS = Pattern.compile("\\bpartOf\\(");

  @Test
  void every_class_of_which_a_short_run_leaves_something_out_has_its_turn() throws IOException {
    Set<String> listed = new TreeSet<>();
    Set<String> divided = new TreeSet<>();
    for (String line : Files.readAllLines(BuildOutput.root().resolve("build/verify/full.tsv"))) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        assertThat(Integer.parseInt(fields[0])).as(line).isBetween(1, MOST_SECONDS);
        listed.add(fields[1].replaceFirst("\\$.*", ""));
        if (fields.length > 2) {
          assertThat(Integer.parseInt(fields[2])).as(line).isBetween(2, 99);
          divided.add(fields[1]);
        }
      }
    }
    // Not a class: the tests inside the server on H2.
    assertThat(listed.remove("container-h2")).isTrue();
    assertThat(listed).isEqualTo(cut());
    assertThat(divided).isEqualTo(names("(Test|IT)", PARTS));
  }

  private static Set<String> cut() throws IOException {
    Set<String> contracts = names("Contract", LESS);
    boolean more = true;
    while (more) {
      // Between a contract and its tests.
      more = contracts.addAll(names("Base", extending(contracts)));
    }
    Set<String> all = names("(Test|IT)", LESS);
    all.addAll(names("(Test|IT)", extending(contracts)));
    return all;
  }

  private static Pattern extending(Set<String> types) {
    return Pattern.compile("extends (" + String.join("|", types) + ")\\b");
  }

  /** Classes of tests whose names end so and whose source has this. */
  private static Set<String> names(String ending, Pattern source) throws IOException {
    Pattern place = Pattern.compile(".*/src/test/java/.*" + ending + "\\.java");
    try (Stream<Path> files = Files.walk(BuildOutput.root())) {
      return files
          .filter(file -> place.matcher(file.toString()).matches())
          .filter(file -> !file.startsWith(BuildOutput.root().resolve("testing")))
          // The demo backs up a copy of these files.
          .filter(file -> !file.startsWith(BuildOutput.root().resolve(".hikae")))
          .filter(file -> !file.equals(own()))
          .filter(file -> source.matcher(text(file)).find())
          .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path own() {
    return BuildOutput.root()
        .resolve("it/src/test/java/org/hikae/it/tidy/RotationOfTestsTest.java");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
