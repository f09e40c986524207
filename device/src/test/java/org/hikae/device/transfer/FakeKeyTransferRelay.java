package org.hikae.device.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.http.Sleeper;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages within a test, as they are or changed. Time passes when nobody has anything to
 * do but to wait.
 */
final class FakeKeyTransferRelay implements KeyTransferRelay, Sleeper {

  static final String ADDRESS = "192.0.2.7";

  /** What becomes of a message; nothing for one that is dropped. */
  @FunctionalInterface
  interface Change {
    List<KeyTransferMessage> of(String transferId, KeyTransferMessage message);
  }

  private final Map<String, KeyTransferView> views = new LinkedHashMap<>();
  private final List<KeyTransferMessage> sent = new ArrayList<>();
  private final Map<String, String> askers = new LinkedHashMap<>();
  private Change change = (id, message) -> List.of(message);
  private java.util.function.UnaryOperator<KeyTransferView> viewed = view -> view;
  private @Nullable KeyTransferStep unanswered;
  private int parties;
  private int waiting;
  private long version;
  private long nanos;

  /** From now on messages are changed so on their way. */
  synchronized void changes(Change how) {
    change = how;
  }

  /** From now on transfers are told so. */
  synchronized void tells(java.util.function.UnaryOperator<KeyTransferView> how) {
    viewed = how;
  }

  /** From now on messages of this kind are passed on, and whoever sent one hears nothing of it. */
  synchronized void losesAnswerTo(KeyTransferStep step) {
    unanswered = step;
  }

  /** Somebody takes part from now on. */
  synchronized void enters() {
    parties++;
  }

  /** And no longer. */
  synchronized void leaves() {
    parties--;
    notifyAll();
  }

  /** What was really sent, in this order. */
  synchronized List<KeyTransferMessage> sent() {
    return List.copyOf(sent);
  }

  /** How many of a kind were sent. */
  synchronized long sent(KeyTransferStep step) {
    return sent.stream().filter(message -> message.step() == step).count();
  }

  /** Which device asks from now on, under the next transfer. */
  synchronized void asks(String deviceId, String name) {
    askers.put(deviceId, name);
  }

  @Override
  public synchronized List<KeyTransferView> list() {
    return views.values().stream().map(viewed).toList();
  }

  @Override
  public synchronized void open(String transferId, OpenKeyTransfer request) throws AgentException {
    String asker = List.copyOf(askers.keySet()).getLast();
    views.put(
        transferId,
        new KeyTransferView(
            transferId,
            request.setId(),
            asker,
            String.valueOf(askers.get(asker)),
            ADDRESS,
            Instant.EPOCH,
            Instant.EPOCH.plus(KeyTransferWait.LIFE),
            List.of()));
    say(transferId, new KeyTransferMessage(1, KeyTransferStep.OFFER, request.offer()));
  }

  @Override
  public synchronized KeyTransferView get(String transferId) {
    return viewed.apply(view(transferId));
  }

  @Override
  public synchronized void say(String transferId, KeyTransferMessage message)
      throws AgentException {
    sent.add(message);
    change.of(transferId, message).forEach(each -> shows(transferId, each));
    if (message.step() == unanswered) {
      throw new AgentException(RunResult.NETWORK, "network.not-the-portal", "");
    }
  }

  /** One that was told under another identifier is the last one. */
  private KeyTransferView view(String transferId) {
    KeyTransferView known = views.get(transferId);
    return known == null ? List.copyOf(views.values()).getLast() : known;
  }

  /** Shows a message, whoever made it up. */
  synchronized void shows(String transferId, KeyTransferMessage message) {
    KeyTransferView view = view(transferId);
    List<KeyTransferMessage> messages = new ArrayList<>(view.messages());
    messages.removeIf(each -> each.number() == message.number());
    messages.add(message);
    views.put(
        view.transferId(),
        new KeyTransferView(
            view.transferId(),
            view.setId(),
            view.deviceId(),
            view.deviceName(),
            view.address(),
            view.openedAt(),
            view.expiresAt(),
            messages));
    changed();
  }

  /** Whoever waited looks again, and counts as waiting when nothing was there for them. */
  private void changed() {
    version++;
    waiting = 0;
    notifyAll();
  }

  @Override
  public synchronized void wait(Duration duration) throws InterruptedException {
    long seen = version;
    waiting++;
    while (version == seen) {
      if (waiting >= parties) {
        nanos += duration.toNanos();
        changed();
      } else {
        wait();
      }
    }
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }
}
