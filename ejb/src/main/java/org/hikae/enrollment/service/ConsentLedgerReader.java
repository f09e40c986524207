package org.hikae.enrollment.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.store.ConsentTextStore;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.enrollment.wire.ConsentText;
import org.hikae.identity.view.EmployeeView;

/** Reads ledgers for several use cases; works in their transactions. */
@ApplicationScoped
public class ConsentLedgerReader {

  @Inject private ConsentStore consents;
  @Inject private ConsentTextStore texts;
  @Inject private Clock clock;

  public ConsentLedger of(EmployeeView employee) {
    List<Consent> rows = consents.of(employee.employeeId(), ConsentLedger.MAX_ENTRIES);
    Set<Integer> versions = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (Consent row : rows) {
      versions.add(row.textVersion());
      named.add(row.textVersion() + row.textLanguage());
    }
    List<ConsentText> agreed =
        versions.isEmpty()
            ? List.of()
            : texts.texts(versions).stream()
                .filter(text -> named.contains(text.version() + text.language()))
                .map(EnrollmentViewMapper::of)
                .toList();
    return new ConsentLedger(
        employee.employeeId(),
        employee.issuer(),
        employee.subject(),
        employee.displayName(),
        clock.instant(),
        rows.stream().map(ConsentLedgerReader::entry).toList(),
        rows.size() < ConsentLedger.MAX_ENTRIES,
        agreed);
  }

  private static ConsentLedger.Entry entry(Consent row) {
    return new ConsentLedger.Entry(
        row.consentId(),
        row.action(),
        row.givenAt(),
        row.textVersion(),
        row.textLanguage(),
        row.deviceId(),
        row.clientId());
  }
}
