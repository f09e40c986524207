package org.hikae.backup.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.TransactionParticipant;
import org.junit.jupiter.api.Test;

/** What a file does with a transaction reaches it by JTA's callbacks. */
class JtaTransactionParticipantsTest {

  private final List<Synchronization> registered = new ArrayList<>();
  private boolean running = true;

  /** JTA's registry, as far as it is asked. */
  private TransactionSynchronizationRegistry registry() {
    return (TransactionSynchronizationRegistry)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TransactionSynchronizationRegistry.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("registerInterposedSynchronization");
              if (!running) {
                throw new IllegalStateException("no transaction");
              }
              registered.add((Synchronization) arguments[0]);
              return null;
            });
  }

  /** Notes what it is told. */
  private static final class RecordingParticipant implements TransactionParticipant {

    private final List<String> told = new ArrayList<>();
    private final boolean failing;

    RecordingParticipant(boolean failing) {
      this.failing = failing;
    }

    @Override
    public void beforeCommit() throws IOException {
      told.add("before");
      if (failing) {
        throw new IOException("Input/output error");
      }
    }

    @Override
    public void afterEnd() {
      told.add("after");
    }
  }

  @Test
  void a_participant_is_told_before_the_commit_and_after_either_end() {
    RecordingParticipant participant = new RecordingParticipant(false);
    new JtaTransactionParticipants(registry()).add(participant);
    assertThat(participant.told).isEmpty();
    registered.getFirst().beforeCompletion();
    assertThat(participant.told).containsExactly("before");
    registered.getFirst().afterCompletion(Status.STATUS_ROLLEDBACK);
    assertThat(participant.told).containsExactly("before", "after");
  }

  @Test
  void what_fails_before_the_commit_fails_it_with_its_cause() {
    new JtaTransactionParticipants(registry()).add(new RecordingParticipant(true));
    assertThatThrownBy(registered.getFirst()::beforeCompletion)
        .isInstanceOf(CiphertextStoreException.class)
        .hasRootCauseMessage("Input/output error");
  }

  @Test
  void nobody_takes_part_without_a_transaction() {
    running = false;
    JtaTransactionParticipants participants = new JtaTransactionParticipants(registry());
    assertThatIllegalStateException()
        .isThrownBy(() -> participants.add(new RecordingParticipant(false)));
  }
}
