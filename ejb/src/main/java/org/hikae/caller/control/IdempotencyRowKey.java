package org.hikae.caller.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hikae.hk1.Hash256;

/** Names of rows: hashes, so that neither people nor their keys stand there. */
public final class IdempotencyRowKey {

  private IdempotencyRowKey() {}

  /** Of a person or program. */
  public static String actor(String issuer, String subject) {
    return hash(List.of(issuer, subject));
  }

  /** Of a request of an actor under a key. */
  public static String request(String actor, String key) {
    return hash(List.of(actor, key));
  }

  /** Length in UTF-8. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** With the length before each part, so that no two lists read the same. */
  private static String hash(List<String> parts) {
    List<byte[]> texts = parts.stream().map(p -> p.getBytes(StandardCharsets.UTF_8)).toList();
    int length = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    texts.forEach(text -> all.putInt(text.length).put(text));
    return Hash256.sha256(all.array()).hex();
  }
}
