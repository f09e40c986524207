package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.entity.ConsentVersion;
import org.hikae.enrollment.store.ConsentTextStore;
import org.hikae.transparency.service.TransparencyLog;
import org.hikae.transparency.wire.LogEntry;

/** Enters published consent texts into the transparency log. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ConsentTextLog {

  /** Each has two languages, and a query gives so many texts at most. */
  private static final int MAX_VERSIONS = ConsentTextStore.MAX_PAGE / 2;

  @Inject private ConsentTextStore texts;
  @Inject private TransparencyLog log;

  /** Enters texts that are being published. */
  public void append(List<ConsentTranslation> published) {
    append(entries(published).stream());
  }

  /** Enters what was published before there was a log: the newest {@link #MAX_VERSIONS}. */
  public void appendMissing() {
    log.checkKey();
    List<Integer> versions =
        texts.versions(null, MAX_VERSIONS).stream().map(ConsentVersion::version).toList();
    append(log.missing(entries(texts.texts(versions))).stream());
  }

  private void append(Stream<LogEntry> entries) {
    entries.forEach(
        entry -> {
          var _ = log.append(entry);
        });
  }

  /** In the order in which they enter. */
  private static List<LogEntry> entries(List<ConsentTranslation> published) {
    return published.stream()
        .sorted(
            Comparator.comparingInt(ConsentTranslation::version)
                .thenComparing(ConsentTranslation::language))
        .map(text -> LogEntry.ofConsent(text.version(), text.language(), text.title(), text.body()))
        .toList();
  }
}
