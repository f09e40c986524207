package org.hikae.device;

import java.util.List;
import org.hikae.backup.wire.RunResult;

/**
 * Why the agent could not do what it was asked. It carries the result that the run reports and the
 * exit code follows, and the key of a sentence in the message bundles with its arguments; the
 * sentence names the way out. Arguments are for the person at the terminal and may name a path, but
 * never a secret.
 */
public class AgentException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RunResult result;
  private final String key;
  private final transient List<Object> arguments;

  /** A failure told by the sentence {@code key}. */
  public AgentException(RunResult result, String key, Object... arguments) {
    super(key);
    this.result = result;
    this.key = key;
    this.arguments = List.of(arguments);
  }

  /** The same with the exception behind it, which is shown only when asked for. */
  public AgentException(RunResult result, Throwable cause, String key, Object... arguments) {
    super(key, cause);
    this.result = result;
    this.key = key;
    this.arguments = List.of(arguments);
  }

  /** How the run ended. */
  public RunResult result() {
    return result;
  }

  /** Key of the sentence in the message bundle. */
  public String key() {
    return key;
  }

  /** What the sentence is filled with. */
  public List<Object> arguments() {
    return arguments;
  }
}
