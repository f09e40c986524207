package org.hikae.device.cli.command;

import java.util.Map;

/** A part of the agent that hears what a command says, as it is documented for scripts. */
public interface CommandOutputListener {

  /** An object of the result; {@code event} says which. */
  void event(Map<String, Object> object);

  /** A note or warning for the person. */
  void note(String sentence);

  /** Whether the command is to end in order; asked now and then. */
  default boolean stopped() {
    return false;
  }
}
