package org.hikae.device.cli.command;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The terminal at which the person sits, in this process or in that of their command. */
public interface PersonTerminal {

  /** What they type without echo; null when they end the input. The caller overwrites it. */
  char @Nullable [] hidden(String prompt);

  /** What they type with echo; null when they end the input. */
  @Nullable String visible(String prompt);

  /** That of a process. */
  static PersonTerminal of(Console console) {
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
