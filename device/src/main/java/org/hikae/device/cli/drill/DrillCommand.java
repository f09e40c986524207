package org.hikae.device.cli.drill;

import java.io.IOException;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.store.BackupStoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restores a sample to nowhere, and shows the portal that it went well. */
@Command(
    name = "drill",
    description =
        "Restore a few files of your newest snapshot, chosen by chance, to nowhere: they are"
            + " fetched and opened, and nothing is written.%n"
            + "Your company sees that it went well, and neither names nor contents. Scheduled"
            + " backups do it by themselves from time to time.")
public final class DrillCommand extends AgentCommand {

  @Mixin private BandwidthOptions limits = new BandwidthOptions();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public DrillCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    return new DrillRunner(here(), output).run(unlock, limits.bandwidth(here()));
  }
}
