package org.hikae.device.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;

/**
 * Test vectors in {@code docs/spec/vectors}, which Python makes from the specification alone.
 *
 * @param node a part of a file of them
 */
public record SpecVectors(JsonNode node) {

  /** All of a file. */
  public static SpecVectors of(String file) {
    try {
      Path module = Path.of("../docs/spec/vectors", file);
      Path found = Files.exists(module) ? module : Path.of("docs/spec/vectors", file);
      return new SpecVectors(new ObjectMapper().readTree(found.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A part of it. */
  public SpecVectors at(String... names) {
    JsonNode found = node;
    for (String name : names) {
      found = found.required(name);
    }
    return new SpecVectors(found);
  }

  /** Bytes that stand there in hexadecimal. */
  public byte[] bytes(String... names) {
    return HexFormat.of().parseHex(at(names).node.textValue());
  }

  /** A secret that stands there in hexadecimal. */
  public SecretBytes secret(String... names) {
    return SecretBytes.take(bytes(names));
  }

  /** A hash that stands there in hexadecimal. */
  public Hash256 hash(String... names) {
    return Hash256.of(bytes(names));
  }

  /** A number. */
  public long number(String... names) {
    return at(names).node.longValue();
  }

  /** A text. */
  public String text(String... names) {
    return at(names).node.textValue();
  }

  /** What must refuse bytes. */
  @FunctionalInterface
  public interface RejectingReader {
    /** Reads them. */
    void read(byte[] bytes) throws Exception;
  }

  /** Each of the altered forms that stand there is refused, with an exception of a type given. */
  public void eachIsRefused(String name, RejectingReader reader, Class<?>... by) {
    assertThat(at(name).node).isNotEmpty();
    for (JsonNode each : at(name).node) {
      byte[] bytes = HexFormat.of().parseHex(each.required("bytes").textValue());
      assertThatThrownBy(() -> reader.read(bytes))
          .as(each.required("why").textValue())
          .isInstanceOfAny(by);
    }
  }
}
