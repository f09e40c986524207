package org.hikae.http.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses a path whose escapes are no UTF-8 (RFC 3986, section 2.5), 400. RESTEasy would refuse it,
 * too, and write a stack trace for each.
 */
public class PathEncodingFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final int HEX = 16;
  private static final int ESCAPE_CHARS = 3;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (readable(request.getRequestURI())) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  /** Whether every escape is whole, and all of them together are UTF-8. */
  static boolean readable(String path) {
    ByteBuffer bytes = ByteBuffer.allocate(path.length());
    int at = 0;
    while (at < path.length()) {
      if (path.charAt(at) == '%') {
        if (at + ESCAPE_CHARS > path.length()
            || Character.digit(path.charAt(at + 1), HEX) < 0
            || Character.digit(path.charAt(at + 2), HEX) < 0) {
          return false;
        }
        bytes.put((byte) Integer.parseInt(path, at + 1, at + ESCAPE_CHARS, HEX));
        at += ESCAPE_CHARS;
      } else {
        // What is not escaped only keeps escapes apart here.
        bytes.put((byte) 'a');
        at++;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
