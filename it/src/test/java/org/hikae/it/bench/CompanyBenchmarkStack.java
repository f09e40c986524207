package org.hikae.it.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;

/**
 * What is measured: the whole system of a company whose PostgreSQL has the size that the install
 * guide gives to the portal's. It archives no log, and the vault is reached over its socket.
 */
final class CompanyBenchmarkStack {

  private static final Path GUIDE = BuildOutput.root().resolve("docs/install-guide.md");
  private static final Pattern SETTINGS =
      Pattern.compile("hikae-size\\.conf <<END\\n(.*?)^END$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SETTING = Pattern.compile("(\\w+) = (\\S+)");

  private CompanyBenchmarkStack() {}

  static TestCompany found() throws IOException, SQLException, InterruptedException {
    return found("measured");
  }

  /** The same, beside others of other names. */
  static TestCompany found(String name) throws IOException, SQLException, InterruptedException {
    return TestCompany.of(
        Stack.apart(name, StackDatabase.Kind.POSTGRESQL, databaseSettings(), Map.of()));
  }

  private static Map<String, String> databaseSettings() throws IOException {
    Matcher block = SETTINGS.matcher(Files.readString(GUIDE, StandardCharsets.UTF_8));
    if (!block.find()) {
      throw new IllegalStateException(GUIDE + " has no hikae-size.conf");
    }
    return block
        .group(1)
        .lines()
        .map(CompanyBenchmarkStack::setting)
        .collect(Collectors.toMap(one -> one.group(1), one -> one.group(2)));
  }

  private static MatchResult setting(String line) {
    Matcher setting = SETTING.matcher(line);
    if (!setting.matches()) {
      throw new IllegalStateException(GUIDE + ": " + line);
    }
    return setting.toMatchResult();
  }
}
