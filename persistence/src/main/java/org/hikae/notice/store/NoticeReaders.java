package org.hikae.notice.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hikae.notice.entity.NoticeReader;
import org.hikae.schema.store.Repository;

/** In which language employees read, as far as they have said. */
@ApplicationScoped
public class NoticeReaders extends Repository {

  /** What the employee chose last. */
  public Optional<String> languageOf(long employeeId) {
    return Optional.ofNullable(em().find(NoticeReader.class, employeeId))
        .map(NoticeReader::language);
  }

  /** Notes what the employee chose. */
  public void remember(long employeeId, String language) {
    em().merge(new NoticeReader(employeeId, language));
  }
}
