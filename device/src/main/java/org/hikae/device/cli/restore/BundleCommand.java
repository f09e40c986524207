package org.hikae.device.cli.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.bundle.BundleDamage;
import org.hikae.device.bundle.BundleEntries;
import org.hikae.device.bundle.BundleResult;
import org.hikae.device.bundle.BundleWriter;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.cli.run.UnreportedRun;
import org.hikae.device.cli.snapshots.SnapshotCatalog;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.store.BackupStoreException;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.SetView;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.bundle.BundleHeader;
import org.hikae.hk1.bundle.BundleStore;
import org.hikae.hk1.bundle.BundleStoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hikae bundle}. */
@Command(
    name = "bundle",
    description =
        "Copy your whole backup, as it is stored, into a folder: from it you can restore with your"
            + " 64-digit key when portal and company are out of reach. Nothing in it can be read"
            + " without the key; keep the two apart. Run again on the same folder, it brings what"
            + " is new.")
public final class BundleCommand extends AgentCommand {

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A new or empty folder, or one that this command has made or begun.")
  private @Nullable String directory;

  @Mixin private BandwidthOptions limits = new BandwidthOptions();

  public BundleCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output)
      throws AgentException, BackupStoreException, IOException {
    Path folder =
        Path.of(new String(here().workingDirectory(), StandardCharsets.UTF_8))
            .resolve(RawArguments.text(Objects.requireNonNull(directory)));
    try (SignedInAgent agent =
        SignedInAgent.open(here(), output.messages().language(), limits.bandwidth(here()))) {
      UnlockedSet mine = agent.stateFile().require().set();
      BundleHeader header = header(agent, mine);
      try (BundleStore bundle = open(folder, header)) {
        return write(output, agent, mine, new Destination(folder, bundle, header));
      }
    }
  }

  /**
   * Where it goes.
   *
   * @param folder as it was named, for messages
   */
  private record Destination(Path folder, BundleStore bundle, BundleHeader header) {}

  /** What the bundle says of itself: which set, by the portal's word, and whose. */
  private static BundleHeader header(SignedInAgent agent, @Nullable UnlockedSet mine)
      throws AgentException {
    SetView set = agent.portal().context().set();
    if (set == null || set.state() != BackupSetState.ACTIVE) {
      throw new AgentException(RunResult.REFUSED, "problem.not-opted-in", "", "");
    }
    if (mine != null && !mine.setId().equals(set.setId())) {
      throw new AgentException(RunResult.REFUSED, "bundle.other-set");
    }
    // A portal that names an earlier K than this device has must not make it the newest.
    long generation =
        mine == null ? set.generation() : Math.max(set.generation(), mine.generation());
    SignInProfile profile = agent.stateFile().require().profile();
    return BundleHeader.of(set.setId(), generation, profile.issuer(), profile.subject());
  }

  private static BundleStore open(Path folder, BundleHeader header)
      throws AgentException, IOException {
    try {
      return BundleStore.open(folder, json(header), before -> isOf(header, before));
    } catch (BundleStoreException e) {
      throw new AgentException(RunResult.LOCAL, "bundle." + e.reason(), folder);
    }
  }

  private static boolean isOf(BundleHeader header, byte[] before) {
    try {
      return header.isOf(AgentJson.mapper().readValue(before, BundleHeader.class));
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] json(Object value) throws JsonProcessingException {
    return AgentJson.mapper().writeValueAsBytes(value);
  }

  private RunResult write(
      CommandOutput output, SignedInAgent agent, @Nullable UnlockedSet mine, Destination to)
      throws AgentException, BackupStoreException, IOException {
    long began = here().clock().millis();
    String setId = to.header().setId();
    // The vault first: what is committed in between is then shown and not missed (HK1-D-04).
    VaultStatement vault = VaultStatement.ask(here(), output, agent, bytes(setId));
    List<WrapView> wraps = agent.portal().wraps();
    ShownSnapshots shown = shown(output, agent, mine);
    BundleResult copied =
        new UnreportedRun(here(), output, agent)
            .around(
                "bundle",
                progress ->
                    new BundleWriter(agent.store(), to.bundle(), progress)
                        .copy(shown.all(), setId));
    if (copied.result() != RunResult.CANCELLED) {
      // What names the others comes after them, and what the vault witnessed after the list.
      to.bundle().write("", BundleStore.WRAPS, json(BundleEntries.wraps(to.bundle(), wraps)));
      to.bundle()
          .write(
              "", BundleStore.SNAPSHOTS, json(BundleEntries.snapshots(to.bundle(), shown.all())));
      to.bundle().sync();
      if (vault != null) {
        vault.write(to.bundle());
      }
      to.bundle().finish(json(to.header()));
    }
    boolean altered = copied.result() == RunResult.SUCCESS && !shown.sound();
    RunResult result = altered ? RunResult.CORRUPT : copied.result();
    tell(output, to, copied, result, here().clock().millis() - began);
    return result;
  }

  private static byte[] bytes(String setId) throws AgentException {
    try {
      return TextCodec.parseId("setId", setId);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.REFUSED, e, "bundle.other-set");
    }
  }

  /**
   * What the portal lists.
   *
   * @param sound whether nothing speaks against it, as far as this device can tell
   */
  private record ShownSnapshots(List<SnapshotView> all, boolean sound) {}

  private ShownSnapshots shown(
      CommandOutput output, SignedInAgent agent, @Nullable UnlockedSet mine)
      throws AgentException, BackupStoreException {
    if (mine == null) {
      try (SnapshotCatalog snapshots = SnapshotCatalog.unopened(here(), output, agent)) {
        output.note("bundle.unopened");
        return new ShownSnapshots(snapshots.shown(), snapshots.isWhole());
      }
    }
    try (BackupKey key = KeyUnlock.stored(mine);
        SnapshotCatalog snapshots = SnapshotCatalog.read(here(), output, agent, key)) {
      return new ShownSnapshots(snapshots.shown(), snapshots.sound());
    }
  }

  private static void tell(
      CommandOutput output, Destination to, BundleResult copied, RunResult result, long millis) {
    for (BundleDamage damage : copied.damages()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("kind", damage.kind().name());
      fields.put("name", damage.name());
      fields.put("detail", damage.detail());
      output.event("bundleDamage", fields);
      output.note(
          "bundle.damage." + damage.kind(), DisplayFormat.plain(damage.name()), damage.detail());
    }
    if (copied.damaged() > copied.damages().size()) {
      output.note("warning.more", copied.damaged() - copied.damages().size());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", result.name());
    fields.put("exitCode", AgentExitCode.of(result));
    fields.put("path", to.folder().toString());
    fields.put("setId", to.header().setId());
    fields.put("snapshots", copied.snapshots());
    fields.put("removed", copied.removed());
    fields.put("objects", copied.objects());
    fields.put("kept", copied.kept());
    fields.put("written", copied.written());
    fields.put("damaged", copied.damaged());
    fields.put("bytesReceived", copied.bytesReceived());
    fields.put("durationMillis", millis);
    output.event("bundle", fields);
    output.say("bundle." + result, to.folder());
    output.say(
        "bundle.numbers",
        copied.snapshots(),
        copied.objects(),
        copied.kept(),
        copied.written(),
        DisplayFormat.bytes(copied.bytesReceived()),
        DisplayFormat.duration(millis));
    if (result != RunResult.CANCELLED) {
      output.say("bundle.keep-apart");
    }
  }
}
