package org.hikae.notice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** In which language an employee reads. */
@Entity(name = "NoticeReader")
@Table(name = "notice_reader")
public class NoticeLanguage {

  @Id
  @Column(name = "employee_id")
  private Long employeeId;

  @Column(name = "language")
  private String language;

  /** For the persistence provider. */
  protected NoticeLanguage() {}

  /** An employee who reads {@code en} or {@code ja}. */
  public NoticeLanguage(long employeeId, String language) {
    this.employeeId = employeeId;
    this.language = language;
  }

  /** {@code en} or {@code ja}. */
  public String language() {
    return language;
  }
}
