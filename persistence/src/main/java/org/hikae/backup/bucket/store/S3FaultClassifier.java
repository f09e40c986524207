package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a refusal or a failure of a server that speaks S3 is: codes of AWS, Ceph and MinIO. */
final class S3FaultClassifier {

  /** How many exceptions behind one failure are looked at. */
  private static final int MAX_CAUSES = 20;

  private static final int UNAVAILABLE = 503;
  private static final int TOO_MANY = 429;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final int MOVED = 301;

  private static final Set<String> CREDENTIALS =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidToken",
          "ExpiredToken",
          "InvalidSecurity",
          "NotSignedUp",
          "MissingSecurityHeader");

  private static final Set<String> CLOCK = Set.of("RequestTimeTooSkewed", "RequestExpired");

  private static final Set<String> BUSY =
      Set.of("SlowDown", "Busy", "ServiceUnavailable", "RequestLimitExceeded", "TooManyRequests");

  private static final Set<String> FULL =
      Set.of(
          "QuotaExceeded",
          "InsufficientStorage",
          "XMinioStorageFull",
          "XMinioAdminBucketQuotaExceeded",
          "EntityQuotaExceeded");

  /** Also a server of another region, which knows where the bucket is. */
  private static final Set<String> NOT_THERE =
      Set.of(
          "NoSuchBucket",
          "InvalidBucketName",
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed");

  private static final Set<String> ACCESS =
      Set.of("AccessDenied", "AllAccessDisabled", "AccountProblem", "MethodNotAllowed");

  private S3FaultClassifier() {}

  /** The failure by its name; no text of the server, which may repeat what it was sent. */
  static VolumeException classified(String act, SdkException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof VolumeException known) {
        return known;
      }
    }
    VolumeFault fault =
        failure instanceof AwsServiceException answer
            ? ofAnswer(code(answer), answer.statusCode())
            : ofConnection(failure);
    String told =
        failure instanceof AwsServiceException answer
            ? answer.statusCode() + " " + code(answer) + ", request " + answer.requestId()
            : "no answer";
    // What says so to all who only read messages: StorageFailureClassifier.
    String full = fault == VolumeFault.FULL ? " No space left on device." : "";
    return new VolumeException(fault, act + ": " + fault + " (" + told + ")." + full, failure);
  }

  /** What it is that an answer was cut off. */
  static VolumeException cutOff(IOException failure) {
    VolumeFault fault = ofConnection(failure);
    return new VolumeException(
        fault, "Reading an object: " + fault + " (the answer was cut off).", failure);
  }

  /** The code of an answer; empty when it has none, such as that to a HEAD. */
  static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    @Nullable String code = details == null ? null : details.errorCode();
    return code == null ? "" : code;
  }

  private static VolumeFault ofAnswer(String code, int status) {
    if (CREDENTIALS.contains(code) || status == UNAUTHORIZED) {
      return VolumeFault.CREDENTIALS;
    }
    if (CLOCK.contains(code)) {
      return VolumeFault.CLOCK;
    }
    if (FULL.contains(code) || status == INSUFFICIENT_STORAGE) {
      return VolumeFault.FULL;
    }
    if (NOT_THERE.contains(code) || status == MOVED) {
      return VolumeFault.NOT_THERE;
    }
    if (BUSY.contains(code) || status == UNAVAILABLE || status == TOO_MANY) {
      return VolumeFault.BUSY;
    }
    return ACCESS.contains(code) || status == FORBIDDEN ? VolumeFault.ACCESS : VolumeFault.FAILING;
  }

  private static VolumeFault ofConnection(Throwable failure) {
    @Nullable Throwable each = failure;
    for (int looked = 0; each != null && looked < MAX_CAUSES; looked++) {
      switch (each) {
        case SSLException _ -> {
          return VolumeFault.UNTRUSTED;
        }
        case UnknownHostException _,
            ConnectException _,
            NoRouteToHostException _,
            SocketTimeoutException _,
            ApiCallTimeoutException _,
            ApiCallAttemptTimeoutException _ -> {
          return VolumeFault.UNREACHABLE;
        }
        default -> each = each.getCause();
      }
    }
    return VolumeFault.FAILING;
  }
}
