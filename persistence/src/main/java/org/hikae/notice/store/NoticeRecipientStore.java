package org.hikae.notice.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.schema.store.EntityStore;

/** Who hears what. */
@ApplicationScoped
public class NoticeRecipientStore extends EntityStore {

  /** Most recipients. */
  public static final int MAX = 100;

  /** For the container. */
  public NoticeRecipientStore() {}

  /** For tests without a container. */
  public NoticeRecipientStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** All, in the order they were made. */
  public List<NoticeRecipient> all() {
    return em().createQuery(
            "select r from NoticeRecipient r order by r.recipientId", NoticeRecipient.class)
        .setMaxResults(MAX)
        .getResultList();
  }

  /** How many there are. */
  public long count() {
    return em().createQuery("select count(r) from NoticeRecipient r", Long.class).getSingleResult();
  }

  /** Whether another than this one has the name; 0 for none. */
  public boolean isNamed(String name, long except) {
    return em().createQuery(
                "select count(r) from NoticeRecipient r"
                    + " where r.name = :name and r.recipientId <> :except",
                Long.class)
            .setParameter("name", name)
            .setParameter("except", except)
            .getSingleResult()
        > 0;
  }

  /** The recipient, held until the transaction ends. */
  public Optional<NoticeRecipient> lock(long recipientId) {
    return Optional.ofNullable(
        em().find(NoticeRecipient.class, recipientId, LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * Keeps a new one, or what one was told that is kept. False when somebody else gave another its
   * name at that moment, and then the transaction can only be rolled back.
   */
  public boolean keep(NoticeRecipient recipient) {
    return written(() -> em().persist(recipient));
  }

  /** Removes it. */
  public void remove(NoticeRecipient recipient) {
    em().remove(recipient);
  }
}
