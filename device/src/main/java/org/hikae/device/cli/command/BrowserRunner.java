package org.hikae.device.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows pages to the person at this computer. */
@FunctionalInterface
public interface BrowserRunner {

  /**
   * Shows one; false when that could not be begun. The browser gets the name of the file, which
   * everybody may read among its arguments, and not what is in it.
   */
  boolean show(String file);

  /**
   * The browser of the desktop around this process.
   *
   * @param environment which has the {@code PATH}
   */
  static BrowserRunner ofThisDesktop(Map<String, String> environment) {
    return new DesktopBrowser(environment.getOrDefault("PATH", ""));
  }

  /**
   * By the program that each desktop has for it, from folders of {@code PATH} that begin at the
   * root: an empty or relative one names whatever folder the command was started in. No lambdas, as
   * in {@link Interruption}.
   */
  final class DesktopBrowser implements BrowserRunner {

    private static final String PROGRAM = "xdg-open";

    private final String path;

    private DesktopBrowser(String path) {
      this.path = path;
    }

    @Override
    public boolean show(String file) {
      String program = program();
      if (program == null) {
        return false;
      }
      try {
        new ProcessBuilder(program, file)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    private @Nullable String program() {
      for (String folder : path.split(":", -1)) {
        if (folder.startsWith("/")) {
          Path program = Path.of(folder, PROGRAM);
          if (Files.isRegularFile(program) && Files.isExecutable(program)) {
            return program.toString();
          }
        }
      }
      return null;
    }
  }
}
