package org.hikae.device.cli.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.device.http.Sleeper;
import org.hikae.device.login.SignInCache;
import org.hikae.device.schedule.HostComputer;
import org.jspecify.annotations.Nullable;

/** Makes an environment that is like another one but for some parts. */
public final class AgentEnvironmentBuilder {

  private final String userHome;
  private final Path managed;
  private final SecureRandom random;
  private Map<String, String> environment;
  private byte[] workingDirectory;
  private @Nullable PersonTerminal console;
  private PrintStream out;
  private PrintStream err;
  private Clock clock;
  private Sleeper pause;
  private HostComputer computer;
  private Ksf ksf;
  private Interruption interruption;
  private SignInCache signIns;
  private WindowSupervisor windows;

  AgentEnvironmentBuilder(AgentEnvironment like) {
    this.userHome = like.userHome();
    this.managed = like.managed();
    this.random = like.random();
    this.environment = like.environment();
    this.workingDirectory = like.workingDirectory();
    this.console = like.console();
    this.out = like.out();
    this.err = like.err();
    this.clock = like.clock();
    this.pause = like.pause();
    this.computer = like.computer();
    this.ksf = like.ksf();
    this.interruption = like.interruption();
    this.signIns = like.signIns();
    this.windows = like.windows();
  }

  /** With other variables. */
  public AgentEnvironmentBuilder environment(Map<String, String> other) {
    environment = other;
    return this;
  }

  /** In another directory. */
  public AgentEnvironmentBuilder workingDirectory(byte[] other) {
    workingDirectory = other;
    return this;
  }

  /** With another terminal, or with none. */
  public AgentEnvironmentBuilder console(@Nullable PersonTerminal other) {
    console = other;
    return this;
  }

  /** With another place for results, and another one for all else. */
  public AgentEnvironmentBuilder output(PrintStream results, PrintStream other) {
    out = results;
    err = other;
    return this;
  }

  /** At another time. */
  public AgentEnvironmentBuilder clock(Clock other) {
    clock = other;
    return this;
  }

  /** With another way to wait. */
  public AgentEnvironmentBuilder pause(Sleeper other) {
    pause = other;
    return this;
  }

  /** On another computer. */
  public AgentEnvironmentBuilder computer(HostComputer other) {
    computer = other;
    return this;
  }

  /** With another way to stretch passwords. */
  public AgentEnvironmentBuilder ksf(Ksf other) {
    ksf = other;
    return this;
  }

  /** Which hears in another way that it is to end. */
  public AgentEnvironmentBuilder interruption(Interruption other) {
    interruption = other;
    return this;
  }

  /** Which shares other sign-ins. */
  public AgentEnvironmentBuilder signIns(SignInCache other) {
    signIns = other;
    return this;
  }

  /** With another place for windows. */
  public AgentEnvironmentBuilder windows(WindowSupervisor other) {
    windows = other;
    return this;
  }

  /** The environment. */
  public AgentEnvironment build() {
    return new AgentEnvironment(
        environment,
        userHome,
        workingDirectory,
        managed,
        console,
        out,
        err,
        clock,
        random,
        pause,
        computer,
        ksf,
        interruption,
        signIns,
        windows);
  }
}
