package org.hikae.enrollment.distribution.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.enrollment.distribution.service.AgentPackageProvider;
import org.hikae.enrollment.distribution.service.UpdateLog;
import org.hikae.enrollment.distribution.view.UpdateFileView;
import org.hikae.enrollment.update.wire.UpdateMetadataKind;
import org.hikae.problem.control.Refusal;

/**
 * Gives anyone the signed files of updates and the packages that they name. The portal checks no
 * signature of them: devices do, and believe nothing that it says. What says which keys and
 * packages count is in the transparency log before it is given to anybody (HK1-U-07).
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UpdateQueries {

  @Inject private AgentPackageProvider provider;
  @Inject private UpdateLog updateLog;

  /** A signed file by its name; refused as not found when there is none. */
  public byte[] file(String name) {
    UpdateFileView file = provider.updateFile(name).orElseThrow(Refusal::notFound);
    // A timestamp says what is new today, and nothing that the list does not.
    if (file.kind() != UpdateMetadataKind.TIMESTAMP) {
      updateLog.append(file.text());
    }
    return file.bytes();
  }

  /**
   * A part of a package that is offered; refused as not found when there is none.
   *
   * @param number from 0, in digits
   */
  public byte[] part(String fileName, String number) {
    if (!number.matches("0|[1-9][0-9]{0,3}")) {
      throw Refusal.notFound();
    }
    return provider.part(fileName, Integer.parseInt(number)).orElseThrow(Refusal::notFound);
  }
}
