package org.hikae.ui.faces;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Answers a request of a page with a file that is written while it is sent. */
public final class FileDownload {

  /** Media type of a workbook (Office Open XML). */
  public static final String WORKBOOK =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private FileDownload() {}

  /** What writes the file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Sends the file; an exception of the writer leaves it without its end.
   *
   * @param name of the file, without anything that needs quoting
   * @param type media type, with the character set where it is text
   */
  public static void send(String name, String type, Writer writer) {
    send(name, type, -1, writer);
  }

  /**
   * Sends a file of a known length, so that the browser knows how much is still to come, and that
   * one without its end is not whole.
   *
   * @param name of the file, without anything that needs quoting
   * @param type media type, with the character set where it is text
   * @param length bytes that the writer writes; negative when nobody knows
   */
  public static void send(String name, String type, long length, Writer writer) {
    FacesContext faces = FacesContext.getCurrentInstance();
    ExternalContext external = faces.getExternalContext();
    external.setResponseContentType(type);
    external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    if (length >= 0) {
      external.setResponseHeader("Content-Length", Long.toString(length));
    }
    try {
      writer.writeTo(external.getResponseOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    faces.responseComplete();
  }
}
