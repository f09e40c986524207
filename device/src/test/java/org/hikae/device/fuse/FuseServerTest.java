package org.hikae.device.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests and answers byte by byte, without a kernel. */
@Timeout(120)
class FuseServerTest {

  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int EINVAL = 22;
  private static final int ERANGE = 34;
  private static final int ENOSYS = 38;
  private static final int ENODATA = 61;
  private static final int EPROTO = 71;
  private static final int FILES = 50;

  private final FakeFuseChannel kernel = new FakeFuseChannel();
  private final List<RuntimeException> defects = new ArrayList<>();
  private CompletableFuture<Void> serving;

  @BeforeEach
  void serve() {
    serving =
        CompletableFuture.runAsync(
            () -> {
              try {
                new FuseServer(kernel, new SmallTree(), defects::add).serve();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            task -> Thread.ofPlatform().daemon().start(task));
  }

  @AfterEach
  void unmount() throws Exception {
    kernel.unmount();
    serving.get(1, TimeUnit.MINUTES);
    assertThat(kernel.hasMoreAnswers()).isFalse();
  }

  /** A directory of files called 00 to 49; what the file 13 has cannot be read. */
  private static final class SmallTree implements ReadOnlyTree {

    private static TreeEntry file(int number) {
      return new TreeEntry(
          100 + number,
          String.format(Locale.ROOT, "%02d", number).getBytes(StandardCharsets.UTF_8),
          FileType.REGULAR,
          04755,
          7,
          8,
          3,
          1L << 40,
          1025,
          new FileTime(-5, 999_999_999),
          new FileTime(1L << 33, 1));
    }

    @Override
    public TreeEntry entry(long node) {
      return file((int) node - 100);
    }

    @Override
    public Optional<TreeEntry> find(long directory, byte[] name) {
      String text = new String(name, StandardCharsets.UTF_8);
      return text.matches("[0-4][0-9]")
          ? Optional.of(file(Integer.parseInt(text)))
          : Optional.empty();
    }

    @Override
    public void list(long directory, long from, EntrySink sink) {
      for (int i = from == 0 ? 0 : (int) from - 1000; i < FILES; i++) {
        if (!sink.accept(file(i), 1000L + i + 1)) {
          return;
        }
      }
    }

    @Override
    public byte[] linkTarget(long node) {
      return "../elsewhere".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read(long node, long position, byte[] into) throws FuseErrorException {
      if (node == 113) {
        throw new FuseErrorException(FuseErrorException.EIO);
      }
      if (node == 114) {
        throw new IllegalStateException("a defect");
      }
      if (node == 115) {
        throw new OutOfMemoryError("planted");
      }
      into[0] = (byte) position;
      return Math.min(into.length, 5);
    }

    @Override
    public long seek(long node, long position, boolean hole) {
      return position + (hole ? 1000 : 1);
    }

    @Override
    public List<ExtendedAttribute> attributes(long node) {
      return List.of(
          new ExtendedAttribute("user.a".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}),
          new ExtendedAttribute("user.empty".getBytes(StandardCharsets.UTF_8), new byte[0]));
    }
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static byte[] init(int major, int minor) {
    return FakeFuseChannel.buffer(64)
        .putInt(major)
        .putInt(minor)
        .putInt(131_072)
        .putInt(-1)
        .array();
  }

  @Test
  void the_first_request_agrees_on_a_version_and_on_what_is_known() throws Exception {
    FakeFuseChannel.Answer answer = kernel.ask(FuseRequest.INIT, 0, init(7, 45));

    assertThat(answer.errno()).isZero();
    assertThat(answer.body().remaining()).isEqualTo(64);
    assertThat(answer.body().getInt()).isEqualTo(7);
    assertThat(answer.body().getInt()).isEqualTo(31);
    assertThat(answer.body().getInt()).isEqualTo(131_072);
    // Neither writing, locks, nor files that it would have to hear about are asked for.
    assertThat(answer.body().getInt()).isEqualTo(1 | 3 << 13 | 3 << 17 | 1 << 23);
    assertThat(kernel.ask(FuseRequest.INIT, 0, init(7, 22)).errno()).isEqualTo(EPROTO);
    assertThat(kernel.ask(FuseRequest.INIT, 0, init(8, 31)).errno()).isEqualTo(EPROTO);
  }

  @Test
  void an_entry_is_laid_out_as_the_kernel_reads_it() throws Exception {
    ByteBuffer body = kernel.ask(FuseRequest.LOOKUP, 1, FakeFuseChannel.name("07")).body();

    assertThat(body.remaining()).isEqualTo(128);
    assertThat(body.getLong(0)).isEqualTo(107);
    assertThat(body.getLong(16)).as("seconds that the name is valid").isEqualTo(86_400);
    assertThat(body.getLong(40)).as("ino").isEqualTo(107);
    assertThat(body.getLong(48)).as("size").isEqualTo(1L << 40);
    assertThat(body.getLong(56)).as("blocks").isEqualTo(3);
    assertThat(body.getLong(72)).as("mtime").isEqualTo(-5);
    assertThat(body.getLong(80)).as("ctime").isEqualTo(1L << 33);
    assertThat(body.getInt(92)).as("mtimensec").isEqualTo(999_999_999);
    assertThat(body.getInt(96)).as("ctimensec").isEqualTo(1);
    assertThat(body.getInt(100)).as("mode").isEqualTo(0104755);
    assertThat(body.getInt(104)).as("nlink").isEqualTo(3);
    assertThat(body.getInt(108)).as("uid").isEqualTo(7);
    assertThat(body.getInt(112)).as("gid").isEqualTo(8);

    ByteBuffer status = kernel.ask(FuseRequest.GETATTR, 107, new byte[16]).body();
    assertThat(status.remaining()).isEqualTo(104);
    assertThat(status.slice(16, 88)).isEqualTo(body.slice(40, 88));
  }

  @Test
  void a_name_that_is_not_there_and_one_without_an_end_are_refused() throws Exception {
    assertThat(kernel.ask(FuseRequest.LOOKUP, 1, FakeFuseChannel.name("77")).errno())
        .isEqualTo(ENOENT);
    assertThat(kernel.ask(FuseRequest.LOOKUP, 1, new byte[] {'0', '7'}).errno()).isEqualTo(EINVAL);
  }

  private List<String> list(int opcode, int before, int room) throws Exception {
    List<String> names = new ArrayList<>();
    long from = 0;
    while (true) {
      ByteBuffer body = kernel.ask(opcode, 1, FakeFuseChannel.part(from, room)).body();
      assertThat(body.remaining()).isLessThanOrEqualTo(room);
      if (!body.hasRemaining()) {
        return names;
      }
      while (body.hasRemaining()) {
        body.position(body.position() + before);
        assertThat(body.getLong()).isPositive();
        from = body.getLong();
        byte[] name = new byte[body.getInt()];
        assertThat(body.getInt()).isEqualTo(names.size() < 2 ? 4 : 8);
        body.get(name);
        body.position(Math.ceilDiv(body.position(), 8) * 8);
        names.add(new String(name, StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void a_list_goes_on_where_the_room_ended() throws Exception {
    List<String> plain = list(FuseRequest.READDIR, 0, 100);

    assertThat(plain).hasSize(2 + FILES).startsWith(".", "..", "00", "01").endsWith("49");
    assertThat(list(FuseRequest.READDIR, 0, 4096)).isEqualTo(plain);
    assertThat(list(FuseRequest.READDIRPLUS, 128, 400)).isEqualTo(plain);
  }

  @Test
  void what_is_read_is_as_long_as_it_is() throws Exception {
    ByteBuffer body = kernel.ask(FuseRequest.READ, 101, FakeFuseChannel.part(42, 4096)).body();
    assertThat(body.remaining()).isEqualTo(5);
    assertThat(body.get()).isEqualTo((byte) 42);
    assertThat(kernel.ask(FuseRequest.READ, 101, FakeFuseChannel.part(-1, 10)).errno())
        .isEqualTo(EINVAL);
    assertThat(kernel.ask(FuseRequest.READ, 101, FakeFuseChannel.part(0, 1 << 30)).errno())
        .isEqualTo(EINVAL);
    assertThat(kernel.ask(FuseRequest.READ, 101, new byte[10]).errno()).isEqualTo(EINVAL);
    byte[] holes = FakeFuseChannel.part(50, 4);
    assertThat(kernel.ask(FuseRequest.LSEEK, 101, holes).body().getLong()).isEqualTo(1050);
    ByteBuffer target = kernel.ask(FuseRequest.READLINK, 101, new byte[0]).body();
    assertThat(text(target)).isEqualTo("../elsewhere");
  }

  @Test
  void failures_are_answered_and_defects_are_told() throws Exception {
    assertThat(kernel.ask(FuseRequest.READ, 113, FakeFuseChannel.part(0, 10)).errno())
        .isEqualTo(EIO);
    assertThat(defects).isEmpty();
    assertThat(kernel.ask(FuseRequest.READ, 114, FakeFuseChannel.part(0, 10)).errno())
        .isEqualTo(EIO);
    assertThat(kernel.ask(FuseRequest.READ, 115, FakeFuseChannel.part(0, 10)).errno())
        .isEqualTo(EIO);
    assertThat(defects).singleElement().extracting(Throwable::getMessage).isEqualTo("a defect");
  }

  private static byte[] attribute(int room, String name) {
    byte[] text = name.isEmpty() ? new byte[0] : FakeFuseChannel.name(name);
    return FakeFuseChannel.buffer(8 + text.length).putInt(room).putInt(0).put(text).array();
  }

  @Test
  void attributes_are_measured_first_and_then_had() throws Exception {
    assertThat(kernel.ask(FuseRequest.GETXATTR, 101, attribute(0, "user.a")).body().getInt())
        .isEqualTo(3);
    assertThat(kernel.ask(FuseRequest.GETXATTR, 101, attribute(2, "user.a")).errno())
        .isEqualTo(ERANGE);
    assertThat(kernel.ask(FuseRequest.GETXATTR, 101, attribute(3, "user.a")).body())
        .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(kernel.ask(FuseRequest.GETXATTR, 101, attribute(9, "user.empty")).body().remaining())
        .isZero();
    assertThat(kernel.ask(FuseRequest.GETXATTR, 101, attribute(9, "user.b")).errno())
        .isEqualTo(ENODATA);
    ByteBuffer names = kernel.ask(FuseRequest.LISTXATTR, 101, attribute(100, "")).body();
    assertThat(text(names)).isEqualTo("user.a\0user.empty\0");
  }

  @Test
  void what_writes_is_not_known_and_what_forgets_is_not_answered() throws Exception {
    int write = 16;
    int open = FuseRequest.OPEN;
    assertThat(kernel.ask(write, 101, new byte[40]).errno()).isEqualTo(ENOSYS);
    assertThat(kernel.ask(open, 101, new byte[8]).errno()).isEqualTo(ENOSYS);
    long _ = kernel.tell(FuseRequest.FORGET, 101, new byte[8]);
    long _ = kernel.tell(FuseRequest.BATCH_FORGET, 0, new byte[24]);
    long _ = kernel.tell(FuseRequest.INTERRUPT, 0, new byte[8]);
    assertThat(kernel.ask(FuseRequest.OPENDIR, 1, new byte[8]).errno()).isZero();
  }
}
