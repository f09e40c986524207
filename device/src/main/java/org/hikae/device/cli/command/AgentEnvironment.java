package org.hikae.device.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.hikae.crypto.AllowForbidden;
import org.hikae.crypto.opaque.client.Argon2idKsf;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.device.http.Sleeper;
import org.hikae.device.login.SignInCache;
import org.hikae.device.schedule.HostComputer;
import org.hikae.device.state.ManagedDefaults;
import org.jspecify.annotations.Nullable;

/**
 * Everything around the program that a test replaces.
 *
 * @param environment the environment's variables
 * @param userHome the person's home
 * @param workingDirectory the directory that relative paths start from, as bytes
 * @param managed the file with the company's defaults
 * @param console the terminal, or null when there is none
 * @param out where results go
 * @param err where notes, warnings and progress go
 * @param clock the time
 * @param random randomness for keys and pauses
 * @param pause how to wait
 * @param computer its power, network and other programs
 * @param ksf stretches passwords: Argon2id but for tests of something else
 * @param interruption how a command hears that it is to end before its time
 * @param signIns what the commands of this process share of a sign-in
 * @param windows where a window lives that a command opens
 */
public record AgentEnvironment(
    Map<String, String> environment,
    String userHome,
    byte[] workingDirectory,
    Path managed,
    @Nullable PersonTerminal console,
    PrintStream out,
    PrintStream err,
    Clock clock,
    SecureRandom random,
    Sleeper pause,
    HostComputer computer,
    Ksf ksf,
    Interruption interruption,
    SignInCache signIns,
    WindowSupervisor windows) {

  /** That of this process. */
  @AllowForbidden("the one place that knows the real streams and clock")
  public static AgentEnvironment real() {
    Charset charset =
        Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8);
    Map<String, String> environment = System.getenv();
    String managed = environment.getOrDefault("HIKAE_MANAGED", "");
    return new AgentEnvironment(
        environment,
        System.getProperty("user.home", "/"),
        RawArguments.workingDirectory(),
        managed.isEmpty() ? ManagedDefaults.STANDARD_PLACE : Path.of(managed),
        PersonTerminal.ofThisProcess(),
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        Clock.systemUTC(),
        new SecureRandom(),
        Sleeper.real(),
        HostComputer.real(),
        new Argon2idKsf(),
        Interruption.ofThisProcess(),
        new SignInCache(),
        WindowSupervisor.ofThisProcess(System.getenv()));
  }

  /** One like this but for some parts. */
  public AgentEnvironmentBuilder like() {
    return new AgentEnvironmentBuilder(this);
  }

  /** The same where what is said does not mix with the one result. */
  public AgentEnvironment besideTheResult() {
    return like().output(err, err).build();
  }

  /** The same where nobody sits, in another directory. */
  public AgentEnvironment unattended(byte[] directory) {
    return like().console(null).workingDirectory(directory).build();
  }

  /** The same with another way to wait. */
  public AgentEnvironment waiting(Sleeper other) {
    return like().pause(other).build();
  }

  /**
   * The same for what goes on when the command has ended: without its terminal and its output.
   *
   * @param process whose output it has
   * @param ending how it hears that it is to end
   * @param host of windows
   */
  public AgentEnvironment staying(
      AgentEnvironment process, Interruption ending, WindowSupervisor host) {
    return like()
        .console(null)
        .output(process.out, process.err)
        .interruption(ending)
        .windows(host)
        .build();
  }

  /** The same with another place for windows. */
  public AgentEnvironment hosting(WindowSupervisor other) {
    return like().windows(other).build();
  }
}
