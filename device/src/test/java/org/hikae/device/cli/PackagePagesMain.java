package org.hikae.device.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.device.AgentVersion;
import org.hikae.device.cli.command.AgentEnvironment;
import picocli.AutoComplete;

/**
 * Writes what a package brings beside the program when it is built, from the command line itself:
 * {@code PackagePagesMain SHARE DATE} makes the manual pages in English and Japanese and the
 * completion for bash below the folder SHARE, where a system has them.
 */
public final class PackagePagesMain {

  private PackagePagesMain() {}

  /** Runs once. */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), arguments[1]);
  }

  static void write(Path share, String timestamp) throws IOException {
    AgentEnvironment here = AgentEnvironment.real();
    String date = timestamp.substring(0, "yyyy-mm-dd".length());
    for (String language : new String[] {"en", "ja"}) {
      Path folder = share.resolve(language.equals("en") ? "man/man1" : "man/ja/man1");
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("hikae.1"),
          ManPageWriter.of(
              AgentMain.commandLine(here, language), language, date, AgentVersion.CURRENT));
    }
    Path completions = share.resolve("bash-completion/completions");
    Files.createDirectories(completions);
    Files.writeString(
        completions.resolve("hikae"),
        AutoComplete.bash("hikae", AgentMain.commandLine(here, "en")));
  }
}
