package org.hikae.enrollment.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.hikae.enrollment.boundary.ConsentTextCommands;
import org.hikae.enrollment.view.ConsentDraftView;
import org.hikae.enrollment.view.ConsentVersionPage;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.view.PublishConsent;
import org.hikae.enrollment.view.PutConsentDraft;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** What employees agree to: its versions, the next one being written, and publishing it. */
@Named
@ViewScoped
public class ConsentTextsPage implements Serializable {

  private static final String BUNDLE = "con";
  private static final int PAGE = 20;

  /** What employees are given to agree anew unless somebody says otherwise. */
  private static final int USUAL_DAYS = 30;

  @Inject private ConsentTextCommands commands;
  @Inject private Banner banner;
  @Inject private Clock clock;

  private List<ConsentVersionView> versions = new ArrayList<>();
  private @Nullable Integer next;
  private @Nullable ConsentDraftView stored;
  private @Nullable ConsentVersionView shown;
  private ConsentDraftForm draft = new ConsentDraftForm();
  private boolean conflict;
  private @Nullable String from;
  private boolean renewal;
  private int renewalDays = USUAL_DAYS;

  /** Reads versions and draft. */
  public void load() {
    versions = new ArrayList<>();
    append(null);
    conflict = false;
    ConsentDraftView read = commands.draft();
    stored = read;
    draft = ConsentDraftForm.of(read);
  }

  private void append(@Nullable Integer before) {
    ConsentVersionPage page = commands.versions(before, new PageRequest(PAGE));
    versions.addAll(page.versions());
    next = page.next();
  }

  /** Adds older versions. */
  public void older() {
    append(next);
  }

  /** Shows a version, and what it changed. */
  public void show(int version) {
    shown = commands.version(version);
  }

  /** What the shown version says in a language, compared with the one before. */
  public List<TextDiff.Line> changes(String language) {
    ConsentVersionView later = shown;
    if (later == null) {
      return List.of();
    }
    String before =
        later.version() == 1 ? "" : TextDiff.text(commands.version(later.version() - 1), language);
    return TextDiff.between(before, TextDiff.text(later, language));
  }

  /** What the stored draft says in a language, compared with the newest version. */
  public List<TextDiff.Line> draftChanges(String language) {
    ConsentDraftView written = stored;
    if (written == null || written.revision() == 0 || versions.isEmpty()) {
      return List.of();
    }
    String newest = TextDiff.text(commands.version(versions.getFirst().version()), language);
    return TextDiff.between(newest, TextDiff.text(written, language));
  }

  /** Begins the draft with what the newest version says. */
  public void copyNewest() {
    draft.fill(commands.version(versions.getFirst().version()));
  }

  /** Stores the draft. */
  public void save() {
    PutConsentDraft put = draft.put();
    try {
      commands.edit(put);
      banner.say(BUNDLE, "done.save");
      load();
    } catch (Refusal refusal) {
      faster(refusal);
    }
  }

  private void faster(Refusal refusal) {
    if (refusal.code() == ProblemCode.CONFLICT) {
      conflict = true;
      stored = commands.draft();
    } else {
      banner.show(refusal);
    }
  }

  /** Goes on with one's own draft, over what is stored now. */
  public void keepMine() {
    ConsentDraftView now = stored;
    if (now != null) {
      draft.follow(now.revision());
    }
    conflict = false;
  }

  /** Empties the draft. */
  public void discard() {
    if (banner.attempt(() -> commands.discard(draft.getRevision()), BUNDLE, "done.discard")) {
      load();
    }
  }

  /** Publishes the stored draft. */
  public void publish() {
    @Nullable Instant begins;
    try {
      begins = from == null ? null : LocalDate.parse(from).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      banner.warn(BUNDLE, "from.wrong");
      return;
    }
    Instant counted = begins == null ? clock.instant() : begins;
    String due = renewal ? counted.plus(renewalDays, ChronoUnit.DAYS).toString() : "none";
    PublishConsent publish = new PublishConsent(draft.getRevision(), begins, due);
    try {
      commands.publish(publish);
      banner.say(BUNDLE, "done.publish");
      load();
    } catch (Refusal refusal) {
      faster(refusal);
    }
  }

  /** Versions read so far, newest first. */
  public List<ConsentVersionView> getVersions() {
    return versions;
  }

  /** Whether there are older ones. */
  public boolean isMore() {
    return next != null;
  }

  /** The draft as it is stored. */
  public @Nullable ConsentDraftView getStored() {
    return stored;
  }

  /** The draft as it is being written. */
  public ConsentDraftForm getDraft() {
    return draft;
  }

  /** Whether all that is published is stored in the draft. */
  public boolean isPublishable() {
    ConsentDraftView written = stored;
    return written != null && !conflict && TextDiff.whole(written);
  }

  /** Whether somebody else stored another draft meanwhile. */
  public boolean isConflict() {
    return conflict;
  }

  /** The version that is shown; null before one was chosen. */
  public @Nullable ConsentVersionView getShown() {
    return shown;
  }

  /** Day in UTC from which on it is shown, as browsers write it; null for at once. */
  public @Nullable String getFrom() {
    return from;
  }

  /** Sets the day from which on it is shown. */
  public void setFrom(@Nullable String from) {
    this.from = from;
  }

  /** Whether earlier consents have to be renewed. */
  public boolean isRenewal() {
    return renewal;
  }

  /** Says whether earlier consents have to be renewed. */
  public void setRenewal(boolean renewal) {
    this.renewal = renewal;
  }

  /** Days within which they have to be. */
  public int getRenewalDays() {
    return renewalDays;
  }

  /** Sets the days within which they have to be. */
  public void setRenewalDays(int renewalDays) {
    this.renewalDays = renewalDays;
  }
}
