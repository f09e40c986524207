package org.hikae.device.cli.command;

import java.io.Console;
import org.hikae.crypto.AllowForbidden;
import org.jspecify.annotations.Nullable;

/** The terminal at which the person sits, in this process or in that of their command. */
public interface PersonTerminal {

  /** What they type without echo; null when they end the input. The caller overwrites it. */
  char @Nullable [] hidden(String prompt);

  /** What they type with echo; null when they end the input. */
  @Nullable String visible(String prompt);

  /** That of this process; null where nobody sits at one. */
  // Which of the two a missing terminal gives depends on the console provider of the JDK.
  @SuppressWarnings("SystemConsoleNull")
  @AllowForbidden("the one place that knows the real terminal")
  static @Nullable PersonTerminal ofThisProcess() {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return null;
    }
    return new PersonTerminal() {
      @Override
      public char @Nullable [] hidden(String prompt) {
        return console.readPassword("%s ", prompt);
      }

      @Override
      public @Nullable String visible(String prompt) {
        return console.readLine("%s ", prompt);
      }
    };
  }
}
