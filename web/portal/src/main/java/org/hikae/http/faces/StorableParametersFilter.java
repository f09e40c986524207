package org.hikae.http.faces;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.problem.control.PlainTextCheck;
import org.jspecify.annotations.Nullable;

/**
 * Texts that come to pages, in addresses and forms, can be asked for and stored. A browser sends no
 * U+0000; where somebody sends one, U+FFFD takes its place, as in HTML itself. Nothing is read
 * before a page asks for it.
 */
@WebFilter("/*")
public class StorableParametersFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final int REPLACEMENT = 0xfffd;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new Storable(request), response);
  }

  static String storable(String text) {
    if (PlainTextCheck.isStorable(text)) {
      return text;
    }
    return text.codePoints()
        .map(c -> PlainTextCheck.isStorable(Character.toString(c)) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static final class Storable extends HttpServletRequestWrapper {

    Storable(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getParameter(String name) {
      String value = super.getParameter(name);
      return value == null ? null : storable(value);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      String[] values = super.getParameterValues(name);
      return values == null ? null : allStorable(values);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      Map<String, String[]> all = new LinkedHashMap<>();
      super.getParameterMap().forEach((name, values) -> all.put(name, allStorable(values)));
      return all;
    }

    private static String[] allStorable(String[] values) {
      String[] all = new String[values.length];
      for (int i = 0; i < values.length; i++) {
        all[i] = storable(values[i]);
      }
      return all;
    }
  }
}
