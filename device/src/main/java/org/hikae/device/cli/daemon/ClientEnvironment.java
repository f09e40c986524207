package org.hikae.device.cli.daemon;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.hikae.crypto.AllowForbidden;
import org.hikae.device.cli.command.BrowserRunner;
import org.hikae.device.cli.command.Interruption;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.cli.command.RawArguments;
import org.jspecify.annotations.Nullable;

/**
 * What a client needs of its process, and a test replaces: little, and of classes that a Java
 * machine has ready when it starts.
 *
 * @param environment the environment's variables
 * @param userHome the person's home
 * @param workingDirectory the directory that relative paths start from, as bytes
 * @param console the terminal, or null when there is none
 * @param out where results go
 * @param err where notes, warnings and progress go
 * @param charset how text is written there
 * @param random one that nobody can foretell
 * @param interruption how a command hears that it is to end before its time
 * @param browser shows the page of a window
 */
public record ClientEnvironment(
    Map<String, String> environment,
    String userHome,
    byte[] workingDirectory,
    @Nullable PersonTerminal console,
    OutputStream out,
    OutputStream err,
    String charset,
    RandomGenerator random,
    Interruption interruption,
    BrowserRunner browser) {

  /** That of this process. */
  @AllowForbidden("the client's part of the one place that knows the real terminal and streams")
  public static ClientEnvironment real() {
    return new ClientEnvironment(
        System.getenv(),
        System.getProperty("user.home", "/"),
        RawArguments.workingDirectory(),
        terminal(),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        System.getProperty("stdout.encoding", "UTF-8"),
        new KernelRandom(),
        Interruption.ofThisProcess(),
        BrowserRunner.ofThisDesktop(System.getenv()));
  }

  /**
   * What the launcher says of it, because Java looks for who provides one before it looks there.
   */
  private static @Nullable PersonTerminal terminal() {
    String said = System.getProperty("hikae.terminal", "");
    if (said.isEmpty()) {
      return PersonTerminal.ofThisProcess();
    }
    return said.equals("true") ? new LazyTerminal() : null;
  }

  /** The terminal of this process, opened when somebody is asked. */
  private static final class LazyTerminal implements PersonTerminal {
    @Override
    public char @Nullable [] hidden(String prompt) {
      PersonTerminal terminal = PersonTerminal.ofThisProcess();
      return terminal == null ? null : terminal.hidden(prompt);
    }

    @Override
    public @Nullable String visible(String prompt) {
      PersonTerminal terminal = PersonTerminal.ofThisProcess();
      return terminal == null ? null : terminal.visible(prompt);
    }
  }
}
