package org.hikae.enrollment.faces;

import java.io.Serializable;
import org.hikae.enrollment.view.ConsentDraftView;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.view.PutConsentDraft;
import org.hikae.enrollment.wire.ConsentText;
import org.jspecify.annotations.Nullable;

/** The draft of a consent text as it is being written. */
public class ConsentDraftForm implements Serializable {

  private long revision;
  private String titleEn = "";
  private String bodyEn = "";
  private String titleJa = "";
  private String bodyJa = "";

  static ConsentDraftForm of(ConsentDraftView stored) {
    ConsentDraftForm form = new ConsentDraftForm();
    form.revision = stored.revision();
    form.titleEn = stored.titleEn();
    form.bodyEn = stored.bodyEn();
    form.titleJa = stored.titleJa();
    form.bodyJa = stored.bodyJa();
    return form;
  }

  /** Takes what a version says. */
  void fill(ConsentVersionView version) {
    for (ConsentText text : version.texts()) {
      if (text.language().equals("ja")) {
        titleJa = text.title();
        bodyJa = text.body();
      } else {
        titleEn = text.title();
        bodyEn = text.body();
      }
    }
  }

  /** Goes on from this revision. */
  void follow(long later) {
    revision = later;
  }

  /** What is to be stored. */
  PutConsentDraft put() {
    return new PutConsentDraft(revision, titleEn, bodyEn, titleJa, bodyJa);
  }

  /** The revision that was read. */
  public long getRevision() {
    return revision;
  }

  /** Title in English. */
  public String getTitleEn() {
    return titleEn;
  }

  /** Sets the title in English. */
  public void setTitleEn(@Nullable String titleEn) {
    this.titleEn = plain(titleEn);
  }

  /** Paragraphs in English. */
  public String getBodyEn() {
    return bodyEn;
  }

  /** Sets the paragraphs in English. */
  public void setBodyEn(@Nullable String bodyEn) {
    this.bodyEn = plain(bodyEn);
  }

  /** Title in Japanese. */
  public String getTitleJa() {
    return titleJa;
  }

  /** Sets the title in Japanese. */
  public void setTitleJa(@Nullable String titleJa) {
    this.titleJa = plain(titleJa);
  }

  /** Paragraphs in Japanese. */
  public String getBodyJa() {
    return bodyJa;
  }

  /** Sets the paragraphs in Japanese. */
  public void setBodyJa(@Nullable String bodyJa) {
    this.bodyJa = plain(bodyJa);
  }

  /** Browsers end lines with two characters, the texts with one. */
  private static String plain(@Nullable String text) {
    return text == null ? "" : text.replace("\r\n", "\n");
  }
}
