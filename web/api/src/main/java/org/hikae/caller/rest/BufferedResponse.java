package org.hikae.caller.rest;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.caller.service.RecordedAnswer;

/** An answer that is held back until what it says has been committed. */
final class BufferedResponse extends HttpServletResponseWrapper {

  /** What is kept of an answer besides status and body; the rest is made anew. */
  private static final List<String> KEPT = List.of("Content-Type", "ETag", "Location");

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final PrintWriter writer =
      new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));

  BufferedResponse(HttpServletResponse response) {
    super(response);
  }

  /** What would be sent. */
  RecordedAnswer answer() {
    writer.flush();
    Map<String, String> headers =
        KEPT.stream()
            .filter(name -> value(name) != null)
            .collect(Collectors.toMap(Function.identity(), n -> Objects.toString(value(n))));
    return new RecordedAnswer(getStatus(), headers, body.toString(StandardCharsets.UTF_8));
  }

  private @org.jspecify.annotations.Nullable String value(String name) {
    return name.equals("Content-Type") ? getContentType() : getHeader(name);
  }

  /** Sends it. */
  void send() throws IOException {
    writer.flush();
    if (body.size() > 0) {
      getResponse().setContentLength(body.size());
      body.writeTo(getResponse().getOutputStream());
    }
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new Bytes(body);
  }

  @Override
  public PrintWriter getWriter() {
    return writer;
  }

  @Override
  public void flushBuffer() {
    writer.flush();
  }

  @Override
  public void resetBuffer() {
    body.reset();
  }

  @Override
  public void reset() {
    super.reset();
    body.reset();
  }

  private static final class Bytes extends ServletOutputStream {

    private final ByteArrayOutputStream out;

    Bytes(ByteArrayOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) {
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      out.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("This answer is written without waiting");
    }
  }
}
