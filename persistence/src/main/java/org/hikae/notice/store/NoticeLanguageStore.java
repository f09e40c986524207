package org.hikae.notice.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hikae.notice.entity.NoticeLanguage;
import org.hikae.schema.store.EntityStore;

/** In which language employees read, as far as they have said. */
@ApplicationScoped
public class NoticeLanguageStore extends EntityStore {

  /** What the employee chose last. */
  public Optional<String> languageOf(long employeeId) {
    return Optional.ofNullable(em().find(NoticeLanguage.class, employeeId))
        .map(NoticeLanguage::language);
  }

  /** Notes what the employee chose. */
  public void remember(long employeeId, String language) {
    em().merge(new NoticeLanguage(employeeId, language));
  }
}
