package org.hikae.enrollment.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hikae.schema.entity.Repository;

/** Consent texts and the append-only ledger of consents. */
@ApplicationScoped
public class Consents extends Repository {

  /** The current text in this language. */
  public Optional<ConsentText> currentText(String language) {
    return only(
        em().createQuery(
                "select t from ConsentText t where t.language = :language and t.version ="
                    + " (select max(c.version) from ConsentText c)",
                ConsentText.class)
            .setParameter("language", language)
            .getResultList());
  }

  /** Appends a decision. */
  public void add(Consent consent) {
    em().persist(consent);
  }

  /** The decisions of an employee, newest first, at most {@code limit}. */
  public List<Consent> of(long employeeId, int limit) {
    return em().createQuery(
            "select c from Consent c where c.employeeId = :employee order by c.consentId desc",
            Consent.class)
        .setParameter("employee", employeeId)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}
