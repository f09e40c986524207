package org.hikae.enrollment.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hikae.enrollment.entity.ConsentDraft;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.entity.ConsentVersion;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Published versions of the consent text, and the draft of the next one. */
@ApplicationScoped
public class ConsentTextStore extends EntityStore {

  /** For the container. */
  public ConsentTextStore() {}

  /** For tests without a container. */
  public ConsentTextStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** The draft. */
  public ConsentDraft draft() {
    return em().find(ConsentDraft.class, ConsentDraft.ONLY);
  }

  /** The draft, held until the transaction ends: nobody else changes or publishes meanwhile. */
  public ConsentDraft lockDraft() {
    ConsentDraft draft =
        em().find(ConsentDraft.class, ConsentDraft.ONLY, LockModeType.PESSIMISTIC_WRITE);
    em().refresh(draft);
    return draft;
  }

  /** Publishes a version in these texts; the draft is held. */
  public void publish(ConsentVersion version, List<ConsentTranslation> texts) {
    em().persist(version);
    em().flush();
    texts.forEach(em()::persist);
  }

  /** The newest version, whether it is shown already or not. */
  public ConsentVersion newest() {
    return versions(null, 1).getFirst();
  }

  /** Versions before {@code before}, newest first. */
  public List<ConsentVersion> versions(@Nullable Integer before, int limit) {
    return em().createQuery(
            "select v from ConsentVersion v where v.version < :before order by v.version desc",
            ConsentVersion.class)
        .setParameter("before", before == null ? Integer.MAX_VALUE : before)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }

  /** A version. */
  public Optional<ConsentVersion> version(int version) {
    return Optional.ofNullable(em().find(ConsentVersion.class, version));
  }

  /** The text that is shown now in this language. */
  public Optional<ConsentTranslation> current(String language, Instant now) {
    return only(
        em().createQuery(
                "select t from ConsentText t where t.language = :language and t.version ="
                    + " (select max(v.version) from ConsentVersion v where v.effectiveFrom <= :now)",
                ConsentTranslation.class)
            .setParameter("language", language)
            .setParameter("now", now)
            .getResultList());
  }

  /** The texts of these versions in all languages, at most {@link #MAX_PAGE}. */
  public List<ConsentTranslation> texts(Collection<Integer> versions) {
    return em().createQuery(
            "select t from ConsentText t where t.version in :versions"
                + " order by t.version desc, t.language",
            ConsentTranslation.class)
        .setParameter("versions", versions)
        .setMaxResults(MAX_PAGE)
        .getResultList();
  }

  /** The latest version to which everybody who takes part must have agreed by now. */
  public Optional<Integer> overdue(Instant now) {
    return Optional.ofNullable(
        em().createQuery(
                "select max(v.version) from ConsentVersion v where v.effectiveFrom <= :now"
                    + " and v.reconsentBy <= :now",
                Integer.class)
            .setParameter("now", now)
            .getSingleResult());
  }
}
