package org.hikae.admin.check;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.WebClient;

/** Whether the portal can use its bucket, by its own word: it tries it twice a minute. */
public final class BucketCheck implements InstallationCheck {

  private final WebClient web;
  private final URI portal;
  private final String bucket;

  /**
   * Asks the portal at this address, which has no slash at its end.
   *
   * @param bucket empty when ciphertext lies in none
   */
  public BucketCheck(WebClient web, URI portal, String bucket) {
    this.web = web;
    this.portal = portal;
    this.bucket = bucket;
  }

  @Override
  public String name() {
    return "bucket";
  }

  @Override
  public List<DoctorFinding> look() {
    if (bucket.isEmpty()) {
      return List.of(DoctorFinding.of(FindingCode.BUCKET_NONE));
    }
    try {
      WebClient.WebReply reply = web.get(URI.create(portal + "/api/health/ready"), "");
      String storage = ResponseJson.object(reply.text()).path("storage").asText();
      return List.of(
          switch (storage) {
            case "" -> unknown("status " + reply.status());
            case "UP" -> DoctorFinding.of(FindingCode.BUCKET_OK, bucket);
            default -> DoctorFinding.of(FindingCode.BUCKET_FAULT, bucket, storage);
          });
    } catch (IOException e) {
      return List.of(unknown(ExceptionText.of(e)));
    }
  }

  private DoctorFinding unknown(String why) {
    return DoctorFinding.of(FindingCode.BUCKET_UNKNOWN, bucket, why);
  }
}
