package org.hikae.backup.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.hikae.backup.restic.boundary.ResticUploads;
import org.hikae.backup.view.ObjectDownload;
import org.jspecify.annotations.Nullable;

/** Bodies in the form that restic sends and accepts. */
final class ResticBodies {

  private ResticBodies() {}

  /** A body that comes; a length that cannot be read is none, which the boundary refuses. */
  static ResticUploads.IncomingBody sent(@Nullable String length, InputStream body) {
    long stated = length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    return new ResticUploads.IncomingBody(stated, body);
  }

  /** To HEAD. */
  static Response length(long bytes) {
    return Response.ok()
        .type(MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_LENGTH, bytes)
        .header("Accept-Ranges", "bytes")
        .build();
  }

  /** To GET, whole or the part that was asked for. */
  static Response bytes(ObjectDownload download) {
    StreamingOutput body = download.body()::writeTo;
    Response.ResponseBuilder answer =
        Response.status(download.partial() ? Response.Status.PARTIAL_CONTENT : Response.Status.OK)
            .entity(body)
            .type(MediaType.APPLICATION_OCTET_STREAM)
            .header(HttpHeaders.CONTENT_LENGTH, download.length())
            .header("Accept-Ranges", "bytes");
    if (download.partial()) {
      long last = download.offset() + download.length() - 1;
      answer.header(
          "Content-Range", "bytes " + download.offset() + "-" + last + "/" + download.size());
    }
    return answer.build();
  }
}
