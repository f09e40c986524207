package org.hikae.it.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.it.Reactor;
import org.hikae.it.caller.Company;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.Stack;

/**
 * What is measured: the whole system of a company that follows the install guide, whose settings
 * for the size of the portal's PostgreSQL are read from it.
 */
final class GuidedCompany {

  private static final Path GUIDE = Reactor.root().resolve("docs/install-guide.md");
  private static final Pattern SETTINGS =
      Pattern.compile("hikae-size\\.conf <<END\\n(.*?)^END$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern SETTING = Pattern.compile("(\\w+) = (\\S+)");

  private GuidedCompany() {}

  static Company found() throws IOException, SQLException, InterruptedException {
    return Company.of(
        Stack.apart("measured", Database.Kind.POSTGRESQL, databaseSettings(), Map.of()));
  }

  private static Map<String, String> databaseSettings() throws IOException {
    Matcher block = SETTINGS.matcher(Files.readString(GUIDE, StandardCharsets.UTF_8));
    if (!block.find()) {
      throw new IllegalStateException(GUIDE + " has no hikae-size.conf");
    }
    Map<String, String> settings = new TreeMap<>();
    for (Matcher one = SETTING.matcher(block.group(1)); one.find(); ) {
      settings.put(one.group(1), one.group(2));
    }
    return settings;
  }
}
