package org.hikae.it.http.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole body that nobody expects.
 *
 * @param type what it says that it is; null when it does not say
 * @param bytes what it is
 */
record HostileBody(@Nullable String type, byte[] bytes) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String JSON = "application/json";

  /** Deeper than any reader of JSON goes. */
  private static final int DEEP = 50_000;

  /** Types of something else, of no type, and of one that is not written as one. */
  private static final List<String> TYPES =
      List.of(
          "x",
          "*/*",
          "text/plain",
          "text/json",
          "application/xml",
          "application/merge-patch+json",
          "application/octet-stream",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "multipart/form-data; boundary=x",
          "application/json, text/plain",
          "application/json;charset=zz",
          "application/json;charset=utf-16",
          "application/json; charset=\"");

  private static final List<String> NO_OBJECT =
      List.of(
          "",
          " ",
          "abc",
          "nul",
          "null",
          "true",
          "7",
          "NaN",
          "1e999999999",
          "-" + "9".repeat(5_000),
          "\"text\"",
          "\"\\ud800\"",
          "[]",
          "[null]",
          "[{}]",
          "{}",
          "{}{}",
          "{} x",
          "{",
          "{\"",
          "{\"a\"",
          "{\"a\":",
          "{a:1}",
          "{'a':1}",
          "{\"a\":1,}",
          "{\"\":1}",
          "{\"\\u0000\":1}",
          "{\"@class\":\"java.lang.Runtime\"}",
          "/* a */ {}",
          "<a/>",
          "a=b&a=c",
          "[".repeat(DEEP),
          "{\"a\":".repeat(DEEP),
          "[" + "0,".repeat(DEEP) + "0]");

  /** Instead of an object of JSON, of which this would be one that is taken. */
  static Stream<HostileBody> insteadOfJson(Map<?, ?> usual) {
    String text = written(usual);
    List<HostileBody> all = new ArrayList<>();
    NO_OBJECT.forEach(one -> all.add(of(JSON, one)));
    all.add(of(JSON, text + text));
    all.add(of(JSON, "[" + text + "]"));
    all.add(of(JSON, text.substring(0, text.length() - 1)));
    all.add(of(JSON, text.substring(0, text.length() / 2)));
    all.add(of(JSON, "\ufeff" + text));
    all.add(new HostileBody(JSON, text.getBytes(StandardCharsets.UTF_16)));
    all.add(new HostileBody(JSON, text.getBytes(Charset.forName("UTF-32LE"))));
    all.add(new HostileBody(JSON, noText(text)));
    for (Object field : usual.keySet()) {
      String name = "{\"" + field + "\":";
      all.add(of(JSON, name + "null," + text.substring(1)));
      all.add(of(JSON, name + "[".repeat(900) + "]".repeat(900) + "}"));
    }
    TYPES.forEach(type -> all.add(of(type, text)));
    all.add(of(null, text));
    return all.stream();
  }

  /** Instead of bytes of a type, such as an object's or those of a list of people. */
  static Stream<HostileBody> insteadOfBytes(String type) {
    List<HostileBody> all = new ArrayList<>();
    for (String one :
        List.of(
            "",
            "\n",
            "\u0000",
            "username",
            "username\r\n\u0000",
            "username\r\n=1+1",
            "username\r\n\"",
            "username\r\n\"a\"b\r\n",
            "username;username\r\na;b\r\n",
            "\ufeffusername\r\n\u202ea\r\n",
            "username\r\n" + "\ud83d\ude00".repeat(300),
            "a,".repeat(DEEP),
            "\r\n".repeat(DEEP))) {
      all.add(of(type, one));
    }
    all.add(new HostileBody(type, "username\r\na".getBytes(StandardCharsets.UTF_16)));
    all.add(new HostileBody(type, noText("username\r\na")));
    TYPES.forEach(other -> all.add(of(other, "username\r\na")));
    all.add(of(null, "username\r\na"));
    return all.stream();
  }

  /** Where no body is asked for. */
  static Stream<HostileBody> insteadOfNothing() {
    return Stream.of(
        of(JSON, "{"),
        of("x", "{}"),
        of(null, "{}"),
        of("application/json;charset=zz", "{}"),
        of("application/x-www-form-urlencoded", "a=%zz&a"),
        new HostileBody("multipart/form-data", noText("--x\r\n")));
  }

  private static HostileBody of(@Nullable String type, String text) {
    return new HostileBody(type, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with a byte that UTF-8 does not have, where a name or a value is. */
  private static byte[] noText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length / 2] = (byte) 0xff;
    return bytes;
  }

  private static String written(Map<?, ?> usual) {
    try {
      return MAPPER.writeValueAsString(usual);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
