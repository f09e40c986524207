package org.hikae.device.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the manual page from the command line itself, so that it lists every command and option
 * there is. What the command line does not know, files and environment, comes from {@code
 * man.properties} and {@code man_ja.properties} beside this class.
 */
final class ManPageWriter {

  private static final int WIDTH = 78;
  private static final Comparator<OptionSpec> AS_IN_HELP =
      Comparator.comparingInt(OptionSpec::order);

  private final StringBuilder page = new StringBuilder();
  private final CommandLine line;
  private final Properties properties = new Properties();

  private ManPageWriter(CommandLine line, String language) throws IOException {
    this.line = line;
    String name = language.equals("ja") ? "man_ja.properties" : "man.properties";
    try (Reader in =
        new InputStreamReader(
            ManPageWriter.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      properties.load(in);
    }
  }

  /** The page in {@code en} or {@code ja}; {@code date} is that of the release. */
  static String of(CommandLine line, String language, String date, String version)
      throws IOException {
    return new ManPageWriter(line, language).write(date, version);
  }

  private String write(String date, String version) {
    page.append("'\\\" -*- coding: UTF-8 -*-\n");
    page.append(".TH HIKAE 1 ").append(date).append(" \"Hikae ");
    page.append(escaped(version)).append("\"\n");
    // Neither hyphens that are not typed, nor wide gaps, in any section.
    page.append(".nh\n.ds AD l\n.ad l\n");
    section("name");
    text("hikae - " + properties.getProperty("name.text"));
    section("synopsis");
    page.append(".B hikae\n");
    text("COMMAND [OPTION ...]");
    section("description");
    text(line.getCommandSpec().usageMessage().description());
    section("commands");
    line.getSubcommands().values().forEach(this::command);
    section("exit");
    text(line.getCommandSpec().usageMessage().footer());
    listed("environment");
    listed("files");
    section("see");
    text(properties.getProperty("see.text"));
    return page.toString();
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    macro("SS", spec.qualifiedName());
    text(new CommandLine.Help(spec, Ansi.OFF).synopsis(0).strip().replaceAll("\\s+", " "));
    page.append(".PP\n");
    text(spec.usageMessage().header());
    text(spec.usageMessage().description());
    for (PositionalParamSpec each : spec.positionalParameters()) {
      entry(each.paramLabel(), each);
    }
    for (OptionSpec each : spec.options().stream().sorted(AS_IN_HELP).toList()) {
      String label = each.typeInfo().isBoolean() ? "" : "=" + each.paramLabel();
      entry(String.join(", ", each.names()) + label, each);
    }
    command.getSubcommands().values().forEach(this::command);
  }

  private void entry(String what, ArgSpec described) {
    if (!described.hidden()) {
      page.append(".TP\n.B \"").append(escaped(what)).append("\"\n");
      text(described.description());
    }
  }

  /** {@code files.1=NAME|what it is}, {@code files.2} and so on. */
  private void listed(String section) {
    section(section);
    for (int i = 1; properties.containsKey(section + "." + i); i++) {
      List<String> parts = List.of(properties.getProperty(section + "." + i).split("\\|", 2));
      page.append(".TP\n.B \"").append(escaped(parts.getFirst())).append("\"\n");
      text(parts.getLast());
    }
  }

  private void section(String key) {
    macro("SH", properties.getProperty(key));
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String each : arguments) {
      page.append(" \"").append(escaped(each)).append('"');
    }
    page.append('\n');
  }

  private void text(String... paragraphs) {
    List<String> lines = new ArrayList<>();
    for (String each : paragraphs) {
      each.replace("%n", "\n").lines().filter(l -> !l.isBlank()).forEach(lines::add);
    }
    for (String each : lines) {
      String plain = escaped(each.strip());
      int start = 0;
      while (start < plain.length()) {
        int end = endOfLine(plain, start);
        String part = plain.substring(start, end);
        // A line that begins so would be taken for a request.
        page.append(part.startsWith(".") || part.startsWith("'") ? "\\&" : "").append(part);
        page.append('\n');
        start = end + 1;
      }
    }
  }

  /** The last blank within the width, else the next one. */
  private static int endOfLine(String text, int start) {
    if (text.length() - start <= WIDTH) {
      return text.length();
    }
    int last = text.lastIndexOf(' ', start + WIDTH);
    int next = last > start ? last : text.indexOf(' ', start + WIDTH);
    return next < 0 ? text.length() : next;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\(rs").replace("-", "\\-").replace("\"", "\\(dq");
  }
}
