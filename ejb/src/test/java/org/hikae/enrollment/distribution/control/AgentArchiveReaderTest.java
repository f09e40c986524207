package org.hikae.enrollment.distribution.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.testing.AgentPackageFixture;
import org.junit.jupiter.api.Test;

/** How much of an archive is read, and how. */
class AgentArchiveReaderTest {

  /** RFC 1952: compressed by deflate, and a name follows that ends with a zero byte. */
  private static final byte[] NAMED = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3};

  /** Bytes, and then letters without an end, in large pieces and no more than allowed. */
  private static final class EndlessStream extends InputStream {

    private final InputStream first;
    private int count;

    EndlessStream(byte[] first) {
      this.first = new ByteArrayInputStream(first);
    }

    @Override
    public int read() {
      throw new AssertionError("one byte at a time");
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
      if (length == 1) {
        throw new AssertionError("one byte at a time");
      }
      int read = first.read(bytes, at, length);
      if (read < 0) {
        Arrays.fill(bytes, at, at + length, (byte) 'a');
        read = length;
      }
      count += read;
      if (count > AgentArchiveReader.MAX_PACKED) {
        throw new AssertionError("more than it needs");
      }
      return read;
    }
  }

  @Test
  void of_a_whole_file_only_the_beginning_is_read() throws Exception {
    assertThat(AgentArchiveReader.folder(new EndlessStream(AgentPackageFixture.archive("1.1.0"))))
        .isEqualTo("hikae-1.1.0");
  }

  @Test
  void a_header_without_an_end_is_refused_after_the_beginning() {
    assertThatExceptionOfType(InvalidPackageException.class)
        .isThrownBy(() -> AgentArchiveReader.folder(new EndlessStream(NAMED)))
        .extracting(InvalidPackageException::fault)
        .isEqualTo(AgentPackageFault.FORMAT);
  }
}
