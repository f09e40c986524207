package org.hikae.notice.service;

import java.util.List;
import org.hikae.notice.control.MailFile;
import org.hikae.notice.control.OutgoingMessage;

/**
 * Gives the files that go with a notice by mail. They are made when the mail goes out, at each
 * attempt anew. A capability that has such files is a bean of this kind.
 */
public interface MailFileProvider {

  /**
   * The files of a notice; none when it is of a kind that has none.
   *
   * @param language {@code en} or {@code ja}
   */
  List<MailFile> files(OutgoingMessage.Content content, String language);
}
