package org.hikae.vault.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultProcess;
import org.hikae.vault.root.OpenedVaultRoot;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hikae-vault run}: serves until SIGTERM. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Serves until it is told to stop (SIGTERM); answers being made are finished.")
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @ArgGroup(multiplicity = "1")
  private SecretOption secret;

  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() throws Exception {
    VaultConfig read = config.read();
    SecureRandom random = new SecureRandom();
    OpenedVaultRoot root;
    try (SecretBytes opening = secret.read(read.root(), spec.commandLine())) {
      root = OpenedVaultRoot.open(read.root(), opening, random);
    }
    VaultLog.to(read.logFile());
    VaultProcess process = VaultProcess.start(read, root, Clock.systemUTC(), random);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop"));
    spec.commandLine().getOut().println("serving " + read.listeners().socket());
    spec.commandLine().getOut().flush();
    new CountDownLatch(1).await();
    return VaultExitCode.OK.number();
  }

  /** Ends with success: being told to stop is not a failure. */
  private void stop(VaultProcess process) {
    process.close();
    VaultLog.close();
    spec.commandLine().getOut().println("stopped");
    spec.commandLine().getOut().flush();
    Runtime.getRuntime().halt(VaultExitCode.OK.number());
  }
}
