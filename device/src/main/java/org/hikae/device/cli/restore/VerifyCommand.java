package org.hikae.device.cli.restore;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.cli.run.ProgressPrinter;
import org.hikae.device.cli.run.RunSupervisor;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.cli.snapshots.SigningStart;
import org.hikae.device.cli.snapshots.SnapshotCatalog;
import org.hikae.device.history.SnapshotChoice;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.possession.ChallengeSampleStore;
import org.hikae.device.possession.SamplingBackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.verify.Damage;
import org.hikae.device.verify.PackSample;
import org.hikae.device.verify.Verification;
import org.hikae.device.verify.VerificationResult;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads all that is stored back, and writes none of it. */
@Command(
    name = "verify",
    description =
        "Read all that is stored back to this device and open it, without writing any of it:"
            + " whether a restore would work. Everything that is missing or damaged is named.")
public final class VerifyCommand extends AgentCommand {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SNAPSHOT",
      description =
          "Identifier of the snapshot or its beginning, or latest. By default every snapshot that"
              + " this device can open.")
  private @Nullable String snapshot;

  @Option(
      names = "--sample",
      paramLabel = "PERCENT",
      description =
          "Open only this share of the data, 1 to 100, chosen anew each time. The lists of files"
              + " are always read whole.")
  private @Nullable Integer sample;

  @Option(
      names = "--with-scrub",
      description =
          "Open a sample of the data, by default 1 percent and 32 to 1024 packs of each device's,"
              + " and ask the portal when it last read everything itself. What this device has"
              + " proved and what only the portal says are told apart.")
  private boolean withScrub;

  @Option(
      names = "--deep",
      description =
          "Also unpack everything and compare it with what the device noted when it read the files."
              + " Without it, you learn that what is stored is what the device sent.")
  private boolean deep;

  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "Only snapshots of the device whose identifier begins so.")
  private @Nullable String device;

  @Mixin private BandwidthOptions limits = new BandwidthOptions();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public VerifyCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    if (sample != null && (sample < 1 || sample > 100)) {
      throw new AgentException(RunResult.REFUSED, "verify.sample");
    }
    return OpenedCatalog.around(
        here(), output, unlock, limits.bandwidth(here()), opened -> verify(output, opened));
  }

  private PackSample packSample() {
    if (sample == null) {
      return withScrub ? PackSample.besideScrub() : PackSample.ALL;
    }
    return withScrub ? PackSample.besideScrub(sample) : PackSample.of(sample);
  }

  private RunResult verify(CommandOutput output, OpenedCatalog opened)
      throws AgentException, BackupStoreException, IOException {
    SignedInAgent agent = opened.agent();
    BackupKey key = opened.key();
    SnapshotCatalog snapshots = opened.snapshots();
    boolean unaltered = snapshots.sound();
    Map<Long, BackupKey> keys = new HashMap<>();
    try {
      List<SnapshotView> ours = snapshots.ofSet(TextCodec.hex(key.setId()), device);
      List<SnapshotView> views;
      boolean sound;
      if (snapshot == null) {
        views = openable(output, ours, opened, keys);
        sound = unaltered && views.size() == ours.size();
      } else {
        // Comparing several series may find what no series shows by itself.
        SnapshotChoice choice = snapshots.toShow(snapshot, device);
        views = one(choice.view(), opened, keys);
        sound = unaltered && choice.doubtful().isEmpty();
      }
      if (views.isEmpty()) {
        throw sound
            ? new AgentException(RunResult.REFUSED, "snapshots.none")
            : new AgentException(RunResult.CORRUPT, "snapshots.none-left");
      }
      output.say("verify.what", views.size());
      ScrubClaimPrinter claim = withScrub ? ScrubClaimPrinter.ask(output, agent.portal()) : null;
      PackSample chosen = packSample();
      RunResult result =
          new RunSupervisor(here(), output, agent, RunReport.Kind.VERIFY)
              .around(
                  progress -> {
                    // What is read anew is asked for anew.
                    try (SamplingBackupStore store =
                        new SamplingBackupStore(
                            agent.store(),
                            new ChallengeSampleStore(agent.home(), here().clock()),
                            key.setId(),
                            here().random())) {
                      Verification all = new Verification(store, keys, here().random());
                      VerificationResult read =
                          (deep ? all.deeply() : all).run(views, chosen, progress);
                      return ending(output, snapshots, read, sound, claim);
                    }
                  });
      if (result == RunResult.SUCCESS
          && chosen.percent() == 100
          && snapshot == null
          && device == null) {
        new SigningStart(output, agent, TextCodec.hex(key.setId())).afterFullRead();
      }
      return result;
    } finally {
      keys.values().forEach(BackupKey::close);
    }
  }

  private static List<SnapshotView> one(
      SnapshotView view, OpenedCatalog opened, Map<Long, BackupKey> keys) throws AgentException {
    keys.put(view.generation(), opened.reading(view.generation()));
    return List.of(view);
  }

  /** Those whose generation can be opened; the others are counted aloud and not intact. */
  private static List<SnapshotView> openable(
      CommandOutput output,
      List<SnapshotView> ours,
      OpenedCatalog opened,
      Map<Long, BackupKey> keys)
      throws AgentException {
    for (long generation :
        ours.stream().map(SnapshotView::generation).collect(Collectors.toSet())) {
      try {
        keys.put(generation, opened.reading(generation));
      } catch (AgentException e) {
        switch (e.result()) {
          case CORRUPT, NETWORK, REFUSED -> {
            // The portal has no wrap of that K, or withholds it; its snapshots are counted below.
          }
          default -> throw e;
        }
      }
    }
    List<SnapshotView> openable =
        ours.stream().filter(view -> keys.containsKey(view.generation())).toList();
    if (openable.size() < ours.size()) {
      output.note("verify.not-openable", ours.size() - openable.size());
    }
    return openable;
  }

  private RunSupervisor.RunEnd ending(
      CommandOutput output,
      SnapshotCatalog snapshots,
      VerificationResult result,
      boolean sound,
      @Nullable ScrubClaimPrinter claim) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("snapshots", result.snapshots());
    more.put("packs", result.packs());
    more.put("packsOpened", result.packsOpened());
    more.put("deep", deep);
    boolean altered = result.result() == RunResult.SUCCESS && !sound;
    boolean intact = result.result() == RunResult.SUCCESS && sound && result.damages().isEmpty();
    if (claim != null) {
      claim.put(more, result.sample(), intact);
    }
    return new RunSupervisor.RunEnd(
        altered ? RunResult.CORRUPT : result.result(),
        result.tally(),
        more,
        () -> {
          tell(output, snapshots, result);
          if (claim != null) {
            claim.tell(result.sample(), intact);
          }
        });
  }

  private void tell(CommandOutput output, SnapshotCatalog snapshots, VerificationResult result) {
    Map<String, SnapshotView> byId =
        snapshots.all().stream()
            .collect(Collectors.toMap(SnapshotView::snapshotId, view -> view, (a, b) -> a));
    result.damages().stream()
        .limit(ProgressPrinter.MAX_WARNINGS)
        .forEach(damage -> tell(output, damage, snapshots, byId));
    long untold = result.tally().failed() - ProgressPrinter.MAX_WARNINGS;
    if (untold > 0) {
      output.note("warning.more", untold);
    }
    output.say("verify.packs", result.packsOpened(), result.packs(), result.snapshots());
    if (result.result() == RunResult.SUCCESS && result.damages().isEmpty()) {
      output.say(deep ? "verify.proved.deep" : "verify.proved");
    }
  }

  private static void tell(
      CommandOutput output,
      Damage damage,
      SnapshotCatalog snapshots,
      Map<String, SnapshotView> byId) {
    for (Damage.AffectedSnapshot affectedSnapshot : damage.needs()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("kind", damage.kind().name());
      fields.put("pack", damage.pack());
      fields.put("snapshotId", affectedSnapshot.snapshotId());
      affectedSnapshot.files().ifPresent(files -> fields.put("files", files));
      fields.put("detail", damage.detail());
      affectedSnapshot.healedBy().ifPresent(other -> fields.put("healedBy", other));
      output.event("damage", fields);
      if (!output.json()) {
        SnapshotView view = byId.get(affectedSnapshot.snapshotId());
        output.note(
            affectedSnapshot.healedBy().isPresent()
                ? "verify.healed"
                : "verify.damage." + damage.kind(),
            damage.pack(),
            affectedSnapshot.snapshotId().substring(0, 12),
            view == null ? "" : snapshots.when(view),
            affectedSnapshot.files().isPresent()
                ? affectedSnapshot.files().getAsLong()
                : output.messages().get("verify.files-unknown"),
            damage.detail(),
            affectedSnapshot.healedBy().map(other -> other.substring(0, 12)).orElse(""));
      }
    }
  }
}
