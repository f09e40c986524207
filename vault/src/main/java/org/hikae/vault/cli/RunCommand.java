package org.hikae.vault.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.process.VaultConfig;
import org.hikae.vault.process.VaultProcess;
import org.hikae.vault.root.RootFile;
import org.hikae.vault.root.SoftwareRoot;
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
  private PassphraseOption passphrase;

  @SuppressWarnings("NullAway.Init")
  RunCommand() {}

  @Override
  public Integer call() throws Exception {
    VaultConfig read = config.read();
    VaultLog.to(read.logFile());
    SecureRandom random = new SecureRandom();
    SoftwareRoot root;
    try (SecretBytes secret = passphrase.read()) {
      root = RootFile.read(read.rootFile(), secret, random);
    }
    VaultProcess process = VaultProcess.start(read, root, Clock.systemUTC(), random);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.close();
                  VaultLog.close();
                  spec.commandLine().getOut().println("stopped");
                  spec.commandLine().getOut().flush();
                  stopped.countDown();
                },
                "stop"));
    spec.commandLine().getOut().println("serving " + read.socket());
    spec.commandLine().getOut().flush();
    stopped.await();
    return ExitCode.OK.number();
  }
}
