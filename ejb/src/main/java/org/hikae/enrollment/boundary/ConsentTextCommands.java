package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.control.PublicationSchedule;
import org.hikae.enrollment.entity.ConsentDraft;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.entity.ConsentVersion;
import org.hikae.enrollment.service.ConsentTextLog;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.store.ConsentTextStore;
import org.hikae.enrollment.view.ConsentDraftView;
import org.hikae.enrollment.view.ConsentVersionPage;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.view.PublishConsent;
import org.hikae.enrollment.view.PutConsentDraft;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Administrators write and publish what employees agree to. There is one draft; publishing makes it
 * the next version, which nobody can change any more, and leaves the draft empty.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class ConsentTextCommands {

  /** Most versions on a page. */
  public static final int MAX_PAGE = 100;

  private static final String OBJECT = "consent-text:";

  @Inject private ConsentTextStore texts;
  @Inject private ConsentStore consents;
  @Inject private ConsentTextLog textLog;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Published versions, newest first, without their texts.
   *
   * @param beforeVersion versions before this one; null for the newest
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public ConsentVersionPage versions(@Nullable Integer beforeVersion, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    List<ConsentVersionView> page =
        texts.versions(beforeVersion, limit).stream()
            .map(version -> EnrollmentViewMapper.of(version, List.of()))
            .toList();
    boolean last = page.size() < limit || page.getLast().version() == 1;
    return new ConsentVersionPage(page, last ? null : (Integer) page.getLast().version());
  }

  /** A published version with its texts. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public ConsentVersionView version(int version) {
    return view(texts.version(version).orElseThrow(Refusal::notFound));
  }

  private ConsentVersionView view(ConsentVersion version) {
    return EnrollmentViewMapper.of(
        version,
        texts.texts(List.of(version.version())).stream().map(EnrollmentViewMapper::of).toList());
  }

  /** The draft as employees would read it, and how many would be asked to agree anew. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public ConsentDraftView draft() {
    return view(texts.draft());
  }

  private ConsentDraftView view(ConsentDraft draft) {
    int next = texts.newest().version() + 1;
    ConsentDraft.Texts written = draft.texts();
    return new ConsentDraftView(
        draft.revision(),
        next,
        written.titleEn(),
        written.bodyEn(),
        written.titleJa(),
        written.bodyJa(),
        draft.changedAt(),
        draft.changedBySubject(),
        consents.countOlder(next));
  }

  /** Puts other texts into the draft. */
  public ConsentDraftView edit(PutConsentDraft put) {
    ConsentDraft.Texts wanted =
        new ConsentDraft.Texts(
            line("titleEn", put.titleEn()),
            paragraphs("bodyEn", put.bodyEn()),
            line("titleJa", put.titleJa()),
            paragraphs("bodyJa", put.bodyJa()));
    ConsentDraft draft = lockedDraft(put.revision());
    change(draft, wanted);
    ConsentDraftView view = view(draft);
    trail.record("consent.draft", draftObject(), Map.of("revision", revision(draft)));
    return view;
  }

  /** Empties the draft. */
  public void discard(@Nullable Long revision) {
    if (revision == null) {
      throw Refusal.malformed("revision is missing.");
    }
    ConsentDraft draft = lockedDraft(revision);
    change(draft, ConsentDraft.Texts.NONE);
    trail.record("consent.draft-discard", draftObject(), Map.of("revision", revision(draft)));
  }

  /** Publishes the draft as it was read; takes a recent sign-in. */
  public ConsentVersionView publish(PublishConsent publish) {
    Caller caller = currentCaller.recentlySignedIn();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    PublicationSchedule when = PublicationSchedule.of(publish.from(), publish.reconsentBy(), now);
    ConsentDraft draft = lockedDraft(publish.revision());
    ConsentDraft.Texts written = draft.texts();
    requireWritten("titleEn", written.titleEn());
    requireWritten("bodyEn", written.bodyEn());
    requireWritten("titleJa", written.titleJa());
    requireWritten("bodyJa", written.bodyJa());
    ConsentVersion last = texts.newest();
    if (when.from().isBefore(last.effectiveFrom())) {
      // Otherwise the later version would be shown first, and then for ever.
      throw Refusal.malformed("from must not lie before that of version " + last.version() + ".");
    }
    int number = last.version() + 1;
    ConsentVersion version =
        new ConsentVersion(
            number, now, when.from(), when.reconsentBy(), caller.issuer(), caller.subject());
    List<ConsentTranslation> translations =
        List.of(
            new ConsentTranslation(number, "en", written.titleEn(), written.bodyEn()),
            new ConsentTranslation(number, "ja", written.titleJa(), written.bodyJa()));
    texts.publish(version, translations);
    textLog.append(translations);
    change(draft, ConsentDraft.Texts.NONE);
    ConsentVersionView view = view(version);
    Instant due = when.reconsentBy();
    trail.record(
        "consent.publish",
        OBJECT + number,
        Map.of(
            "from", when.from().toString(),
            "reconsentBy", due == null ? PublicationSchedule.NONE : due.toString(),
            "sha256En", hash(written.titleEn(), written.bodyEn()),
            "sha256Ja", hash(written.titleJa(), written.bodyJa())));
    return view;
  }

  private ConsentDraft lockedDraft(long revision) {
    ConsentDraft draft = texts.lockDraft();
    if (draft.revision() != revision) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    return draft;
  }

  private void change(ConsentDraft draft, ConsentDraft.Texts wanted) {
    draft.change(wanted, clock.instant(), currentCaller.caller().subject());
  }

  private static String draftObject() {
    return OBJECT + "draft";
  }

  private static String revision(ConsentDraft draft) {
    return Long.toString(draft.revision());
  }

  private static String line(String field, String text) {
    return EnrollmentRequestFields.prose(field, text, PutConsentDraft.MAX_TITLE, false);
  }

  private static String paragraphs(String field, String text) {
    return EnrollmentRequestFields.prose(field, text, PutConsentDraft.MAX_BODY, true);
  }

  private static void requireWritten(String field, String text) {
    if (text.isBlank()) {
      throw Refusal.malformed(field + " must be written before it is published.");
    }
  }

  private static String hash(String title, String body) {
    return Hash256.sha256((title + "\n\n" + body).getBytes(StandardCharsets.UTF_8)).hex();
  }
}
