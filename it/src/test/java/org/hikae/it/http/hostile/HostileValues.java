package org.hikae.it.http.hostile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values that nobody expects. */
final class HostileValues {

  private static final String HEX = "0123456789abcdef0123456789abcdef";

  private HostileValues() {}

  /** Texts, wherever one may stand. */
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "abc",
          "null",
          "true",
          "\u0000",
          "a\u0000b",
          "\u0001".repeat(255),
          "\u001b[2J\r\nX-Header: 1",
          "\u6f22".repeat(255),
          "\"\\".repeat(127),
          "a".repeat(5000),
          "\ud83d\ude00".repeat(127),
          "\u202e\u2066abc",
          "\ufffe\uffff",
          "<!--<script>",
          "=1+1",
          "\uff1d1+1",
          "'; drop table employee; --",
          "%",
          "_%\\",
          "../../../etc/passwd",
          "a;b=c",
          "-1",
          "0",
          "+1",
          "1e9",
          "NaN",
          "\uff11\uff12",
          "\u0663",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999",
          "-9223372036854775808",
          "0000-01-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "-4713-01-01T00:00:00Z",
          "+294277-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "-1000000000-01-01T00:00:00Z",
          "9999999999999999.1",
          "99999999999999999." + HEX,
          cursor("NAME+1:\u0000"),
          cursor("LAST_BACKUP+1:9223372036854775807"),
          cursor("LAST_BACKUP+1:-9223372036854775808"),
          cursor("STORED_BYTES+\uff11:\uff11"),
          HEX,
          HEX + HEX,
          HEX.replace('0', '\uff10'),
          HEX.toUpperCase(java.util.Locale.ROOT),
          "/" + "a/".repeat(120) + "a",
          "group/\u0000",
          "employee/\uff11",
          "bytes=0-99999999999999999999");

  /** What no encoder makes, for addresses. */
  static final List<String> ENCODED = List.of("%ff", "%c0%80", "%ed%a0%80", "%00", "%e2%80%ae");

  /** Headers that any operation may be sent. */
  static final List<Map.Entry<String, String>> HEADERS =
      List.of(
          Map.entry("Accept", "text/html;q=zz"),
          Map.entry("Accept", "/"),
          Map.entry("Accept", "a/b;c"),
          Map.entry("Accept", "application/json;q=\u00e9"),
          Map.entry("Accept-Language", "en;q=zz"),
          Map.entry("Accept-Language", "zh-Hant-TW,a-b-c-d;q=9"),
          Map.entry("Accept-Language", "-;;;="),
          Map.entry("Content-Encoding", "gzip"),
          Map.entry("Content-Language", "-;;"),
          Map.entry("Cookie", "JSESSIONID=\u00e9; $Version=x; a"),
          Map.entry("X-Request-Id", "x".repeat(5000)),
          Map.entry("Range", "bytes=99999999999999999999-"),
          Map.entry("If-Match", "\"99999999999999999999\""),
          Map.entry("If-Modified-Since", "never"),
          Map.entry("X-HTTP-Method-Override", "TRACE"),
          Map.entry("Authorization", "Basic " + cursor("\u0000:\u0000")),
          Map.entry("Authorization", "Basic %%%"),
          Map.entry("Authorization", "Bearer e30.e30.e30"));

  /** Whatever may stand in JSON in place of something else. */
  static List<@Nullable Object> json() {
    List<@Nullable Object> all = new ArrayList<>(TEXTS);
    all.add("\ud800");
    all.add("a\udc00");
    all.add(null);
    all.add(true);
    all.add(0);
    all.add(-1);
    all.add(1.5);
    all.add(Long.MAX_VALUE);
    all.add(Long.MIN_VALUE);
    all.add(BigInteger.TEN.pow(40));
    all.add(BigInteger.TEN.pow(990));
    all.add(new BigDecimal("1e999999999"));
    all.add(new BigDecimal("-1e-999999999"));
    all.add(List.of());
    all.add(Map.of());
    all.add(List.of("\u0000"));
    all.add(List.of(List.of(Map.of("a", "\u0000"))));
    all.add(Map.of("\u0000", "\u0000"));
    return all;
  }

  /** Lists that nobody expects, where there is one. */
  static List<@Nullable Object> lists() {
    return Arrays.asList(
        Collections.nCopies(20_000, "a"),
        Collections.nCopies(2, HEX + HEX),
        Arrays.asList("a", null),
        Arrays.asList(1, "a", true, Map.of(), List.of()),
        List.of("a".repeat(5000)),
        List.of("=1+1", "\u202e", "\ud800"),
        List.of(Long.MAX_VALUE, Long.MIN_VALUE));
  }

  /** Queries that name one parameter several times, or as others write lists. */
  static Stream<String> repeated(String name) {
    String once = name + "=1";
    return Stream.of(
        name,
        once + "&" + once,
        once + "&" + name + "=%00",
        name + "&" + once + "&" + name + "=",
        name + "=1,2,3",
        name + "[]=1&" + name + "[]=2",
        name + "[0]=1&" + name + "[x]=2",
        String.join("&", Collections.nCopies(300, once)));
  }

  /** A text in an address. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String cursor(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
