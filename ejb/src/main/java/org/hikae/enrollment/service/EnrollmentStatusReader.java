package org.hikae.enrollment.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.ConsentTextStore;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.enrollment.wire.SetView;

/** Where an employee stands, for several use cases; works in their transactions. */
@ApplicationScoped
public class EnrollmentStatusReader {

  /** Most wraps that a set can have, without the chains of generations before its own. */
  public static final int MAX_WRAPS = 20;

  /** Most wraps that a set can have, all of them. */
  public static final int MAX_FILED = 1000;

  @Inject private BackupSetStore sets;
  @Inject private ConsentTextStore texts;
  @Inject private Clock clock;

  public OptInState state(long employeeId) {
    Optional<BackupSet> current = sets.current(employeeId);
    if (current.isPresent()) {
      return current.get().state() == BackupSetState.ACTIVE
          ? OptInState.OPTED_IN
          : OptInState.PENDING;
    }
    return sets.anyOf(employeeId) ? OptInState.WITHDRAWN : OptInState.NOT_OPTED_IN;
  }

  public Optional<SetView> currentSet(long employeeId) {
    return sets.current(employeeId).map(this::view);
  }

  public SetView view(BackupSet set) {
    return EnrollmentViewMapper.of(set, sets.wraps(set.setId(), MAX_FILED));
  }

  public ConsentTranslation text(Locale locale) {
    return textIn(locale.getLanguage().equals("ja") ? "ja" : "en");
  }

  private ConsentTranslation textIn(String language) {
    return texts
        .current(language, clock.instant())
        .orElseThrow(() -> new IllegalStateException("There is no consent text in " + language));
  }
}
