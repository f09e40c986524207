package org.hikae.device.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.hikae.device.AgentException;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.SetView;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/** An employee with an old device that has K and a new one that has not. */
final class KeyTransferFixture {

  static final String SET = "5e".repeat(16);
  static final String KEY =
      TextCodec.base64(
          new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
            17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32
          });
  static final String OTHER_SERIES = "ab".repeat(16);

  final FakeKeyTransferRelay relay = new FakeKeyTransferRelay();
  final TransferDevice newDevice;
  final TransferDevice oldDevice;

  /** A device with its secrets file. */
  record TransferDevice(StateFile file, DeviceIdentity identity, String name) {

    String id() {
      return TextCodec.hex(identity.deviceId());
    }

    @Nullable UnlockedSet set() throws AgentException {
      return file.require().set();
    }

    void changes(UnaryOperator<AgentState> change) throws AgentException {
      file.update(change::apply);
    }
  }

  /** Both in folders of their own. */
  KeyTransferFixture(Path folder) throws IOException, AgentException {
    newDevice = device(folder, "new laptop", "subject");
    oldDevice = device(folder, "old laptop", "subject");
    UnlockedSet set =
        UnlockedSet.of(SET, 3, KEY).writing(2).signedBy(java.util.Set.of("cd".repeat(16)));
    SeenSeriesHead seen = new SeenSeriesHead(7, "77".repeat(32), null);
    oldDevice.changes(state -> state.withSet(set).withHead(OTHER_SERIES, seen.gone()));
    relay.asks(newDevice.id(), newDevice.name());
  }

  static TransferDevice device(Path folder, String name, String subject)
      throws IOException, AgentException {
    SecureRandom random = new SecureRandom();
    StateFile file =
        new StateFile(new AgentHome(Files.createDirectories(folder.resolve(name + subject))));
    SignInProfile profile =
        new SignInProfile(
            "https://p.example", "https://k.example", "agent", subject, "Ann", null, null, null);
    file.replace(none -> AgentState.enrolled(profile, new DeviceKeyPair(name, "", ""), "offline"));
    return new TransferDevice(file, DeviceIdentity.generate(random), name);
  }

  static SetView set(String setId, long generation) {
    return new SetView(setId, generation, BackupSetState.ACTIVE, Instant.EPOCH, List.of());
  }

  /** The code that is read from the new device, as what is typed on the old one. */
  @FunctionalInterface
  interface Typed {
    String of(String shown, int number);
  }

  /** What became of both. */
  record BothEnds(
      @Nullable String from,
      @Nullable String newFailure,
      GiveKeyFlow.@Nullable GivenKey given,
      @Nullable String oldFailure,
      List<KeyTransferView> shown) {}

  BothEnds transfers() throws Exception {
    return transfers((shown, number) -> shown);
  }

  /** Both at work at once; the person types what {@code typed} makes of the code that is shown. */
  BothEnds transfers(Typed typed) throws Exception {
    return transfers(set(SET, 3), typed);
  }

  BothEnds transfers(SetView told, Typed typed) throws Exception {
    CompletableFuture<String> code = new CompletableFuture<>();
    List<KeyTransferView> shown = new ArrayList<>();
    relay.enters();
    relay.enters();
    CompletableFuture<String> receiving = receives(told, code);
    CompletableFuture<GiveKeyFlow.GivenKey> giving = gives(code, typed, shown);
    String newFailure = failure(receiving);
    String oldFailure = failure(giving);
    return new BothEnds(
        newFailure == null ? receiving.get() : null,
        newFailure,
        oldFailure == null ? giving.get() : null,
        oldFailure,
        shown);
  }

  private CompletableFuture<String> receives(SetView told, CompletableFuture<String> code) {
    ReceiveKeyFlow flow =
        new ReceiveKeyFlow(
            relay, newDevice.file(), newDevice.identity(), relay, new SecureRandom());
    return work(
        () ->
            flow.receive(
                told,
                new ReceiveKeyFlow.CodeViewer() {
                  @Override
                  public void shows(TransferCode shown) {
                    code.complete(shown.shown());
                  }

                  @Override
                  public void wrong(int left) {}
                }));
  }

  private CompletableFuture<GiveKeyFlow.GivenKey> gives(
      CompletableFuture<String> code, Typed typed, List<KeyTransferView> shown) {
    GiveKeyFlow flow =
        new GiveKeyFlow(relay, oldDevice.file(), oldDevice.identity(), relay, new SecureRandom());
    return work(
        () -> {
          String read = code.get(1, TimeUnit.MINUTES);
          UnlockedSet set = java.util.Objects.requireNonNull(oldDevice.set());
          return flow.give(
              set,
              new GiveKeyFlow.CodeReader() {
                private int number;

                @Override
                public KeyTransferView chooses(List<KeyTransferView> asking) {
                  shown.addAll(asking);
                  return asking.getFirst();
                }

                @Override
                public TransferCode code(String name) {
                  return TransferCode.parse(typed.of(read, ++number)).orElseThrow();
                }

                @Override
                public void wrong(int left) {}
              });
        });
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Work<T> {
    T done() throws Exception;
  }

  private <T> CompletableFuture<T> work(Work<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.done();
          } catch (Exception e) {
            throw new CompletionException(e);
          } finally {
            relay.leaves();
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }

  /** The key of the sentence, or nothing when it went well. */
  private static @Nullable String failure(CompletableFuture<?> work) throws Exception {
    return work.handle((done, failed) -> failed == null ? null : reason(failed))
        .get(1, TimeUnit.MINUTES);
  }

  private static String reason(Throwable failed) {
    Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
    return cause instanceof AgentException refused ? refused.key() : String.valueOf(cause);
  }

  /** What the new device remembers of series. */
  Map<String, SeenSeriesHead> heads() throws AgentException {
    return newDevice.file().require().heads();
  }
}
