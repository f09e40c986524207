package org.hikae.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.testing.BuildOutput;

/**
 * The blocks of docs/install-guide.md that are marked to be executed, as they stand there.
 *
 * @param settings lines {@code export NAME=value} with the guide's examples
 * @param install what installs, in order
 * @param upgrade what upgrades, in order
 */
record InstallGuide(String settings, List<String> install, List<String> upgrade) {

  private static final Pattern BLOCK =
      Pattern.compile(
          "^```sh (install|upgrade)=(\\w+)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  static InstallGuide read() throws IOException {
    String text = Files.readString(BuildOutput.root().resolve("docs/install-guide.md"));
    String settings = "";
    List<String> install = new ArrayList<>();
    List<String> upgrade = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(2).equals("settings")) {
        settings = block.group(3);
        continue;
      }
      List<String> section = block.group(1).equals("install") ? install : upgrade;
      section.add(block.group(3));
      assertThat(block.group(2)).as("numbers in order").isEqualTo(String.valueOf(section.size()));
    }
    return new InstallGuide(settings, List.copyOf(install), List.copyOf(upgrade));
  }

  /** The settings with these values in place of the examples; each must be one of the guide's. */
  String settings(Map<String, String> own) {
    String result = settings;
    for (Map.Entry<String, String> setting : own.entrySet()) {
      Matcher line =
          Pattern.compile("^export " + setting.getKey() + "=.*$", Pattern.MULTILINE)
              .matcher(result);
      assertThat(line.find()).as(setting.getKey()).isTrue();
      result =
          line.replaceFirst(
              Matcher.quoteReplacement("export " + setting.getKey() + "=" + setting.getValue()));
    }
    return result;
  }
}
