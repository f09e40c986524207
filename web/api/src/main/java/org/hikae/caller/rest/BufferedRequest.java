package org.hikae.caller.rest;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** A request whose body was read to its end, and can be read again. */
final class BufferedRequest extends HttpServletRequestWrapper {

  private final byte[] body;

  /** Reads the body; refused when it has more than {@code maxBytes}, or does not come whole. */
  BufferedRequest(HttpServletRequest request, int maxBytes) {
    super(request);
    body = read(request, maxBytes + 1);
    if (body.length > maxBytes) {
      throw Refusal.tooLarge(maxBytes);
    }
  }

  private static byte[] read(HttpServletRequest request, int most) {
    try {
      return request.getInputStream().readNBytes(most);
    } catch (IOException e) {
      throw Refusal.of(ProblemCode.TRUNCATED);
    }
  }

  byte[] body() {
    return body;
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Bytes(new ByteArrayInputStream(body));
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  private static final class Bytes extends ServletInputStream {

    private final ByteArrayInputStream in;

    Bytes(ByteArrayInputStream in) {
      this.in = in;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return in.read(buffer, offset, length);
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("This request is read without waiting");
    }
  }
}
