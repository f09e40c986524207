package org.hikae.enrollment.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.hikae.enrollment.control.ChangeConsentParagraph;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.store.ConsentTextStore;

/**
 * Whether an employee agreed that their devices tell how backups differ (spec HK1-L-07). It follows
 * from the text that they agreed to last, in the language that they read, and is stored nowhere.
 */
@ApplicationScoped
public class ChangeConsent {

  @Inject private BackupSetStore sets;
  @Inject private ConsentStore consents;
  @Inject private ConsentTextStore texts;

  /** The version that they agreed to, if it names it and they take part. */
  public Optional<Integer> version(long employeeId) {
    if (sets.current(employeeId).isEmpty()) {
      return Optional.empty();
    }
    return consents.lastAgreement(employeeId).filter(this::isNamedIn).map(Consent::textVersion);
  }

  private boolean isNamedIn(Consent agreed) {
    return texts.texts(List.of(agreed.textVersion())).stream()
        .filter(text -> text.language().equals(agreed.textLanguage()))
        .anyMatch(text -> ChangeConsentParagraph.standsIn(text.body(), text.language()));
  }
}
