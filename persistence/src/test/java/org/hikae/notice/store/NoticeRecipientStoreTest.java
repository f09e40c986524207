package org.hikae.notice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.PausedCommit;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A name is one recipient's, on both databases, although nothing is locked to give it away. */
class NoticeRecipientStoreTest extends OnBothDatabases {

  /** Ends a transaction as a refusal does. */
  private static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void of_two_who_make_a_recipient_at_once_the_second_is_told(TestDatabase database)
      throws Exception {
    requireToldWhileAnotherTakes(database, "new", new NoticeRecipient());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void who_renames_a_recipient_while_another_takes_the_name_is_told(TestDatabase database)
      throws Exception {
    NoticeRecipient kept = new NoticeRecipient();
    assertThat(database.<Boolean>inTransaction(em -> keep(em, kept, "before"))).isTrue();
    requireToldWhileAnotherTakes(database, "after", kept);
    NoticeRecipient same =
        database.inTransaction(em -> em.find(NoticeRecipient.class, kept.recipientId()));
    assertThat(same.name()).isEqualTo("before");
  }

  private static void requireToldWhileAnotherTakes(
      TestDatabase database, String name, NoticeRecipient second) throws Exception {
    PausedCommit commit = new PausedCommit();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Boolean> first =
          pool.submit(
              () ->
                  database.inTransaction(
                      em -> {
                        boolean kept = keep(em, new NoticeRecipient(), name);
                        commit.stopAtCommit(em);
                        return kept;
                      }));
      commit.awaitStop();
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      em -> {
                        assertThat(new NoticeRecipientStore(em).isNamed(name, 0)).isFalse();
                        commit.release();
                        assertThat(keep(em, second, name)).as("the name was free").isFalse();
                        throw new Refused();
                      }))
          .isInstanceOf(Refused.class);
      assertThat(first.get()).isTrue();
    } finally {
      commit.release();
    }
  }

  private static boolean keep(EntityManager em, NoticeRecipient recipient, String name) {
    NoticeRecipient described =
        em.contains(recipient) || isNew(recipient)
            ? recipient
            : em.find(NoticeRecipient.class, recipient.recipientId());
    described.describe(
        name,
        new RecipientInterest(RecipientAudience.EMPLOYEE, null),
        new RecipientDestination(NoticeChannel.MAIL, List.of(), "en"),
        List.of(),
        new RecipientSchedule(ZoneOffset.UTC, null, null, null, null));
    return new NoticeRecipientStore(em).keep(described);
  }

  private static boolean isNew(NoticeRecipient recipient) {
    return recipient.edition() == 0;
  }
}
