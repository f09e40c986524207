package org.hikae.device.cli.command;

import java.util.Map;
import java.util.Optional;

/** A part of the agent that hears what a command says, as it is documented for scripts. */
public interface CommandOutputListener {

  /** An object of the result; {@code event} says which. */
  void event(Map<String, Object> object);

  /** A note or warning for the person. */
  void note(String sentence);

  /** A line of the result for people, as a terminal would show it. */
  default void said(String sentence) {
    // Most parts of the agent make sentences of their own.
  }

  /** Who asks the person; nothing where nobody is to be asked. */
  default Optional<PersonDialog> dialog() {
    return Optional.empty();
  }

  /** Whether the command is to end in order; asked now and then. */
  default boolean stopped() {
    return false;
  }
}
